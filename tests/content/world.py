"""What the tests of content share: an agent, themes, resources by the verb, the web as it answers today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.content import actions
from maillage.content.enums import ResourceType
from maillage.content.models import Resource
from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.kernel.links import Link
from tests.accounts.people import holder

AT = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
ON = date(2026, 11, 25)
BODY = (
    ("heading", "Pour commencer"),
    ("text", "<p>Comptez les <b>pommes</b> de l’été.</p>"),
    ("note", "Rien d’autre."),
)


def agent() -> User:
    return User.objects.filter(email="agent@exemple.test").first() or holder(Role.AGENT)


def theme(code: str = "culture", label: str = "Culture") -> Term:
    row, _ = Term.objects.get_or_create(kind=TermKind.THEME, code=code, defaults={"label": label})
    return row


def made(title: str = "Préparer un budget", *, at: datetime = AT, **values: Any) -> Resource:
    """A published guide with a text, unless told otherwise."""
    said = {"summary": "Ce que coûte une année.", "kind": ResourceType.GUIDE, "body": BODY, "by": None, **values}
    return actions.create_resource(title=title, at=at, **said)


def with_file(title: str = "Modèle de budget", *, content: bytes = b"a;b\r\n", **values: Any) -> Resource:
    document = actions.add_document(title=title, name="modele.csv", content=content, by=None, at=AT)
    return made(title, document=document, kind=ResourceType.TEMPLATE, **values)


class Web:
    """What each address answers today, by its end; the rest is well."""

    def __init__(self, **troubles: str) -> None:
        self.troubles = troubles

    def __call__(self, urls: Iterable[str]) -> dict[str, Link]:
        return {url: self._link(url) for url in urls}

    def _link(self, url: str) -> Link:
        trouble = self.troubles.get(url.rpartition("/")[2], "")
        return Link(url, trouble, is_dead=trouble == "404")
