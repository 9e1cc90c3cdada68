# The verbs that people and CI use alike.
.PHONY: lint types floors test assets
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
