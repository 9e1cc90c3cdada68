"""The tab Heat maps and its panels."""
