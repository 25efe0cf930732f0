"""The example world of the sheet: a picture drawn here, some acts in its history, a contributor's change that waits."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from PIL import Image, ImageDraw

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.uploads import CleanPicture, clean_picture
from maillage.space import actions
from maillage.space.enums import Part
from maillage.space.models import Membership, Suggestion

SKY, FIELD, CANAL, WALL, ROOF, DOOR = "#f6f1e6", "#b9c99a", "#2f6f8f", "#e4d6bd", "#9c4a35", "#5b3a4d"
HOUSES = ((140, 330, 250, 210), (430, 300, 300, 240), (770, 350, 220, 190))
HOURS = "Mo-Fr 09:00-12:30,13:30-17:00"
SERVICES = "Prêt de matériel aux associations.\nAtelier ouvert à tout le monde le premier samedi du mois."


def plant_sheet(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Once: what its people changed since stays."""
    held = Membership.objects.filter(organisation__is_example=True, user__is_example=True)
    manager = held.filter(part=Part.MANAGER).select_related("user", "organisation").order_by("pk").first()
    if manager is None:
        return {}
    one, alice = manager.organisation, manager.user
    helper = held.filter(organisation=one, part=Part.CONTRIBUTOR).select_related("user").first()
    if helper is None or one.picture_id or Suggestion.objects.filter(organisation=one).exists():
        return {}
    _keep(one, alice, helper.user, at)
    say(f"  « {one.name} » a une image dessinée, un historique, et un changement qui attend l’accord d’Alice.")
    return {"images d’exemple": 1, "changements d’exemple qui attendent": 1}


def _keep(one: Organisation, alice: User, ines: User, at: datetime) -> None:
    actions.revise_or_propose(organisation=one, facts={"services": SERVICES}, by=alice, at=at)
    actions.show_picture(
        organisation=one, picture=drawing(), alt="Dessin\u00a0: trois maisons de brique au bord du canal", by=alice,
        credit="Dessin d’exemple, fait par ce site", at=at,
    )  # fmt: skip
    actions.revise_or_propose(organisation=one, facts={"website": "https://exemple.maillage.test"}, by=ines, at=at)
    actions.set_contributors_wait(organisation=one, is_on=True, by=alice, at=at)
    actions.revise_or_propose(organisation=one, facts={"place.opening_hours": HOURS}, by=ines, at=at)


def drawing() -> CleanPicture:
    """Houses by the canal: a drawing, the same at each seed."""
    canvas = Image.new("RGB", (1_200, 800), SKY)
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((0, 500, 1_200, 800), fill=FIELD)
    pen.polygon([(0, 620), (1_200, 560), (1_200, 700), (0, 780)], fill=CANAL)
    for x, y, width, height in HOUSES:
        pen.rectangle((x, y, x + width, y + height), fill=WALL)
        pen.polygon([(x - 20, y), (x + width // 2, y - 110), (x + width + 20, y)], fill=ROOF)
        pen.rectangle((x + width // 2 - 28, y + height - 110, x + width // 2 + 28, y + height), fill=DOOR)
        for side in (x + 30, x + width - 80):
            pen.rectangle((side, y + 40, side + 50, y + 95), fill=CANAL)
    out = io.BytesIO()
    canvas.save(out, "PNG")
    return clean_picture(out)
