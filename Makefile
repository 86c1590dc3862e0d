# Enthesis: everything a person does here has a name. `make` alone lists them.

VENV      := .venv
BIN       := $(VENV)/bin
RUNTIME   := $(VENV)/.installed-runtime
TESTING   := $(VENV)/.installed-test
PACKAGED  := pyproject.toml src/enthesis/__init__.py
PIP       := $(BIN)/python -m pip --disable-pip-version-check -qq

# The first of these that starts and is new enough makes the environment; `make PYTHON=/path/to/python3 ...` chooses another.
CANDIDATES := python3.11 python3.12 python3.13 python3.14 python3 python
SUITABLE   := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON     ?= $(shell for p in $(CANDIDATES); do $$p -c '$(SUITABLE)' >/dev/null 2>&1 && echo $$p && break; done)

WORKERS ?= auto
ARGS    ?=
TESTRUN := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help install demo demo-reset serve test check fix coverage deep bench lock

help: ## list what can be asked for
	@echo "Enthesis"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/' | expand -t 20

install: $(RUNTIME) ## create .venv from the hash-locked file, with the enthesis command in it

demo: $(RUNTIME) ## start the demo clinic on 127.0.0.1; what was entered is kept
	@$(BIN)/enthesis demo $(ARGS)

demo-reset: $(RUNTIME) ## throw the demo clinic away and start it over
	@$(BIN)/enthesis demo --reset $(ARGS)

serve: $(RUNTIME) ## serve the clinic's own registry (see ENTHESIS_DATA and ENTHESIS_DATABASE_URL)
	@$(BIN)/enthesis serve $(ARGS)

test: $(TESTING) ## install what tests need and run them all; says at the end what could not run here
	$(TESTRUN) $(ARGS)

check: $(TESTING) ## style, types, import contracts, the library, and generated pages that are fresh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/third_party.py --check
	$(BIN)/python scripts/translations.py --check
	$(BIN)/python scripts/reading_level.py --check
	$(BIN)/enthesis library check
	$(BIN)/enthesis docs --check

fix: $(TESTING) ## put style in order where a machine can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

coverage: $(TESTING) ## the rooms that safety hangs on must be tested on every branch
	$(TESTRUN) tests/core tests/stories -q --cov-branch --cov-report=term-missing --cov-fail-under=100 \
	  --cov=enthesis.screening --cov=enthesis.mixing --cov=enthesis.recovery --cov=enthesis.outcomes $(ARGS)

deep: $(TESTING) ## many more random examples, then does every changed operator fail a test? (about an hour) rewrites docs/mutation.md
	$(TESTRUN) --hypothesis-profile=deep $(ARGS)
	nice -n 15 $(BIN)/python scripts/mutation.py

bench: $(TESTING) ## pages, decision support, whole clinics, evidence and two years of messages, each beside a peer in the same run (ARGS=--write keeps the tables)
	$(BIN)/python benchmarks/web.py $(ARGS)
	$(BIN)/python benchmarks/cds.py $(ARGS)
	$(BIN)/python benchmarks/expectations.py $(ARGS)
	$(BIN)/python benchmarks/screening.py $(ARGS)
	$(BIN)/python benchmarks/evidence.py $(ARGS)
	nice -n 15 $(BIN)/python benchmarks/messages.py $(ARGS)

# Extras stay in the lock: an extra asked for and not pinned is looked up anew, and refused for want of a hash, once a newer release is out.
LOCK := uv pip compile pyproject.toml --quiet --universal --fork-strategy fewest --python-version 3.11 \
        --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header
lock: ## resolve both lock files anew (needs uv; `make lock ARGS=--upgrade` takes newer releases)
	@command -v uv >/dev/null || { echo "Locking needs uv: see https://docs.astral.sh/uv" >&2; exit 1; }
	$(LOCK) $(ARGS) --group build -o requirements.lock
	$(LOCK) $(ARGS) --group build --group test --group spark --constraints requirements.lock -o requirements-test.lock

# ---------------------------------------------------------------- the environment, rebuilt only when what it is made of changes

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Enthesis needs Python 3.11 or newer with its venv module (on Debian: apt install python3-venv); say make PYTHON=/path/to/python3 if it lies elsewhere." >&2; exit 1; }
	@$(PYTHON) -c '$(SUITABLE)' || { echo "Enthesis needs Python 3.11 or newer with its venv module; $(PYTHON) is not." >&2; exit 1; }
	@echo "Creating $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements.lock $(PACKAGED) | $(BIN)/python
	@echo "Installing Enthesis and what it stands on (about half a minute)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(TESTING): requirements-test.lock $(RUNTIME) | $(BIN)/python
	@echo "Installing what the tests need"
	@$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@
