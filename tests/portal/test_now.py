"""What the home page says of these days: first what ends or begins first, and nothing that is over or private."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from maillage.calls.enums import CallKind
from maillage.portal.queries.now import MOST, moments
from tests.calls.world import AT, a_call, later
from tests.choosing.world import drafted, opened
from tests.governance.world import announced, body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("place")]


def test_what_ends_or_begins_first_is_first() -> None:
    a_call(title="Bouger", closes_at=later(3))
    a_call(title="Toute l’année", kind=CallKind.STANDING, closes_at=None)
    a_call(title="Clos", opens_at=later(-3), closes_at=later(-1))
    a_call(title="À venir", opens_at=later(1), closes_at=later(4))
    group = body()
    announced(group, days=1, title="Demain", is_public=True)
    announced(group, days=1, title="Entre nous", is_public=False)
    opened(question="Ouverte", opens_at=later(-1), closes_at=later(2), paper_until=later(5))
    drafted(question="En projet", opens_at=later(-1), closes_at=later(2), paper_until=later(5))

    found = moments(AT)

    assert [(one.kind, one.title) for one in found] == [
        ("Réunion", "Demain"), ("Consultation", "Ouverte"), ("Appel", "Bouger"),
    ]  # fmt: skip
    assert [one.when for one in found] == [
        "jeudi 26\u00a0novembre à 12\u00a0h", "jusqu’au vendredi 27\u00a0novembre à 12\u00a0h",
        "jusqu’au samedi 28\u00a0novembre à 12\u00a0h",
    ]  # fmt: skip


def test_a_short_list_stays_short() -> None:
    for rank in range(MOST + 2):
        a_call(title=f"Appel {rank}", closes_at=later(rank + 1))
    assert [one.title for one in moments(AT)] == [f"Appel {rank}" for rank in range(MOST)]


def test_the_home_page_says_it_and_says_what_is_invented(client: Client) -> None:
    now, day = timezone.now(), timedelta(days=1)
    assert "En ce moment" not in client.get("/").content.decode()
    made = a_call(title="Bouger", opens_at=now - day, closes_at=now + day, is_example=True)
    html = client.get("/?neuve").content.decode()
    block = html[html.index('id="en-ce-moment"') : html.index("Toutes les façons de participer")]
    assert (f'href="{made.get_absolute_url()}"' in block, "donnée d’exemple" in block) == (True, True)
