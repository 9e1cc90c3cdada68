"""What a session asked, to take home: a notebook that gives the same numbers, and a report."""
