"""A letter shown on the site: in a frame of its own address, under a policy without any script or inline style.

Letters carry their style in attributes, as mail programs ask. Here the same style becomes a sheet of its own
address, so that the site keeps one policy without exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.http import HttpResponse
from django.utils.html import escape
from django.views.decorators.http import require_safe

# Opaque origin, no script, no form; a click may lead the whole page somewhere.
FRAME_POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}
BLOCK = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
OUTLOOK = re.compile(r"<!--\[if [^!].*?<!\[endif\]-->", re.DOTALL)
OTHERS = re.compile(r"<!--\[if !mso\]><!-->|<!--<!\[endif\]-->")
ATTRIBUTE = re.compile(r'\sstyle="([^"]*)"')


def tamed(html: str) -> tuple[str, str]:
    """(HTML without style, the same style as one sheet); what only Outlook reads is left out."""
    bare = OTHERS.sub("", OUTLOOK.sub("", html))
    sheet = [found[1] for found in BLOCK.finditer(bare) if "moz-text-html" not in found[1]]
    numbers: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        return f' data-style="{numbers.setdefault(found[1], len(numbers))}"'

    bare = ATTRIBUTE.sub(numbered, BLOCK.sub("", bare)).replace(' target="_blank"', "")
    rules = [f'[data-style="{number}"]{{{style.replace("&#x27;", chr(39))}}}' for style, number in numbers.items()]
    # In the order of weight: what dark mode changes is marked important.
    return bare, "\n".join([*sheet, *rules])


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Put the frame's policy on a view in the place of the site's."""
    return require_safe(csp(FRAME_POLICY)(view))  # type: ignore[return-value]  # django-csp speaks of the base class


def frame(html: str, css_address: str) -> HttpResponse:
    """The framed letter; links lead the whole page."""
    head = f'<base target="_top"><link rel="stylesheet" href="{escape(css_address)}">'
    response = HttpResponse(tamed(html)[0].replace("</head>", f"{head}</head>", 1))
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Robots-Tag"] = "noindex"
    return response


def sheet(html: str) -> HttpResponse:
    """The style of a framed letter."""
    return HttpResponse(tamed(html)[1], content_type="text/css; charset=utf-8")
