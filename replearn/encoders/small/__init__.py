"""The small networks that are trained here."""
