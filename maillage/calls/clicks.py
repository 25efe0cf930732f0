"""What one click on the room's letters does: an organisation agrees to join a project, or not; an opinion is
given, on a page of the room."""

from __future__ import annotations

from functools import partial

from maillage.accounts.models import User
from maillage.calls import actions, keys, rules
from maillage.calls.enums import EXAMINED
from maillage.calls.models import OutsideOpinion
from maillage.calls.notices.applying import invited_of
from maillage.calls.phrases import applying as phrases
from maillage.kernel.letters import Occasion, Page, Purpose

_BUTTONS = {True: "Oui, nous participons", False: "Non, pas cette fois"}


def _reader(told: Occasion) -> User | None:
    return User.objects.filter(pk=told.user_id or 0, is_active=True).first()


def _describe(agrees: bool, told: Occasion) -> Page | None:
    one, reader = invited_of(told), _reader(told)
    if one is None or reader is None or not rules.may_answer(reader, one):
        return None
    if not keys.has_open_partners(one.application):
        return None
    words = (
        "Les personnes de votre structure liront ce dossier et pourront y écrire."
        if agrees
        else "La structure qui vous invite le saura. Vous ne lirez pas ce dossier."
    )
    asker = one.application.organisation.name
    return Page(
        f"{asker} vous propose un projet", (f"Appel «\u00a0{one.application.call.title}\u00a0».", words),
        button=_BUTTONS[agrees],
    )  # fmt: skip


def _act(agrees: bool, told: Occasion) -> Page:
    one, reader = invited_of(told), _reader(told)
    if one is None or reader is None or not rules.may_answer(reader, one):
        return Page("Rien n’a changé", (phrases.ANSWERED,))
    try:
        actions.answer_invitation(invited=one, agrees=agrees, by=reader, at=told.at)
    except actions.CallRefused as refusal:
        return Page("Rien n’a changé", (refusal.phrase,))
    if not agrees:
        return Page("C’est noté", ("La structure qui vous invitait le saura.",))
    return Page("C’est noté", ("Vous participez à ce projet.",),
                links=(("Ouvrir le dossier", one.application.get_absolute_url()),))  # fmt: skip


def _digest(told: Occasion) -> str:
    one = invited_of(told)
    return "" if one is None else f"{one.state}:{one.asked_at.isoformat()}"


def _elsewhere(told: Occasion) -> tuple[tuple[str, str], ...]:
    return (("Mes demandes", "/moi/demandes/"),)


def _outside_digest(told: Occasion) -> str:
    one = OutsideOpinion.objects.filter(pk=told.object_id or 0).select_related("application").first()
    return "" if one is None else f"{one.is_open}:{one.application.state in EXAMINED}"


PURPOSES = (*(
    Purpose(key, days=30, describe=partial(_describe, agrees), act=partial(_act, agrees), digest=_digest,
            in_place_of=_elsewhere)
    for key, agrees in (("calls.join", True), ("calls.decline", False))
), Purpose("calls.outside", days=60, page="calls:outside", digest=_outside_digest))  # fmt: skip
