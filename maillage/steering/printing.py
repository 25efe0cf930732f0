"""The three forms of a committee's file, from its kept document alone: the same document gives the same bytes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from maillage.steering.models import Form
from ui.print.blocks import Paragraph, from_json
from ui.print.compile import typeset
from ui.print.odp import odp
from ui.print.odt import odt


def papers_of(kept: dict[str, Any], on: dt.date) -> dict[Form, bytes]:
    """kept: as `ui.print.blocks.as_json` gave it; on: the day written in the files."""
    document = from_json(kept)
    at = dt.datetime.combine(on, dt.time(), tzinfo=dt.UTC)
    first = [Paragraph(document.eyebrow), Paragraph(document.lead)]
    return {
        Form.PDF: typeset("document", {**kept, "slides": [], "contents": True}, at=at),
        Form.ODT: odt([*first, *document.blocks], title=document.title, author=document.author, on=on),
        Form.ODP: odp(
            document.slides, title=document.title, author=document.author, source=document.source, on=on
        ),
    }  # fmt: skip
