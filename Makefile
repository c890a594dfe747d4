# `make run` opens the workbook, `make room` a room for a group; `make test` sets up and runs all tests.
# The others are for those who change it: lock, format, screenshots, clean.

SHELL := /bin/sh
VENV  := .venv
BIN   := $(VENV)/bin
PIP   := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK  := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --quiet \
         --no-emit-index-url --no-emit-find-links --no-annotate --no-header $(UPGRADE)
ARGS  ?=

.DEFAULT_GOAL := run
.PHONY: run room test machine check notebooks lock format screenshots proof bench clean

run: $(VENV)/run.stamp
	@$(BIN)/evenground $(ARGS)

# `make room ARGS="spring --host ADDRESS"`: a room for a group. One that is not there yet is made.
room: $(VENV)/room.stamp
	@$(BIN)/evenground group room $(ARGS)

# What needs no browser runs in two processes, a file in one of them. One server and one browser are
# shared by the rest, so that stays in one. A folder on its own: `.venv/bin/pytest tests/browser`.
test: machine check notebooks
	$(BIN)/pytest --numprocesses 2 --dist loadfile --ignore tests/browser --ignore tests/hub $(ARGS)
	$(BIN)/pytest tests/browser tests/hub $(ARGS)

machine: $(VENV)/test.stamp
	@PYTHON=$(BIN)/python sh tests/machine.sh

check: $(VENV)/test.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Twice over one empty home: opening a page, and opening it again, leaves no row behind.
notebooks: $(VENV)/test.stamp
	@home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && export EVENGROUND_HOME="$$home" && \
	for time in first second; do \
	  echo "The notebooks, $$time run"; \
	  $(BIN)/pytest --nbval-lax --nbval-current-env -q workbook || exit 1; \
	  rows=$$(find "$$home" -name '*.csv' -exec cat {} + | wc -l); \
	  [ "$$rows" -eq 0 ] || { echo "Running the notebooks added $$rows rows to a journal."; exit 1; }; \
	done

$(VENV)/run.stamp: requirements.txt pyproject.toml
	@sh tests/python.sh $(VENV)
	@echo "Installing what Even Ground needs. The first time takes a few minutes."
	@$(PIP) install -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/room.stamp: $(VENV)/run.stamp requirements-room.txt deploy/proxy/package-lock.json
	@echo "Installing what a room needs."
	@$(PIP) install -r requirements-room.txt
	@sh deploy/proxy/get.sh $(VENV)
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-test.txt
	@echo "Installing what the tests need."
	@$(PIP) install -r requirements-test.txt
	@touch $@

# Writes the three lists anew from pyproject.toml. `make lock UPGRADE=--upgrade` takes newer versions.
lock:
	@sh tests/python.sh $(VENV)
	@$(PIP) install uv==0.13.8
	$(LOCK) --group build -o requirements.txt
	$(LOCK) --extra room -c requirements.txt -o requirements-room.txt
	$(LOCK) --group test -c requirements.txt -c requirements-room.txt -o requirements-test.txt

format: $(VENV)/test.stamp
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# Pictures of each page for the README and docs/, from the made-up couple of `evenground demo`.
screenshots: machine
	PYTHONPATH=tests/browser $(BIN)/python tests/screenshots.py $(ARGS)

# How fast pages are beside others. What it said last, and on which machine: docs/bench.md.
bench: machine
	PYTHONPATH=tests $(BIN)/python -m bench $(ARGS)

# The journal's promises in full: hours of kills, cuts, faults and odd files. Results: docs/proof.md.
proof: machine
	PYTHONPATH=tests:widgets $(BIN)/python -W ignore -m durability $(ARGS)

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
