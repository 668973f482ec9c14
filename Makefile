# Everything that a fresh clone needs: make, Python 3.11 or newer, and an ordinary package index.
#
#   make demo      compare four policies, print the table and the path of the report
#   make test      all checks but the slow ones
#   make test-all  all checks
#   make docs      write the generated parts of docs/ from the code
#   make reproduce write and check all numbers of the documents that depend on runs: half an hour
#   make bench     measure speed and memory
#   make format    lay out the code
#   make clean     remove the environment and what tools leave behind; results stay

PYTHON ?= python3
ENV := .venv
WORLDS ?= 200

BIN := $(ENV)/bin
RUN_READY := $(ENV)/ready-to-run
DEV_READY := $(ENV)/ready-to-develop
PLACE := $(ENV)/place

.DEFAULT_GOAL := help
.PHONY: help demo test test-all check docs reproduce bench format clean moved

help:
	@sed -n 's/^#  *\(make .*\)/\1/p' Makefile

demo: $(RUN_READY)
	$(BIN)/python -m wbsim compare --worlds $(WORLDS)

test: check
	$(BIN)/python -m pytest -m "not slow" -n auto --dist worksteal

test-all: check
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(DEV_READY)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy

docs: $(DEV_READY)
	$(BIN)/python -m wbsim.documents

# ONLY="audit readme" for some documents; SLOW=1 for runs that take hours; WORLDS=8 for a first look elsewhere.
reproduce: $(DEV_READY) docs
	$(BIN)/python -m reproduce $(if $(ONLY),--only $(ONLY)) $(if $(SLOW),--slow) \
	  $(if $(filter file,$(origin WORLDS)),,--worlds $(WORLDS))

bench: $(DEV_READY)
	$(BIN)/python benchmarks/run.py

format: $(DEV_READY)
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

clean:
	rm -rf $(ENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment holds the paths of its folder: one that was made elsewhere is made anew.
ifneq ($(shell cat $(PLACE) 2>/dev/null),$(CURDIR))
$(PLACE): moved
endif

$(PLACE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "wbsim needs Python 3.11 or newer; '$(PYTHON)' is" \
	    "$$($(PYTHON) --version 2>&1 || echo missing). Name another one: make PYTHON=python3.12 ..." >&2; \
	  exit 1; }
	@echo "Making an environment in $(ENV)"
	@rm -rf $(ENV)
	@$(PYTHON) -m venv $(ENV) || $(PYTHON) -m virtualenv $(ENV) || { rm -rf $(ENV); \
	  echo "'$(PYTHON)' cannot make an environment: install its venv module (python3-venv on Debian)" \
	    "or virtualenv." >&2; \
	  exit 1; }
	@printf '%s\n' "$(CURDIR)" > $@

$(RUN_READY): $(PLACE) pyproject.toml
	@echo "Installing wbsim and its libraries into $(ENV): a minute or two"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEV_READY): $(PLACE) pyproject.toml
	@echo "Installing wbsim, its libraries and the tools for checks into $(ENV): a minute or two"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@ $(RUN_READY)
