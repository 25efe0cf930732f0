"""The design system: tokens, components, base pages, their gallery and the print templates."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "ui"
    verbose_name = "Design"
