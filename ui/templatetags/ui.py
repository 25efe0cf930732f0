"""Tags and filters of the design system; loaded everywhere as a builtin, so pages need no `load`."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, QueryDict
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ui import french

register = template.Library()
DRAWING = re.compile(r"<(?:path|circle|rect|line|polyline|polygon|ellipse)[^>]*/>", re.DOTALL)
HASHED = "ui.storage.HashedFiles"
NAME = re.compile(r"[a-z0-9-]+")


@lru_cache(maxsize=512)
def _drawing(name: str) -> SafeString:
    if not NAME.fullmatch(name):
        raise template.TemplateSyntaxError(f"« {name} » is not the name of an icon")
    path = settings.NODE_MODULES / "@tabler/icons/icons/outline" / f"{name}.svg"
    if not path.exists():
        raise template.TemplateSyntaxError(f"No outline icon is called « {name} » in @tabler/icons")
    shapes = [s for s in DRAWING.findall(path.read_text()) if 'fill="none"' not in s]
    # The files come from our own lock, not from people: they are safe to inline.
    return mark_safe(  # noqa: S308
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        + "".join(shape.replace(" />", "/>") for shape in shapes)
        + "</svg>"
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """An outline icon of Tabler, inlined and hidden from screen readers: a word always stands beside it.

    Raises TemplateSyntaxError when the set has no icon of that name.
    """
    return _drawing(name)


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file; the plain one when the manifest does not know it.

    The error pages use it too: a broken manifest must not take down the page that says so.
    """
    return _hashed(path) if settings.STORAGES["staticfiles"]["BACKEND"] == HASHED else _address(path)


def _address(path: str) -> str:
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


# Hashed names change with the files, and files with a start of the process.
_hashed = lru_cache(maxsize=256)(_address)


@register.simple_tag
def drawn(name: str, **inputs: Any) -> SafeString:
    """A piece of page that depends on its inputs alone, drawn once: the same inputs give the same piece.

    For what repeats hundreds of times (rows, filters). Inputs are hashable and hold all that is shown: the piece
    must not read the request, the clock or the database.
    """
    return _drawn(name, tuple(inputs.items()))


@lru_cache(maxsize=8_192)
def _drawn(name: str, inputs: tuple[tuple[str, Any], ...]) -> SafeString:
    return mark_safe(get_template(name).render(dict(inputs)))  # noqa: S308 — a template escapes what it shows


def _request(context: template.Context) -> HttpRequest | None:
    # Inside `include … only` the variable is gone, but the context still knows its request.
    found = getattr(context, "request", None) or context.get("request")
    return found if isinstance(found, HttpRequest) else None


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, url: str, label: str) -> SafeString:
    """A link of a menu, marked as the current page, or as the section that holds it."""
    request = _request(context)
    here = request.path if request is not None else ""
    state = "page" if here == url else "true" if here.startswith(url) else ""
    if state:
        return format_html('<a href="{}" aria-current="{}">{}</a>', url, state, label)
    return format_html('<a href="{}">{}</a>', url, label)


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """The address of this page with parameters replaced; None or "" takes one away.

    `page` is taken away unless given: a changed question starts at its first page.
    """
    request = _request(context)
    query = QueryDict(mutable=True) if request is None else request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if isinstance(value, list | tuple):
            query.setlist(name, [str(item) for item in value])
        elif value not in (None, ""):
            query[name] = str(value)
    encoded = query.urlencode()
    path = "" if request is None else request.path
    return f"?{encoded}" if encoded else path or "?"


@register.filter
def number(value: float | Decimal, decimals: int = 0) -> str:
    """See ui.french.number."""
    return french.number(value, decimals)


@register.filter
def euros(value: float | Decimal) -> str:
    """See ui.french.euros."""
    return french.euros(value)


@register.filter
def distance(value: float) -> str:
    """A distance in km, in words: see ui.french.distance."""
    return french.distance(value)


@register.filter
def date_fr(value: dt.date | dt.datetime) -> str:
    """« mardi 24 novembre à 18 h 30 »; the year is added when it is not this year."""
    return french.moment(value, today=timezone.localdate())


@register.filter
def day_fr(value: dt.date | dt.datetime | str | int) -> str:
    """« 24 novembre 2026 »; takes a partial ISO date too."""
    return french.day(value)


@register.filter
def time_fr(value: dt.datetime | dt.time) -> str:
    """« 18 h 30 »."""
    return french.time(value)


@register.filter
def plural(count: int, words: str) -> str:
    """{{ n|plural:"résultat" }} or {{ n|plural:"journal,journaux" }}: the figure and its noun."""
    one, _, many = words.partition(",")
    return french.plural(count, one, many)


@register.filter
def lower_first(words: str) -> str:
    """« Faire connaître l’ESS » inside a sentence: « faire connaître l’ESS », its acronyms kept; « ESS » stays."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


@register.filter
def tel(value: str) -> str:
    """A telephone number as a `tel:` link wants it: French numbers get +33, spaces and dots go."""
    digits = re.sub(r"[^\d+]", "", value)
    return f"+33{digits[1:]}" if len(digits) == 10 and digits.startswith("0") else digits


@register.filter
def phone(value: str) -> str:
    """A telephone number as it is read: its pairs never part at the end of a line."""
    return value.replace(" ", french.WIDE)


@register.filter
def domain(url: str) -> str:
    """The readable part of a web address: « exemple.fr »."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


@register.filter
def undo_address(message: Message) -> str:
    """The address that undoes what a message tells (extra_tags="undo:/…"), or nothing."""
    for word in (message.extra_tags or "").split():
        if word.startswith("undo:/") and not word.startswith("undo://"):
            return word.removeprefix("undo:")
    return ""


@register.filter
def unlocalized(value: float | Decimal) -> str:
    """A number for a machine: a point, no space, whatever the language of the page."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


@register.simple_tag
def page_span(page: int, per_page: int, total: int) -> str:
    """« 21 à 40 »: the places of the rows of this page."""
    first = (page - 1) * per_page + 1
    return f"{french.number(first)} à {french.number(min(page * per_page, total))}"


@register.simple_tag
def page_window(page: int, pages: int) -> list[int | None]:
    """The page numbers worth showing: first, last, the neighbours of this one; None marks a gap."""
    shown = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    window: list[int | None] = []
    for number_shown in shown:
        previous = window[-1] if window else None
        if previous is not None and number_shown - previous == 2:
            window.append(number_shown - 1)
        elif previous is not None and number_shown - previous > 2:
            window.append(None)
        window.append(number_shown)
    return window


@register.simple_tag(takes_context=True)
def page_url(context: template.Context, page: int, step: int = 0) -> str:
    """The address of another page of the same list; the first one carries no number."""
    number_asked = page + step
    return query_with(context, page=number_asked if number_asked > 1 else "")


@register.filter
def words(text: str) -> list[str]:
    """The words of a sentence, to loop over a short fixed list in a template."""
    return text.split()
