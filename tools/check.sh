#!/usr/bin/env bash
# What CI runs, in the order in which a fault is cheapest to find.
set -euo pipefail
step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }
bin=.venv/bin
postgres=${TEST_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}
MAILLAGE_TESTS_RUN=$(mktemp -d)
export MAILLAGE_TESTS_RUN
# Proofs start many processes: each would compile our modules anew.
unset PYTHONDONTWRITEBYTECODE
trap '$bin/python -m tests.migrated forget' EXIT
# What keeps one processor busy for a minute goes on beside the rest: types, and the databases that the tests copy.
$bin/mypy config maillage pipelines ui tools benchmarks tests >"$MAILLAGE_TESTS_RUN/types.txt" 2>&1 & types=$!
DATABASE_URL=$postgres $bin/python -m tests.migrated >"$MAILLAGE_TESTS_RUN/databases.txt" 2>&1 & databases=$!
step "locks";            tools/locks.sh check
step "lint";             $bin/ruff check -q . && $bin/ruff format --check -q .
# Components of a sentence end without a line break on purpose: a formatter would put a space before the full stop.
step "templates";        git ls-files -z "*.html" ":!ui/templates/ui/components" | xargs -0 $bin/djade --target-version 5.2 --check
step "import contracts"; $bin/lint-imports >"$MAILLAGE_TESTS_RUN/imports.txt" || { cat "$MAILLAGE_TESTS_RUN/imports.txt"; exit 1; }
step "migrations";       $bin/maillage makemigrations --check --dry-run
step "docs";             $bin/mkdocs build -q --strict -d "$(mktemp -d)"
step "types";            wait $types || { cat "$MAILLAGE_TESTS_RUN/types.txt"; exit 1; }
step "databases";        wait $databases || { cat "$MAILLAGE_TESTS_RUN/databases.txt"; exit 1; }
# Three processes on two processors: proofs under race and under faults wait for locks and servers half of their time.
step "tests on SQLite";  env -u DATABASE_URL $bin/pytest -q -n 3 --dist loadgroup
step "tests on PostgreSQL"
DATABASE_URL=$postgres $bin/pytest -q -n 3 --dist loadgroup -m "not browser and not one_database"
step "done"
