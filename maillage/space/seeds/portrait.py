"""The example world of portraits: one officer shows a face, drawn here; the others show their initials."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from maillage.kernel.uploads import CleanPicture, clean_picture
from maillage.space import actions
from maillage.space.deciding import running_officers
from maillage.space.queries_officers import portrait_of
from maillage.space.seeds.sheet import CANAL, DOOR, FIELD, ROOF, SKY

SKIN, SHADE = "#c98f6b", "#b67d5a"


def plant_portrait(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Twice without harm: a portrait that is there stays."""
    seat = running_officers(timezone.localdate(at)).filter(user__is_example=True).first()
    if seat is None or portrait_of(seat.user) is not None:
        return {}
    actions.put_portrait(officer=seat.user, picture=face(), at=at)
    say(f"  {seat.user} a un portrait dessiné, sur /referents/.")
    return {"portraits d’exemple": 1}


def face() -> CleanPicture:
    """A face like no one's, with the word « exemple » under it: a drawing, the same at each seed."""
    canvas = Image.new("RGB", (600, 600), FIELD)
    pen = ImageDraw.Draw(canvas)
    pen.ellipse((90, 430, 510, 800), fill=CANAL)
    pen.rectangle((255, 350, 345, 460), fill=SHADE)
    pen.ellipse((180, 80, 420, 330), fill=DOOR)
    pen.ellipse((195, 120, 405, 400), fill=SKIN)
    pen.pieslice((190, 80, 410, 300), 180, 360, fill=DOOR)
    for x in (250, 350):
        pen.ellipse((x - 34, 236, x + 34, 296), outline=DOOR, width=8)
        pen.ellipse((x - 9, 257, x + 9, 275), fill=DOOR)
    pen.line((284, 262, 316, 262), fill=DOOR, width=8)
    pen.line((300, 280, 292, 318, 306, 320), fill=SHADE, width=7)
    pen.arc((258, 300, 342, 360), 25, 155, fill=ROOF, width=9)
    pen.rectangle((0, 444, 600, 540), fill=DOOR)
    pen.text((300, 490), "exemple", fill=SKY, font=ImageFont.load_default(84), anchor="mm", stroke_width=2)
    out = io.BytesIO()
    canvas.save(out, "PNG")
    return clean_picture(out)
