# Two commands do all the set-up: `make run` and `make test`. See README.md.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
EMPTY ?=
export HOST PORT EMPTY
VENV := .venv/bin
ifdef EMPTY
export COACHING_VAR ?= $(CURDIR)/var/empty
endif

.PHONY: run setup test look screenshots bench lighthouse conformance lint format messages requirements

run: setup
	@$(VENV)/python scripts/serve.py

setup:
	@$(PYTHON) scripts/setup.py

test:
	@$(PYTHON) scripts/setup.py --testing
	@$(VENV)/python scripts/test.py $(ARGS)

look:
	@$(PYTHON) scripts/setup.py --testing
	@$(VENV)/python -m tests.browser.look $(ARGS)

screenshots:
	@$(PYTHON) scripts/setup.py --testing
	@$(VENV)/python -m tests.browser.book $(ARGS)

bench:
	@$(PYTHON) scripts/setup.py --testing
	@$(VENV)/python -m tests.benchmarks $(ARGS)

lighthouse:
	@$(PYTHON) scripts/setup.py --testing --measuring
	@$(VENV)/python -m tests.browser.lighthouse $(ARGS)

conformance:
	@$(PYTHON) scripts/setup.py --testing
	@$(VENV)/python -m tests.conformance

lint:
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/lint-imports
	$(VENV)/mypy
	$(VENV)/bandit -q -c pyproject.toml -r coaching contracts ethics

format:
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

messages:
	$(VENV)/python scripts/messages.py

requirements:
	for name in requirements requirements-dev; do \
	  $(VENV)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header --no-annotate --upgrade $$name.in -o $$name.txt; done
