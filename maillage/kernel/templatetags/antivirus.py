"""What is said beside a document that no antivirus has looked at."""

from __future__ import annotations

from datetime import datetime

from django import template

from maillage.kernel.handing import is_held

register = template.Library()


@register.filter
def antivirus(scanned_at: datetime | None) -> str:
    """ "" once it was looked at; else whether it waits, or nobody will look since no antivirus is set."""
    if scanned_at is not None:
        return ""
    return "en attente du contrôle antivirus" if is_held(scanned_at) else "sans contrôle antivirus"
