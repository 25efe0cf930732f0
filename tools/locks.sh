#!/usr/bin/env bash
# Locks: compiled with hashes and without index addresses. `check` compiles again from what is locked and compares.
set -euo pipefail
mode=${1:-check}
out=requirements
[ "$mode" = write ] || { out=$(mktemp -d); cp requirements/*.txt "$out"; }
compile() { .venv/bin/uv pip compile -q pyproject.toml "${@:2}" --generate-hashes --no-emit-index-url --no-annotate --no-header \
  --python-version 3.11 -o "$out/$1.txt" >/dev/null; }
compile base
compile dev --group dev
[ "$mode" = write ] && exit 0
for name in base dev; do
  cmp -s "requirements/$name.txt" "$out/$name.txt" || { echo "requirements/$name.txt ne suit plus pyproject.toml : make locks" >&2; exit 1; }
done
