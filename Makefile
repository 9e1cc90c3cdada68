# The verbs that people and CI use alike.
.PHONY: check lint types floors test test-fast test-long fuzz test-with docs screenshots lock audit assets matrix
check: lint types floors test-fast
lint:
	ruff check . && ruff format --check .
types:
	mypy
floors:
	lint-imports
test:
	python -m pytest
test-fast:
	python -m pytest -q -m "not slow and not browser"
# every button and every control of the large tabs: an hour on two cores
test-long:
	python -m pytest -n 2 -m long
docs:
	NO_MKDOCS_2_WARNING=1 python -m mkdocs build --strict
screenshots:
	python -m benchmarks.screenshots
assets:
	python -m replearn build all
	python -m replearn assets
# two to four hours on two cores; goes on where it was stopped
matrix:
	python -m replearn matrix
# 25 times what the usual run tries of damaged files and strange texts: ten thousand pictures and more
fuzz:
	REPLEARN_FUZZ=25 python -m pytest -n 2 tests/fuzz
# the fast tests with another Python, or with the oldest versions that requirements.txt allows:
# make test-with PYTHON=python3.11 VERSIONS=lowest-direct; torch comes with CUDA, five gigabytes
PYTHON ?= python3.13
VERSIONS ?= highest
test-with:
	uv venv -q --clear --python $(PYTHON) .run/with
	uv pip install -q --python .run/with/bin/python --resolution $(VERSIONS) -r requirements.txt
	uv pip install -q --python .run/with/bin/python -r requirements-dev.txt
	.run/with/bin/python -m pytest -q -m "not slow and not browser"
# hashes of everything in requirements.txt for Linux, macOS and Windows, in the versions that are
# installed here and were tested; wants a network
lock:
	python -m pip freeze | grep -E '^[A-Za-z0-9_.-]+==[0-9a-z.]+$$' > .tested
	uv pip compile requirements.txt --universal --python-version 3.11 --generate-hashes \
		--constraint .tested --no-header --no-annotate --quiet -o requirements.lock
	rm .tested
licences:
	python -m replearn licences
# known vulnerabilities of what is locked, where their lists can be reached
audit:
	python .ci/audit.py
