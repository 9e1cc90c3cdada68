"""Asking models about pictures, whatever the question: by head, prompt or probe; kept rows."""
