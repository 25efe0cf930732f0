"""The code that leads from paper to a page."""

from __future__ import annotations

import io

import segno

# As templates name it.
QR_FILE = "code.svg"


def qr_svg(address: str) -> bytes:
    """The code that opens the address: error correction M, with the quiet zone that readers need."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False, nl=False)
    return drawn.getvalue()
