"""The tab Zero-shot."""
