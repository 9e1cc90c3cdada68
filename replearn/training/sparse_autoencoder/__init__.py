"""A dictionary learnt on another model's vectors: a TopK sparse autoencoder."""
