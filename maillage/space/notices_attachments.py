"""The letter about a document of the profile that expires."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Subject
from maillage.space.enums import Part
from maillage.space.models import Attachment, Membership
from ui import french

PROFILE = Subject("space.profile", "Les pièces du profil de ma structure qui expirent")


def _expiring(name: str, title: str, until: date, *, is_over: bool, path: str) -> Content:
    when = "n’est plus valable" if is_over else "expire bientôt"
    return Content(
        title=f"{name}\u00a0: « {title} » {when}",
        sentences=(
            (
                "Ce document est dans le profil privé de votre structure, que les formulaires reprennent. Déposez le "
                "nouveau dès que vous l’avez\u00a0: il prendra la place de celui-ci."
            ),
        ),
        facts=(("Valable jusqu’au", french.day(until)),),
        buttons=(Button("Déposer le nouveau", path=path),),
    )


def _write_expiring(told: Occasion) -> Content | None:
    found = Attachment.objects.select_related("organisation").filter(pk=told.object_id or 0).first()
    if found is None or found.expires_on is None or f"{found.expires_on}" != told.facts.get("until"):
        return None
    held = Membership.objects.filter(organisation=found.organisation_id, user=told.user_id, part=Part.MANAGER)
    is_over = found.expires_on <= timezone.localdate(told.at)
    # A letter that waited until the day says nothing: the day has a letter of its own.
    if not held.exists() or (is_over and told.facts.get("turn") == "soon"):
        return None
    path = f"/moi/structures/{found.organisation_id}/profil/pieces/{found.pk}/remplacer/"
    return _expiring(found.organisation.name, found.title, found.expires_on, is_over=is_over, path=path)


def _sample() -> Content:
    return _expiring(
        "Le Fil vert (exemple)", "Attestation d’assurance", date(2026, 12, 24), is_over=False, path="/moi/"
    )


ATTACHMENT_LETTERS = (
    LetterKind("space.attachment_expiring", "Pièce du profil qui expire", _write_expiring, _sample, subject=PROFILE),
)
