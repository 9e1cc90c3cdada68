"""The tab Many pictures."""
