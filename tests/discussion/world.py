"""What the tests of circles share: a made-up circle with its people, a store, e-mails that answer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pikepdf

from maillage.accounts.models import User
from maillage.discussion import actions
from maillage.discussion.models import Thread
from maillage.kernel import registry
from maillage.kernel.registry import Circle, CircleKind, Manifest
from maillage.kernel.uploads import CheckedDocument, check_document
from tests.factories import person

# A Wednesday, noon in Paris: the next gathering is on Tuesday 1 December.
AT = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
REPLIES = "fil@reponses.exemple.test"
KEY = "essai-1"
MEMBERS, MODERATORS = ("alice@exemple.test", "ines@exemple.test", "bruno@exemple.test"), ("bruno@exemple.test",)
READERS_ONLY = "marcel@exemple.test"


def _find(rest: str) -> Circle | None:
    if rest not in {"1", "2"}:
        return None
    members = MEMBERS if rest == "1" else ("bruno@exemple.test",)
    return Circle(
        key=f"essai-{rest}", title="Le cercle d’essai", address="/strategie/",
        may_read=lambda user: user.email in (*members, READERS_ONLY), may_write=lambda user: user.email in members,
        may_moderate=lambda user: user.email in MODERATORS,
        readers=lambda: User.objects.filter(email__in=members, is_active=True).order_by("pk"),
    )  # fmt: skip


@contextmanager
def made_up_circles() -> Iterator[None]:
    """A room above that declares circles: 1 of Alice, Inès and Bruno (who animates it), 2 of Bruno alone."""
    registry.introduce(Manifest(room="essai", circles=(CircleKind("essai", _find),)))
    try:
        yield
    finally:
        del registry._manifests["essai"]


def circle(key: str = KEY) -> Circle:
    found = registry.circle_of(key)
    assert found is not None
    return found


def people(*names: str) -> list[User]:
    """Accounts named as their address begins: « Alice Exemple », alice@exemple.test."""
    return [person(f"{name}@exemple.test", first_name=name.capitalize(), last_name="Exemple") for name in names]


def talk(by: User, title: str = "Une visite", text: str = "On y va ?", **facts: Any) -> Thread:
    return actions.open_thread(circle=circle(), title=title, text=text, by=by, **{"at": AT, **facts})


def pdf(word: str = "Compte rendu") -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.Root.Word = pikepdf.String(word)
    made.save(out, static_id=True)
    return out.getvalue()


def document(word: str = "Compte rendu") -> CheckedDocument:
    return check_document(io.BytesIO(pdf(word)))


def mail(
    to: str, text: str = "Oui, mardi.", *, sender: str = "alice@exemple.test", number: str = "1", **headers: str
) -> EmailMessage:
    """An answer; headers: more of them, with _ for -."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Quelqu’un <{sender}>", to, "Re: Une visite"
    made["Message-ID"] = f"<{number}@exemple.test>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made
