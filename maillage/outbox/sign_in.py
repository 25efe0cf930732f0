"""The letters of sign-in: codes leave before everything else, and what changed in an account is told to its owner.

Neighbours: `accounts.sign_in.adapter` decides who comes in; this only says how its letters travel.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from maillage.accounts.sign_in.adapter import AccountAdapter
from maillage.kernel.letters import Content, LetterKind, Occasion, Pace
from maillage.outbox.actions import post
from maillage.outbox.notices import PLAIN

CODE, UNKNOWN = "outbox.code", "outbox.unknown_address"
WORTH = timedelta(minutes=15)
_OPENINGS = {
    "login_code": "Vous avez demandé à entrer. Recopiez ce code sur la page qui l’attend.",
    "email_confirmation": "Pour prouver que cette adresse est la vôtre, recopiez ce code sur la page qui l’attend.",
}


class Adapter(AccountAdapter):
    """Posts letters where the library would send them itself: known and unknown addresses take the same time."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        name = template_prefix.rsplit("/", 1)[-1].removesuffix("_signup")
        if name in _OPENINGS:
            post(kind=CODE, to=email, facts={"code": context["code"], "for": name}, at=timezone.now())
        elif name == "unknown_account":
            post(kind=UNKNOWN, to=email, at=timezone.now())
        else:
            message = self.render_mail(template_prefix, email, {"email": email, **context})
            post(kind=PLAIN, to=email, facts={"title": message.subject, "text": message.body}, at=timezone.now())


def _code(code: str, opening: str) -> Content:
    return Content(
        title=f"{code} est votre code",
        sentences=(
            opening,
            "Il vaut un quart d’heure, une seule fois. Personne ne vous le demandera jamais au téléphone.",
            "Vous n’avez rien demandé ? Laissez cette lettre : sans ce code, personne n’entre.",
        ),
        code=code,
    )


def _write_code(told: Occasion) -> Content:
    return _code(str(told.facts["code"]), _OPENINGS[str(told.facts["for"])])


def _write_unknown(told: Occasion | None = None) -> Content:
    return Content(
        title="Cette adresse n’a pas de compte",
        sentences=(
            "Quelqu’un, vous peut-être, a voulu entrer avec cette adresse. Elle n’a pas de compte ici.",
            "Avez-vous une autre adresse ? Essayez avec elle. Sinon, laissez cette lettre.",
        ),
    )


KINDS = (
    LetterKind(
        key=CODE,
        label="Code pour entrer",
        write=_write_code,
        sample=lambda: _code("K7PX-42QM", _OPENINGS["login_code"]),
        pace=Pace.URGENT,
        valid_for=WORTH,
        is_secret=True,
    ),
    LetterKind(
        key=UNKNOWN,
        label="Adresse sans compte",
        write=_write_unknown,
        sample=_write_unknown,
        pace=Pace.URGENT,
        valid_for=WORTH,
    ),
)
