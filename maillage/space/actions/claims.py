"""« C'est ma structure »: proved by a letter to the organisation's own address, else decided by an agent."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, models, transaction

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal
from maillage.outbox.actions import AddressRefused, post
from maillage.space.actions.members import MemberRefused, admit
from maillage.space.enums import ClaimState, Part
from maillage.space.models import Claim, Membership


class ClaimRefused(Exception):
    """The claim cannot be opened or decided; `phrase` says why and what to do."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


ALREADY_ASKED = "Vous avez déjà demandé cette structure : nous vous répondrons à cette adresse."


def ask_by_letter(*, organisation: Organisation, at: datetime) -> None:
    """Write to the address that the organisation is known by: whoever reads it may take the sheet in hand.

    Once a day at most. Raises ClaimRefused when there is no such address, or a manager already.
    """
    if _managers(organisation).exists():
        raise ClaimRefused("Cette fiche a déjà une personne responsable. Dites-nous ce qui vous lie à la structure.")
    try:
        once = f"claim:{organisation.pk}:{at.date().isoformat()}"
        post(kind="space.claim", to=organisation.email, about=organisation, at=at, once_key=once)
    except AddressRefused as error:
        raise ClaimRefused("Nous n’avons pas d’adresse sûre pour cette structure.") from error


def grant_by_letter(*, organisation: Organisation, email: str, at: datetime) -> Membership:
    """The organisation's own address answered: its reader becomes the manager. Raises MemberRefused."""
    return admit(organisation=organisation, email=email, part=Part.MANAGER, by=None, at=at)


def open_claim(*, organisation: Organisation, name: str, email: str, proof: str, at: datetime) -> Claim:
    """Ask an agent to decide. Raises ClaimRefused when the same address waits for an answer already."""
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                organisation=organisation, name=name.strip(), email=email.strip().lower(), proof=proof.strip(),
                opened_at=at,
            )  # fmt: skip
            journal(verb="open_claim", target=organisation, changes={"claim": [None, claim.pk]}, by=None, at=at)
    except IntegrityError as error:
        raise ClaimRefused(ALREADY_ASKED) from error
    return claim


def decide_claim(*, claim: Claim, is_granted: bool, reason: str, by: User, at: datetime) -> Claim:
    """Grant or refuse; the claimant is told by letter. Raises ClaimRefused (already decided, a manager is there)."""
    with transaction.atomic():
        claim = Claim.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=claim.pk)
        if claim.state != ClaimState.OPEN:
            raise ClaimRefused(f"Cette demande est déjà « {claim.get_state_display()} ».")
        if not is_granted and not reason.strip():
            raise ClaimRefused("Dites pourquoi : la personne le lira.")
        if is_granted:
            try:
                admit(organisation=claim.organisation, email=claim.email, part=Part.MANAGER, by=by, at=at,
                      name=claim.name)  # fmt: skip
            except MemberRefused as refusal:
                raise ClaimRefused(refusal.phrase) from refusal
        claim.state = ClaimState.GRANTED if is_granted else ClaimState.REFUSED
        claim.reason, claim.decided_at, claim.decided_by = reason.strip()[:300], at, by
        claim.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        changes = {"claim": [None, claim.pk], "state": [ClaimState.OPEN.value, claim.state]}
        journal(verb="decide_claim", target=claim.organisation, changes=changes, by=by, at=at, note=claim.reason)
        post(kind="space.claim_decided", to=claim.email, about=claim, at=at)
    return claim


def withdraw_claim(*, claim: Claim, by: User | None, at: datetime) -> None:
    """Close a claim without an answer to give."""
    with transaction.atomic():
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        if claim.state == ClaimState.OPEN:
            claim.state, claim.decided_at = ClaimState.WITHDRAWN, at
            claim.save(update_fields=["state", "decided_at"])
            journal(verb="withdraw_claim", target=claim.organisation, changes={"claim": [claim.pk, None]}, by=by, at=at)


def _managers(organisation: Organisation) -> models.QuerySet[Membership]:
    return Membership.objects.filter(organisation=organisation, part=Part.MANAGER)
