"""The tab Map and its panels."""
