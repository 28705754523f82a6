# Sounding Board: every command a contributor needs. `make help` lists them.

NEW_ENOUGH = -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(firstword $(foreach p,python3.13 python3.12 python3.11 python3,\
	$(shell $(p) $(NEW_ENOUGH) && echo $(p))))
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
RUN := $(VENV)/.installed
DEV := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.PHONY: help run test check test-browser bench clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUN) ## Start the playground and print its address (PORT=8788 for another port)
	@$(BIN)/soundingboard run $(if $(PORT),--port $(PORT))

test: $(DEV) ## Run all tests but the browser's
	$(BIN)/python -m pytest

check: $(DEV) ## Run everything a change must pass: lint, format, types, imports, tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest --cov

test-browser: $(DEV) ## Click the main job through in a real browser (needs Chromium)
	$(BIN)/python -m pytest -m browser

bench: $(DEV) ## Measure, and print each row beside its baseline
	$(BIN)/python -m bench

clean: ## Remove the virtual environment and what the tools left behind
	rm -rf $(VENV) build *.egg-info .coverage htmlcov .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache

# Installed anew only when pyproject.toml changes. Running needs no development tools.
$(DEV): EXTRAS = [dev]
$(RUN) $(DEV): pyproject.toml
	@$(or $(PYTHON),false) $(NEW_ENOUGH) || { \
		echo "Sounding Board needs Python 3.11 or newer. Please install it, or say where it is:"; \
		echo "make PYTHON=/path/to/python3"; exit 1; }
	@echo "Installing Sounding Board into $(VENV), this takes a moment ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --editable '.$(EXTRAS)'
	@touch $(RUN) $@
