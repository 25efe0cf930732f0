"""Make the database ready: migrations, cache table, static files. Twice without harm."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from maillage.kernel import registry
from maillage.kernel.actions import guard_journal

# Packages carry more than pages ask for: other alphabets and slants, htmx's extensions.
UNSERVED = ["ext", "*-ext-*", "*italic*", "*vietnamese*", "*.woff", "leaflet-src.js", "htmx.esm*", "htmx.amd*"]


class Command(BaseCommand):
    help = "Prépare la base (migrations, cache) et les fichiers statiques."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if str(settings.CACHES["default"]["BACKEND"]).endswith("DatabaseCache"):
            call_command(
                "createcachetable", verbosity=0, database="cache" if "cache" in settings.DATABASES else "default"
            )
        guard_journal()
        for foundation in registry.foundations():
            foundation()
        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=UNSERVED)
        self.stdout.write("La base et les fichiers statiques sont prêts.")
