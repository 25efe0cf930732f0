"""The example world of the liaison officers: one has a portrait, drawn here, of nobody."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from PIL import Image, ImageDraw

from maillage.accounts.enums import Role
from maillage.accounts.queries import holders
from maillage.kernel.uploads import CleanPicture, clean_picture
from maillage.space import actions
from maillage.space.models import Portrait

GROUND, SHIRT, SKIN, HAIR = "#dbe6ea", "#2f6f8f", "#e8c7a6", "#5b3a4d"


def plant_portrait(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """The first example officer, once; the others show a letter."""
    officer = holders({Role.LIAISON_OFFICER}, on=timezone.localdate(at)).filter(is_example=True).first()
    if officer is None or Portrait.objects.exists():
        return {}
    actions.show_portrait(picture=drawing(), of=officer, at=at)
    return {"portraits d’exemple": 1}


def drawing() -> CleanPicture:
    """Head and shoulders without a face: a drawing of nobody, the same at each seed."""
    canvas = Image.new("RGB", (640, 640), GROUND)
    pen = ImageDraw.Draw(canvas)
    pen.ellipse((90, 430, 550, 900), fill=SHIRT)
    pen.ellipse((190, 110, 450, 400), fill=HAIR)
    pen.rectangle((285, 380, 355, 470), fill=SKIN)
    pen.ellipse((215, 150, 425, 410), fill=SKIN)
    pen.pieslice((205, 120, 435, 330), 180, 360, fill=HAIR)
    out = io.BytesIO()
    canvas.save(out, "PNG")
    return clean_picture(out)
