#!/usr/bin/env bash
# What CI runs, in the order in which a fault is cheapest to find.
set -euo pipefail
step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }
bin=.venv/bin
step "locks";            tools/locks.sh check
step "lint";             $bin/ruff check -q . && $bin/ruff format --check -q .
# Components of a sentence end without a line break on purpose: a formatter would put a space before the full stop.
step "templates";        git ls-files -z "*.html" ":!ui/templates/ui/components" | xargs -0 $bin/djade --target-version 5.2 --check
step "import contracts"; $bin/lint-imports >/tmp/maillage-imports.txt || { cat /tmp/maillage-imports.txt; exit 1; }
step "types";            $bin/mypy config maillage pipelines ui tools benchmarks tests
step "migrations";       $bin/maillage makemigrations --check --dry-run
step "docs";             $bin/mkdocs build -q --strict -d "$(mktemp -d)"
step "tests on SQLite";  env -u DATABASE_URL $bin/pytest -q -n 2 --dist loadgroup
postgres=${TEST_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}
step "tests on PostgreSQL"
DATABASE_URL=$postgres $bin/pytest -q -n 2 --dist loadgroup -m "not browser and not one_database"
step "done"
