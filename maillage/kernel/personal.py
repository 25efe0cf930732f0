"""What the platform keeps of people, declared by each room in its manifest: purpose, basis, term, how it is erased.

Words: a *holding* is some fields of one model kept for one purpose; *harmless* fields were looked at and hold nothing
of anybody; *unused* tables come with a library and stay empty (`check_invariants` says when they do not).
Neighbours: `queries.inventory` reads the declarations, `actions.personal` purges, exports and erases along them;
a test refuses a field that no room declares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet


class Basis(StrEnum):
    """Why the law lets us keep it (GDPR, article 6)."""

    PUBLIC_TASK = "mission d’intérêt public"
    CONSENT = "accord de la personne"
    LEGAL_DUTY = "obligation légale"


class Erasing(StrEnum):
    """What becomes of it when the person leaves."""

    DELETE = "effacé"
    BLANK = "vidé"
    KEEP = "gardé"


@dataclass(frozen=True)
class Person:
    """Somebody: their addresses (lower case), the number of their account if any, the names they are written under."""

    addresses: tuple[str, ...]
    user_id: int | None = None
    name: str = ""

    @property
    def words(self) -> list[str]:
        """What betrays them in a text: addresses, and a name of two words at least (a first name is many people's)."""
        return [*self.addresses, *([self.name] if " " in self.name.strip() else [])]


@dataclass(frozen=True)
class Term:
    """How long: a dated value (in months; "" when only an act ends it), what it is counted from, which rows are over.

    over: the rows whose term ended, given the moment before which it ended; None when they go with another.
    """

    key: str
    counted_from: str
    over: Callable[[datetime], Q] | None = None


WITH_ACCOUNT = Term("term.account_inactive", "depuis la dernière connexion, avec le compte")


@dataclass(frozen=True)
class Holding:
    """Fields of one model kept for one purpose.

    title, purpose: French, for the page and the export. of: the rows of a person; None when they cannot be found by
    a person (`why` then says what is done instead). blank: columns that BLANK and the end of the term empty.
    secret: fields whose value is not exported (a password is nobody's to read). address: the field by which people
    without an account are found. erase, outlive: verbs that replace the plain ones (rows, person or None, moment)
    -> how many. shown_to_person: False for what is exported under another title already.
    """

    title: str
    model: str
    fields: tuple[str, ...]
    purpose: str
    basis: Basis
    term: Term
    of: Callable[[Person], Q] | None
    erasing: Erasing = Erasing.DELETE
    why: str = ""
    blank: Mapping[str, Any] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()
    address: str = ""
    erase: Callable[[QuerySet[Any], Person, datetime], int] | None = None
    outlive: Callable[[QuerySet[Any], datetime], int] | None = None

    @property
    def rows(self) -> QuerySet[Any]:
        return QuerySet(apps.get_model(self.model))

    @staticmethod
    def is_own(column: Any) -> bool:
        """Does this column lead to the person's own account? It says nothing to them."""
        return bool(column.related_model._meta.label == settings.AUTH_USER_MODEL)


@dataclass(frozen=True)
class Harmless:
    """Fields of a model that hold nothing of anybody, and why."""

    model: str
    reason: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Unused:
    """Tables of a library that this platform does not use: any row in them is a breach."""

    reason: str
    models: tuple[str, ...]


def by_user(name: str) -> Callable[[Person], Q]:
    """Rows that point to the account of the person."""
    return lambda person: Q(**{f"{name}_id": person.user_id}) if person.user_id is not None else Q(pk__in=[])


def by_address(name: str) -> Callable[[Person], Q]:
    """Rows that hold an address of the person, whatever its case."""

    def rows(person: Person) -> Q:
        found = Q(pk__in=[])
        for address in person.addresses:
            found |= Q(**{f"{name}__iexact": address})
        return found

    return rows
