# make run needs Python 3.11 or newer and nothing else; everything it installs goes into .venv.
# Standard output belongs to the bot alone, and so does standard input: `echo "question" | make run` works.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

# An environment whose interpreter went away with a system upgrade is made anew.
$(shell test -x $(BIN)/python || rm -rf $(VENV))

.DEFAULT_GOAL := help
.PHONY: help run test check format bench clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: $(VENV)/installed  ## index the articles, then open the bot: on Discord with DISCORD_TOKEN, else here
	@$(BIN)/python -m index build --or-keep </dev/null >&2
	@exec $(BIN)/python -m bot

test: $(VENV)/installed-dev  ## the tests: no network, no token, no Discord
	@HF_HUB_OFFLINE=1 $(BIN)/python -m pytest

check: $(VENV)/installed-dev  ## ruff, mypy, then the tests: what has to pass before a commit
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@HF_HUB_OFFLINE=1 $(BIN)/python -m pytest

format: $(VENV)/installed-dev  ## ruff's formatting and safe fixes
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(VENV)/installed-dev  ## the figures of docs/performance.md: several minutes, 3 GB of memory
	@HF_HUB_OFFLINE=1 $(BIN)/python -m benchmarks.bm25
	@HF_HUB_OFFLINE=1 $(BIN)/python -m benchmarks.answer
	@HF_HUB_OFFLINE=1 $(BIN)/python -m benchmarks.build

clean:  ## remove .venv and caches; the index and the bot's state in data/ stay
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find bot index tests benchmarks docs -name __pycache__ -prune -exec rm -rf {} +

# Installed again only when the interpreter, pyproject.toml or constraints.txt changes.
$(VENV)/installed: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing Footnote into $(VENV); the first time takes a few minutes." >&2
	@$(PIP) --editable . </dev/null >&2
	@touch $@

$(VENV)/installed-dev: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing Footnote and its development tools into $(VENV); the first time takes a few minutes." >&2
	@$(PIP) --editable '.[dev]' </dev/null >&2
	@touch $@ $(VENV)/installed

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Footnote needs Python 3.11 or newer, and found none." \
		"Install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Footnote needs Python 3.11 or newer; $(PYTHON) is" \
		"$$($(PYTHON) --version 2>&1 || true). Name another: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) </dev/null >&2 || { rm -rf $(VENV); echo "$(PYTHON) could not make a virtual" \
		"environment. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
