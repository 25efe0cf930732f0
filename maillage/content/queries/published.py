"""What everybody reads: the list filtered by its address, one resource, those that serve most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from maillage.aids.models import Aid
from maillage.content.enums import Reader, ResourceType
from maillage.content.models import Resource
from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.kernel.handing import is_held
from maillage.kernel.text import fold

MOST_WORDS = 8
SHOWN = 5


@dataclass(frozen=True)
class Asked:
    """A list of resources as its address asks for it; "" asks for everything. theme: code of a term."""

    words: str = ""
    type: str = ""
    reader: str = ""
    theme: str = ""

    @classmethod
    def read(cls, address: str) -> Asked:
        """From the end of an address; what it does not know filters nothing."""
        said = QueryDict(address[:1_000])

        def one(name: str, among: Any = None) -> str:
            value = str(said.get(name, "")).strip()[:60]
            return value if among is None or value in among else ""

        return cls(
            words=fold(one("q")), type=one("nature", ResourceType.values), reader=one("public", Reader.values),
            theme=one("sujet"),
        )  # fmt: skip

    @property
    def _named(self) -> dict[str, str]:
        return {"q": self.words, "nature": self.type, "public": self.reader, "sujet": self.theme}

    @property
    def active(self) -> int:
        return sum(bool(value) for value in self._named.values())

    @property
    def address(self) -> str:
        """The same question as the end of an address, without its « ? »."""
        return urlencode({name: value for name, value in self._named.items() if value})


def found(asked: Asked) -> Any:
    """Published resources, by title. Words are looked for in the title, the summary and the text. One query.

    A resource that names no reader is for everybody.
    """
    rows = Resource.objects.published()
    for word in asked.words.split()[:MOST_WORDS]:
        rows = rows.filter(words_key__contains=word)
    if asked.type:
        rows = rows.filter(type=asked.type)
    if asked.reader:
        rows = rows.filter(reader_key__contains=f" {asked.reader} ") | rows.filter(reader_key="")
    if asked.theme:
        rows = rows.filter(themes__kind=TermKind.THEME, themes__code=asked.theme)
    return rows.with_upkeep().defer("body", "words_key").order_by("words_key", "pk")


def most_used(limit: int = SHOWN) -> list[Resource]:
    """Those that were opened most often, the first first; none that nobody opened. One query."""
    rows = Resource.objects.published().with_upkeep().filter(upkeep__uses__gt=0).defer("body", "words_key")
    return list(rows.order_by("-upkeep__uses", "words_key", "pk")[:limit])


def find_resource(slug: str) -> Resource | None:
    """A published resource by its address, with what is known of it. One query."""
    row: Resource | None = Resource.objects.published().with_upkeep().filter(slug=slug).first()
    return row


def linked_aids(resource: Resource, *, on: date) -> list[Aid]:
    """The aids that it goes with, while they may be asked for. One query."""
    keys = [aid.pk for aid in resource.aids.all()]
    return list(Aid.objects.open(on).filter(pk__in=keys).light().order_by("name", "pk")) if keys else []


def themes_of(resource: Resource) -> list[Term]:
    """Its subjects, in their order. One query."""
    return sorted(resource.themes.all(), key=lambda term: (term.position, term.code))


def theme_labels() -> dict[str, str]:
    """{code: label} of the subjects, in their order. One query."""
    terms = Term.objects.filter(kind=TermKind.THEME).order_by("position", "code")
    return dict(terms.values_list("code", "label"))


def is_document_held(document: Any) -> bool:
    """In quarantine. Reads its screening, once, unless it came with the document."""
    screening = getattr(document, "screening", None)
    return is_held(screening.scanned_at if screening else None)


@dataclass(frozen=True)
class File:
    """The file of a resource. kind: « PDF »; size: bytes, None when the file itself is missing.

    is_held: it waits for the antivirus, and nobody may take it yet.
    """

    kind: str
    size: int | None
    is_held: bool = False


def file_of(resource: Resource) -> File | None:
    """What the file is and weighs, asked of the storage once and kept in its row. None without a file."""
    if resource.document is None:
        return None
    try:
        return File(resource.file_kind, resource.document.get_file_size(), is_document_held(resource.document))
    except OSError:
        return File(resource.file_kind, None)
