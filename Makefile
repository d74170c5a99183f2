# Two commands are enough: `make serve` shows the portal, `make test` checks everything. The rest is for maintainers.
# Set-up needs Python 3.11 or newer and happens by itself; it is repeated only when the lock files change.

SHELL := /bin/bash
PYTEST_ARGS ?= -n auto --dist worksteal
OUTPUT ?= site

export NO_MKDOCS_2_WARNING := 1
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
UV_LOCK := $(CURDIR)/.tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock" --upgrade

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-browser serve site check test fuzz fuzz-bytes faults bench lint format lock audit screenshots lighthouse weigh clean

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | \
		while IFS='|' read -r name words; do printf '  make %-14s %s\n' "$$name" "$$words"; done

setup: ## prepare .venv for building the portal
	@bash scripts/setup.sh run

setup-dev: ## prepare .venv for building and testing
	@bash scripts/setup.sh dev

setup-browser: ## install Debian's Chromium where it is missing and may be installed
	@bash scripts/setup.sh browser

serve: setup ## build the portal and show it in a browser on this machine
	@$(BIN)/lcsite serve

site: setup ## build the portal into the folder site/
	@$(BIN)/lcsite build --output $(OUTPUT)

check: setup ## check the content without building
	@$(BIN)/lcsite check

test: setup-dev setup-browser lint ## everything that CI runs: lint, types, tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

fuzz: setup-dev ## try 10,000 damaged sites, other ones each time (ten minutes)
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest $(PYTEST_ARGS) tests/hostile/test_fuzz.py tests/building/test_any_edits.py

fuzz-bytes: setup-dev ## try millions of damaged files on the readers, led by the lines that they reach (ten minutes)
	@mkdir -p .cache
	$(BIN)/python -m pip install --quiet "atheris>=3,<4"
	PYTHONPATH=. $(BIN)/python tests/hostile/fuzz_bytes.py -max_total_time=600 -artifact_prefix=.cache/

FAULT_POINTS ?= 60
faults: setup-dev ## kill, break, stop or fill the disk under builds of the whole portal (half an hour)
	LCSITE_FAULT_POINTS=$(FAULT_POINTS) $(BIN)/python -m pytest $(PYTEST_ARGS) -k disasters_in_builds tests/publishing/test_whole_builds.py

bench: setup ## measure builds of made-up portals beside other engines (BENCH="--pages 300,3000 --rounds 3")
	@bash scripts/setup.sh bench
	$(BIN)/python -m bench $(BENCH)

lint: setup-dev ## style and types only
	$(BIN)/ruff check .
	$(BIN)/mypy

format: setup-dev ## mend what ruff can mend by itself
	$(BIN)/ruff check --fix .

lock: ## pin the newest allowed versions, with hashes
	@bash scripts/setup.sh tools
	$(UV_LOCK) pyproject.toml --extra build --output-file requirements/run.txt
	$(UV_LOCK) pyproject.toml --extra build --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt
	$(UV_LOCK) requirements/tools.in --output-file requirements/tools.txt
	$(UV_LOCK) requirements/bench.in --constraint requirements/run.txt --output-file requirements/bench.txt

audit: ## look the pinned versions up among the known weaknesses
	@bash scripts/setup.sh tools
	.tools/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements/dev.txt

screenshots: setup-dev setup-browser site ## take pictures of each kind of page into screenshots/
	@SITE=$(OUTPUT) $(BIN)/python scripts/screenshots.py $(PAGES)

lighthouse: setup-dev setup-browser site ## ask Lighthouse about four pages on a phone; fails below 95 (needs Node.js)
	@bash scripts/setup.sh lighthouse
	@SITE=$(OUTPUT) $(BIN)/python scripts/lighthouse.py $(PAGES)

weigh: setup-dev setup-browser site ## say what pages and the first question to the search cost, in bytes (WEIGH="--pages 3000")
	@$(BIN)/python scripts/measure_bytes.py $(or $(WEIGH),$(OUTPUT))

clean: ## remove what was built; .venv stays
	rm -rf $(OUTPUT) dist build .cache screenshots .mypy_cache .pytest_cache .ruff_cache .hypothesis
