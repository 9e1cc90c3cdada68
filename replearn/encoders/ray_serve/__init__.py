"""Networks that run on replicas of a Ray Serve deployment, here or on other computers."""
