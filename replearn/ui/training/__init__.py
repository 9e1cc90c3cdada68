"""The tab Training and its panels."""
