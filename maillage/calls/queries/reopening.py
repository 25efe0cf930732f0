"""What a request for completion may open again."""

from __future__ import annotations

from maillage.calls import keys
from maillage.calls.models import Application


def keys_of(application: Application) -> dict[str, str]:
    """{key: French} of everything that its people may have to write anew, in the order of the pages."""
    plain = [*keys.IDENTITY, *keys.FACTS, *keys.PROJECT, keys.PARTNERS, keys.BUDGET]
    blocks = [f"{keys.BLOCK}{one['key']}" for one in keys.asked_blocks(application)]
    found = {key: keys.label_of(key, application) for key in [*plain, *blocks]}
    pieces = application.call.pieces.order_by("position", "pk")
    found |= {f"{keys.PIECE}{one.pk}": f"Pièce\u00a0: {one.label}" for one in pieces}
    return found | {key: keys.label_of(key, application) for key in [*keys.PLEDGES, keys.AIDS]}
