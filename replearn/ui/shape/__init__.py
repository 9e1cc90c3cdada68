"""The tab Shape and its panels."""
