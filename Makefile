# The verbs that people and CI use alike.
.PHONY: lint types floors test assets matrix
lint:
	ruff check . && ruff format --check .
types:
	mypy
floors:
	lint-imports
test:
	python -m pytest
assets:
	python -m replearn build all
	python -m replearn assets
# two to four hours on two cores; goes on where it was stopped
matrix:
	python -m replearn matrix
