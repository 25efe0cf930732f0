"""The pieces of an application with what answers them, and the organisations that may be invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from maillage.calls import keys
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, AppliedFile, Piece
from maillage.directory.models import Organisation
from maillage.kernel.text import fold
from maillage.space.models import Attachment
from maillage.space.queries_profile import attachments_of

FOUND = 10


@dataclass(frozen=True)
class PieceRow:
    """A piece. files: its versions, the newest first; known: what the profile holds for it and that is still valid.

    expired: what it holds and that is worth nothing any more. is_open: may it change?
    """

    piece: Piece
    files: list[AppliedFile]
    known: list[Attachment]
    expired: list[Attachment]
    is_open: bool


def rows_of(application: Application, *, on: date) -> list[PieceRow]:
    """Every piece of the call in its order. Three queries."""
    files: dict[int | None, list[AppliedFile]] = {}
    for file in application.files.order_by("-number", "-pk"):
        files.setdefault(file.piece_id, []).append(file)
    profile = list(attachments_of(application.organisation))
    return [
        PieceRow(
            piece, files.get(piece.pk, []),
            [one for one in profile if piece.kind and one.kind == piece.kind and not one.is_over(on)],
            [one for one in profile if piece.kind and one.kind == piece.kind and one.is_over(on)],
            is_open(application, piece),
        )
        for piece in application.call.pieces.order_by("position", "pk")
    ]  # fmt: skip


def documents_of(application: Application) -> QuerySet[AppliedFile]:
    """Every document that was joined, by piece, the newest version first."""
    return application.files.order_by("piece__position", "-number", "-pk")


def is_open(application: Application, piece: Piece) -> bool:
    """May its people still join a document there?"""
    if application.state == ApplicationState.INCOMPLETE:
        return f"{keys.PIECE}{piece.pk}" in application.reopened
    return application.is_writable


def attachment_for(application: Application, piece: Piece, key: str) -> Attachment | None:
    """The document of the profile with this key, when it is one that answers this piece."""
    rows = attachments_of(application.organisation).filter(kind=piece.kind)
    return rows.filter(pk=int(key)).first() if piece.kind and key.isdecimal() and len(key) < 19 else None


def joinable() -> QuerySet[Organisation]:
    """Organisations that everybody finds in the directory."""
    return Organisation.objects.published().not_merged()


def find_organisations(application: Application, words: str) -> list[Organisation]:
    """The first ten whose name holds these words, or whose SIREN they are, by name; none without words."""
    if not words:
        return []
    rows = joinable().exclude(pk=application.organisation_id)
    rows = rows.exclude(pk__in=application.co_applicants.exclude(state="declined").values("organisation"))
    found = rows.filter(Q(name__icontains=words) | Q(slug__contains=fold(words).replace(" ", "-")) | Q(siren=words))
    return list(found.order_by("name", "pk")[:FOUND])
