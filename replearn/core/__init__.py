"""Errors, results, settings and statistics; imports nothing else of ours."""
