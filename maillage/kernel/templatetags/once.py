"""The key of a form; loaded everywhere as a builtin."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from maillage.kernel.once import FIELD, draw_key

register = template.Library()


@register.simple_tag
def form_key() -> SafeString:
    """A hidden field, beside `{% csrf_token %}`, by which the same form sent twice is known (`kernel.once`)."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, draw_key())
