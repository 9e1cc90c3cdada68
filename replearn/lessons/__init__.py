"""Lessons: text, states of the page, questions before answers; every figure in them is measured."""
