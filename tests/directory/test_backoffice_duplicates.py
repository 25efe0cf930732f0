from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from maillage.accounts.enums import Role
from maillage.directory.backoffice.duplicates import rows
from maillage.directory.facts import facts_of
from maillage.directory.models import DuplicatePair, FormerSlug, Organisation, Term
from tests.accounts.people import holder
from tests.factories import AT, organisation, small_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(client: Client) -> DuplicatePair:
    cache.clear()
    client.force_login(holder(Role.AGENT))
    small_territory()
    for code in ("culture", "mobilite"):
        Term.objects.get_or_create(kind="theme", code=code, defaults={"label": code.title()})
    first = organisation("Atelier du Port", phone="0322000000", terms=["theme:culture"], place__commune_id="80620")
    second = organisation("L’atelier du port", acronym="ADP", phone="0322999999", terms=["theme:mobilite"])
    return DuplicatePair.objects.create(first=first, second=second, reason="Noms proches", likeness=92, created_at=AT)


def address(name: str, *args: object) -> str:
    return reverse(f"directory_office:{name}", args=args)


def text(answer: Any) -> str:
    page: str = answer.content.decode()
    return page


def test_two_records_stand_side_by_side_with_what_differs_marked(pair: DuplicatePair) -> None:
    found = {row.name: row for row in rows(facts_of(pair.first), facts_of(pair.second))}
    assert {name for name, row in found.items() if row.differs} == {
        "name", "acronym", "email", "terms", "place.commune_id",
    }  # fmt: skip
    assert (found["email"].first, found["email"].second) == ("Téléphone : 0322000000", "Téléphone : 0322999999")
    assert {name: row.side for name, row in found.items() if row.differs} == {
        "name": "first", "acronym": "second", "email": "first", "terms": "both", "place.commune_id": "first",
    }  # fmt: skip


def test_a_person_chooses_field_by_field_and_the_other_address_leads_to_the_kept_sheet(
    client: Client, pair: DuplicatePair
) -> None:
    assert "L’atelier du port" in text(client.get(address("duplicate", pair.pk)))
    client.post(
        address("duplicate", pair.pk),
        {
            "keep": "second",
            "side_name": "first",
            "side_email": "second",
            "side_terms": "both",
            "side_acronym": "second",
        },
    )
    kept, gone = Organisation.objects.get(pk=pair.second_id), Organisation.objects.get(pk=pair.first_id)
    facts = facts_of(kept)
    assert (facts["name"], facts["phone"], facts["acronym"]) == ("Atelier du Port", "0322999999", "ADP")
    assert facts["terms"] == ["theme:culture", "theme:mobilite"]
    assert (gone.merged_into, gone.status) == (kept, "archived")
    assert FormerSlug.objects.get(slug=gone.slug).organisation == kept
    assert "fusionnée dans" in text(client.get(address("sheet", gone.pk)))


def test_a_merge_is_undone_from_the_history(client: Client, pair: DuplicatePair) -> None:
    before = facts_of(pair.first), facts_of(pair.second)
    client.post(address("duplicate", pair.pk), {"keep": "first", "side_name": "second"})
    assert address("unmerge", pair.pk) in text(client.get(address("history", pair.first_id)))
    assert "redeviennent séparées" in text(client.get(address("unmerge", pair.pk)))
    client.post(address("unmerge", pair.pk))
    both = [Organisation.objects.get(pk=pk) for pk in (pair.first_id, pair.second_id)]
    assert tuple(facts_of(one) for one in both) == before
    assert address("unmerge", pair.pk) not in text(client.get(address("history", pair.first_id)))


def test_two_different_structures_do_not_come_back(client: Client, pair: DuplicatePair) -> None:
    client.post(address("distinct", pair.pk))
    pair.refresh_from_db()
    assert pair.state == DuplicatePair.State.DISTINCT
    assert "Aucun doublon ne vous attend" in text(client.get(address("duplicates")))
    client.post(address("duplicate", pair.pk), {"keep": "first"})
    assert not Organisation.objects.filter(merged_into__isnull=False).exists()


def test_a_merge_done_twice_is_done_once(client: Client, pair: DuplicatePair) -> None:
    for _ in range(2):
        assert client.post(address("duplicate", pair.pk), {"keep": "first"}).status_code in (200, 302)
    assert Organisation.objects.filter(merged_into__isnull=False).count() == 1


def test_parting_what_is_not_merged_says_so(client: Client, pair: DuplicatePair) -> None:
    assert "ne sont pas fusionnées" in text(client.post(address("unmerge", pair.pk), follow=True))
