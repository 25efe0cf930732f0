#!/usr/bin/env bash
# The browser tests need Debian's Chromium: installed here when we are root, named in one line when not.
set -euo pipefail
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "→ Installation de Chromium pour les tests de navigateur…"
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
  echo "Il manque Chromium pour les tests de navigateur : sudo apt-get install chromium" >&2
  exit 1
fi
