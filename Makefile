# The two commands: `make demo` and `make test`. Each makes what it needs in .venv and says what it does.

export PYTHONDONTWRITEBYTECODE :=  # otherwise each of the many processes that tests start compiles all modules again

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo serve kernels test thorough lint types study screenshots system-packages messages wheel clean

# The newest of these that starts and can make a virtual environment; `make PYTHON=... test` chooses another.
PYTHON ?= $(shell for candidate in python3.13 python3.12 python3.11 python3; do \
	if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then command -v "$$candidate"; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PROCESSES ?= $(shell echo $$(($$(nproc 2>/dev/null || echo 2) + 1)))  # one more than cores: tests also wait, for servers and pages
CATALOGUE := models/locale/zh_CN/LC_MESSAGES/liftplan
SYSTEM_PACKAGES := python3 python3-venv make git chromium fonts-noto-cjk libreoffice-calc libreoffice-writer poppler-utils postgresql

help:  ## what can be made
	@sed -n 's/^\([a-z-]*\):.*  ## /\1\t/p' Makefile | expand -t 20

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then echo "liftplan needs Python 3.11 or later with venv (Debian: apt-get install python3-venv)"; exit 1; fi
	@echo "== making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml setup.py | $(BIN)/python
	@echo "== installing liftplan and what it needs into $(VENV) (about a minute)"
	@$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml setup.py | $(BIN)/python
	@echo "== installing liftplan and its development tools into $(VENV) (about two minutes)"
	@$(PIP) install --quiet --editable ".[dev]"
	@touch $@ $(VENV)/.core

$(VENV)/.service: pyproject.toml setup.py | $(BIN)/python
	@echo "== installing liftplan and its service into $(VENV) (about a minute)"
	@$(PIP) install --quiet --editable ".[service]"
	@touch $@ $(VENV)/.core

$(VENV)/.warm: $(VENV)/.core $(wildcard solver/oracle/*.py)
	@echo "== compiling the numerical kernels (once)"
	@$(BIN)/liftplan warm
	@touch $@

demo: $(VENV)/.core $(VENV)/.warm  ## solve the built-in county zigui-2015: a checked plan and a proved bound
	@echo "== liftplan solve zigui-2015"
	@$(BIN)/liftplan solve zigui-2015 --overwrite

serve: $(VENV)/.service $(VENV)/.warm  ## the HTTP service at http://127.0.0.1:8000/ (ARGS="..." goes to liftplan serve)
	@echo "== liftplan serve"
	@$(BIN)/liftplan serve $(ARGS)

kernels: $(VENV)/.dev $(VENV)/.warm  ## compile the numerical kernels

test: $(VENV)/.dev $(VENV)/.warm  ## all tests, a share of the random examples (ARGS="..." goes to pytest)
	@echo "== pytest"
	@$(BIN)/pytest --numprocesses=$(PROCESSES) --dist=loadscope --no-loadscope-reorder --max-worker-restart=2 $(ARGS)

thorough: export THOROUGH = 1
thorough: test  ## all tests with all their random examples

lint: $(VENV)/.dev  ## style, format and layers
	@echo "== ruff check, ruff format --check, lint-imports"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo

types: $(VENV)/.dev  ## mypy --strict over the four packages
	@echo "== mypy --strict -p liftplan"
	@$(BIN)/mypy --strict -p liftplan

study: thorough  ## all tests with all their random examples, then the long studies; writes benchmarks/record/
	@mkdir -p benchmarks/record
	@for script in benchmarks/*.py; do \
		case "$$script" in benchmarks/_*|benchmarks/plots.py|benchmarks/table.py|"benchmarks/*.py") continue;; esac; \
		echo "== $$script"; $(BIN)/python "$$script"; done
	@echo "== time of every stage"
	@$(BIN)/pytest tests/benchmarks/test_stages.py --benchmark-enable --benchmark-json=benchmarks/record/stages.json
	@$(BIN)/python benchmarks/plots.py
	@$(BIN)/python benchmarks/table.py

screenshots: $(VENV)/.dev  ## pictures of every page, for looking at; writes build/screenshots/
	@echo "== visiting every page with chromium"
	@$(BIN)/python -m tests.liftplan.web.screenshots $(ARGS)

messages: $(VENV)/.dev  ## collect the texts of the sources and compile the catalogues
	@echo "== collecting messages into $(CATALOGUE).po"
	@$(BIN)/pybabel --quiet extract --mapping=pyproject.toml --no-default-keywords --keywords=m --add-location=file --sort-by-file --width=120 \
		--project=liftplan --omit-header --output-file=$(VENV)/liftplan.pot models solver scenarios liftplan
	@$(BIN)/pybabel --quiet update --domain=liftplan --locale=zh_CN --input-file=$(VENV)/liftplan.pot \
		--output-file=$(CATALOGUE).po --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date --width=120
	@$(BIN)/pybabel --quiet compile --domain=liftplan --locale=zh_CN --input-file=$(CATALOGUE).po \
		--output-file=$(CATALOGUE).mo --statistics

wheel: $(VENV)/.dev  ## build dist/liftplan-*.whl
	@rm -rf build dist
	@$(BIN)/python -m build --quiet --wheel --no-isolation --outdir dist .

system-packages:  ## Debian packages that the commands need (root)
	@missing="$$(for package in $(SYSTEM_PACKAGES); do \
		dpkg-query -W -f '$${Status}' "$$package" 2>/dev/null | grep -q 'ok installed' || echo "$$package"; done | tr '\n' ' ')"; \
	if [ -z "$${missing// }" ]; then echo "== system packages: all there"; \
	elif [ "$$(id -u)" -ne 0 ]; then echo "== system packages missing: $$missing(install them as root: make system-packages)"; exit 1; \
	else echo "== installing system packages: $$missing"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

clean:  ## remove what was made, $(VENV) included
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find models solver scenarios liftplan tests -name __pycache__ -type d -prune -exec rm -rf {} +
