"""The example world of the private profile: Alice's organisation said it once, with two documents made by us."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils import timezone

from maillage.directory.models import Organisation
from maillage.kernel.uploads import CheckedDocument, check_document
from maillage.space import actions
from maillage.space.enums import AttachmentKind, Part
from maillage.space.models import Attachment, Membership
from ui.print.compile import typeset

_STATUTES = (
    "L’association a pour but de réparer, de transmettre et de partager.",
    "Elle se réunit en assemblée générale une fois par an. Chaque membre y a une voix.",
)
_INSURED = ("Cette attestation couvre la responsabilité civile de l’association et de ses bénévoles.",)


def plant_profile(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Statutes that stay, an insurance certificate that expires in twelve days; twice without harm."""
    held = Membership.objects.filter(
        organisation__is_example=True, part=Part.MANAGER, user__email="alice@exemple.maillage.test"
    )
    membership = held.select_related("organisation", "user").order_by("pk").first()
    if membership is None or Attachment.objects.filter(organisation=membership.organisation).exists():
        return {}
    own, today = membership.organisation, timezone.localdate(at)
    actions.keep_profile(
        organisation=own, by=membership.user, at=at,
        facts={
            "representative_name": "Alice (exemple)", "representative_role": "Présidente", "volunteers": 14,
            "budget_band": "10", "insurer": "Mutuelle d’exemple",
        },
    )  # fmt: skip
    for kind, lines, begun, until in (
        (AttachmentKind.STATUTES, _STATUTES, date(2022, 3, 12), None),
        (AttachmentKind.INSURANCE, _INSURED, today - timedelta(days=353), today + timedelta(days=12)),
    ):
        actions.add_attachment(
            organisation=own, kind=kind, document=_document(kind, own, lines, at), document_date=begun,
            expires_on=until, by=membership.user, at=at,
        )  # fmt: skip
    return {"pièces de profil d’exemple": 2}


def _document(kind: AttachmentKind, own: Organisation, lines: tuple[str, ...], at: datetime) -> CheckedDocument:
    data = {"title": str(kind.label), "name": own.name, "lines": list(lines), "territory": "Maillage"}
    return check_document(io.BytesIO(typeset("example", data, at=at.replace(microsecond=0))))
