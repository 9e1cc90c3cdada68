"""The tab Parts and its panels."""
