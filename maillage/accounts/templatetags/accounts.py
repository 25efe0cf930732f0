"""Filters of the pages about one's own account."""

from __future__ import annotations

from django import template

from maillage.accounts import phrases

register = template.Library()
register.filter("browser", phrases.browser)
