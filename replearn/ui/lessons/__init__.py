"""Lessons beside the page."""
