"""Heat maps over a picture, as files, and what they are worth."""
