"""What an auditor would try: drills that attack what Chronicle promises, each with a planted fault that it must find.

`make trust` runs them with the rounds that are promised and prints their table; the suite runs a few rounds of each.
"""
