"""The map in the browser, as a page, and the figures beside it."""
