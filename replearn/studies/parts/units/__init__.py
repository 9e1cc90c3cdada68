"""One unit at a time: what it responds to, covers, weighs, and what is lost without it."""
