"""Show the texts of aids, which the verbs cleaned before they were kept."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from maillage.aids.text import clean_html

register = template.Library()


@register.filter
def aid_html(text: str) -> SafeString:
    """The text as HTML, cleaned once more: what was kept before a rule was tightened passes through today's."""
    return mark_safe(clean_html(text))  # noqa: S308  # clean_html lets nothing pass that acts
