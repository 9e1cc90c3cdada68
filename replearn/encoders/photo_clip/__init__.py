"""`photo-clip`: this project's image-text model, by locked-image tuning (Zhai et al. 2022)."""
