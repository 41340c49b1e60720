"""The sentences that are made from data: all of them, and nothing else.

They take words and give words, plain text; templates escape it. Every speaker and every party gets the same verbs
(says, gives, counts, dates, names, calls), and what is missing is said of the collection. A sentence about two parties
must still be printable when they change places.

`clauses`: who gives which value · `relations`: how values stand to each other · `voices`: who speaks, who is missing.
"""
