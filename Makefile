# Maillage. `make` alone lists what there is.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
export PORT
VENV := .venv
RUN := $(VENV)/bin/maillage
export PIP_DISABLE_PIP_VERSION_CHECK := 1

##@ Every day
help: ## List what there is
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo

start: $(VENV)/.ready node_modules/.ready ## Set up everything and serve the seeded platform on http://127.0.0.1:8000 (PORT= changes it)
	@echo "→ Base de données…" && $(RUN) prepare
	@echo "→ Territoire et stratégie…" && $(RUN) load_territory && $(RUN) load_strategy && $(RUN) load_indicators
	@echo "→ Données d’exemple…" && $(RUN) seed --profile=demo
	@echo "→ Index de recherche…" && $(RUN) work --once
	@DEMO=true $(RUN) serve --port $(PORT)

reset: ## Forget the local data and start anew
	rm -rf var/main.db* var/cache.db* var/search var/static var/media var/pipelines
	@$(MAKE) --no-print-directory start

new-room: $(VENV)/.dev ## Draw an empty room: make new-room NAME=events
	@$(VENV)/bin/python -m tools.new_room "$(NAME)"

docs: $(VENV)/.dev ## Serve the documentation, live, on http://127.0.0.1:8001
	@$(VENV)/bin/mkdocs serve -a 127.0.0.1:8001

##@ Proof
test: $(VENV)/.dev node_modules/.dev chromium ## Set up and pass the tests (SQLite, or DATABASE_URL)
	@$(VENV)/bin/pytest -q -n 2 --dist loadgroup

check: $(VENV)/.dev node_modules/.dev chromium ## Exactly what CI runs: locks, lint, types, contracts, tests on SQLite and PostgreSQL
	@tools/check.sh

office: $(VENV)/.dev ## Open our spreadsheets and texts with LibreOffice, which must be installed
	@$(VENV)/bin/pytest -q -n 0 tools/test_libreoffice.py

chaos: $(VENV)/.dev ## Race and kill far longer than CI does (an hour; SQLite, or DATABASE_URL)
	@CHAOS=20 $(VENV)/bin/pytest -q -n 0 --timeout 7200 tests/invariants
	@CHAOS=10 $(VENV)/bin/pytest -q -n 0 --timeout 7200 tests/faults

bench: $(VENV)/.dev ## Measure speed as ratios; figures go to docs/reference/performance.md
	@$(VENV)/bin/python -m benchmarks

format: $(VENV)/.dev ## Put the code in its usual form
	@$(VENV)/bin/ruff check -q --fix . && $(VENV)/bin/ruff format -q .
	@git ls-files -z "*.html" ":!ui/templates/ui/components" | xargs -0 $(VENV)/bin/djade --target-version 5.2 || true

##@ Upkeep
locks: $(VENV)/.dev ## Compile the locks anew, without index addresses
	@tools/locks.sh write

$(VENV)/.ready: requirements/base.txt pyproject.toml
	@echo "→ Environnement Python (une à deux minutes la première fois)…"
	@[ -x $(VENV)/bin/python ] || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install -q --require-hashes -r requirements/base.txt
	@$(VENV)/bin/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.ready
	@echo "→ Outils de développement…"
	@$(VENV)/bin/python -m pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.ready: package-lock.json
	@echo "→ Polices, icônes et carte (npm)…"
	@npm ci --omit=dev --no-audit --no-fund --loglevel=error
	@touch $@

node_modules/.dev: package-lock.json
	@echo "→ Paquets npm des tests…"
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@ node_modules/.ready

chromium:
	@tools/chromium.sh

.PHONY: help start reset new-room docs test check office chaos bench format locks chromium
