from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.directory.actions.indexing import note_what_time_changes
from maillage.directory.enums import Status, TermKind
from maillage.directory.models import Establishment, Organisation, Term
from maillage.directory.queries.documents import all_ids, documents
from maillage.search.engine import Document
from maillage.search.models import Change
from tests.factories import AT, organisation, small_territory

pytestmark = pytest.mark.django_db


def published(name: str = "Atelier du Port", **facts: Any) -> Organisation:
    return organisation(name, status=Status.PUBLISHED.value, **facts)


def document_of(made: Organisation) -> Document:
    (found,) = documents([made.pk])
    return found


def test_only_published_sheets_are_findable() -> None:
    waiting, shown = organisation("En attente"), published()
    gone = published("Fermée", closed_date="2026-01-01")
    Organisation.objects.filter(pk=gone.pk).update(status=Status.ARCHIVED)
    assert list(all_ids()) == [shown.pk]
    assert [one.id for one in documents([waiting.pk, shown.pk, gone.pk, 999])] == [shown.pk]


def test_an_organisation_is_found_in_each_of_its_communes() -> None:
    small_territory()
    made = published(place__commune_id="80620")
    Establishment.objects.create(organisation=made, is_main=False, commune_id="80230")
    Establishment.objects.create(organisation=made, is_main=False, commune_id="80829", closed_date=AT.date())
    found = document_of(made)
    assert found.facets["commune"] == ["80230", "80620"]
    assert len(found.facets["cc"]) == 2
    assert {"Péronne", "Hypercourt", "Omiécourt"} <= set(found.places)
    assert "Y" not in found.places


def test_without_a_point_it_stands_at_the_centre_of_its_commune() -> None:
    small_territory()
    made = published(place__commune_id="80829")
    found = document_of(made)
    assert found.latitude == pytest.approx(50.05)
    assert found.longitude == pytest.approx(3.15)
    assert document_of(published("Sans lieu")).latitude is None


def test_qualifications_count_while_they_hold() -> None:
    today = timezone.localdate()
    yesterday, tomorrow = (today - timedelta(1)).isoformat(), (today + timedelta(1)).isoformat()
    held = [
        {"kind": "ACI", "number": "1", "start_date": "2020-01-01", "end_date": today.isoformat(), "evidence": ""},
        {"kind": "EI", "number": "2", "start_date": None, "end_date": yesterday, "evidence": ""},
        {"kind": "esus", "number": "", "start_date": tomorrow, "end_date": None, "evidence": ""},
    ]  # fmt: skip
    assert document_of(published(qualifications=held)).facets["qualification"] == ["ACI"]


def test_terms_family_and_hours_become_facets() -> None:
    Term.objects.get_or_create(kind=TermKind.THEME, code="culture", defaults={"label": "Culture"})
    made = published(
        family="association", terms=["theme:culture"], place__opening_hours="24/7", siren=None, rna="W802000001"
    )
    found = document_of(made)
    assert (found.facets["family"], found.facets["theme"]) == (["association"], ["culture"])
    assert len(found.open_slots) == 672
    assert "Culture" in found.aliases
    assert "W802000001" in found.identifiers


def test_no_contact_enters_the_index() -> None:
    made = published(email="alice@exemple.test", phone="03 22 00 00 00", contact_consent_at=AT)
    found = document_of(made)
    stored = found.stored().decode() + " ".join(found.texts())
    assert "alice" not in stored
    assert "03 22" not in stored


@pytest.mark.parametrize("count", [1, 3])
def test_documents_cost_the_same_whatever_their_number(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    small_territory()
    ids = [published(f"Atelier {number}", place__commune_id="80620").pk for number in range(count)]
    with django_assert_num_queries(5):
        assert len(list(documents(ids))) == count


def test_time_alone_makes_dated_sheets_read_again() -> None:
    held = [{"kind": "ACI", "number": "1", "start_date": "2020-01-01", "end_date": "2026-12-31", "evidence": ""}]
    dated, open_now = published(qualifications=held), published("Ouverte", place__opening_hours="24/7")
    published("Sans date")
    Change.objects.all().delete()
    assert note_what_time_changes() == 2
    assert set(Change.objects.values_list("object_id", flat=True)) == {dated.pk, open_now.pk}
