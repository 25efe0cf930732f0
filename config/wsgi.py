"""What granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_django = get_wsgi_application()

from maillage.kernel.page_cache import HottestPages  # noqa: E402 — settings are ready only now

application = HottestPages(_django)
