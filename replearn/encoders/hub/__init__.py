"""Models of the Hugging Face hub: what is here, what a name needs, and fetching it."""
