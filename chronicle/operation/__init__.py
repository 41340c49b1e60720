"""What an operator looks at while a chronicle runs: whether it lives and is ready, figures, and lines of the log.

Nothing here keeps who a reader is or what she looked for: no address, no query, no cookie.
"""
