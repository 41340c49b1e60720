"""The history of a record as one story, and the ways back: what was saved, by whom, why; restored, and undeleted.

What is recorded, PostgreSQL records by trigger (`sources.models.record.tracked`); nobody at the desk can write it. Here
it is read: `story` pages through it, `wording` says it, `restoring` and `undeleting` are the verbs.
"""
