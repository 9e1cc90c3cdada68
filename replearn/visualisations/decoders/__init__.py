"""Generators that turn what a network responded with back into pictures: a learnt prior."""
