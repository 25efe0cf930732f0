"""The embedded default keeps its cache in a file of its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Model


class CacheRouter:
    """Send the cache table, and nothing else, to the `cache` database when there is one."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return self._place(model._meta.app_label)

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if db == "cache":
            return app_label == "django_cache"
        if app_label == "django_cache":
            return "cache" not in settings.DATABASES
        return None

    def _place(self, app_label: str) -> str | None:
        return "cache" if app_label == "django_cache" and "cache" in settings.DATABASES else None
