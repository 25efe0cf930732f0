from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from maillage.directory import actions
from maillage.directory.enums import Status, TermKind
from maillage.directory.facts import facts_of
from maillage.directory.models import Organisation, Term
from maillage.kernel.actions import name_source
from maillage.kernel.models import JournalEntry, Source

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture
def person() -> Source:
    return name_source(kind=Source.Kind.PERSON, title="Bruno, au guichet", on=AT.date())


@pytest.fixture
def stock() -> Source:
    return name_source(kind=Source.Kind.OPEN_DATA, title="Sirene", reference="2026-11", on=date(2026, 11, 1))


def test_a_new_sheet_waits_for_review_and_each_value_knows_its_source(stock: Source) -> None:
    made = actions.create_organisation(
        facts={"name": "Régie de l’Œuf", "place.address": "1 rue du Port"}, source=stock, by=None, at=AT
    )
    assert (made.status, made.slug, made.name_key) == (Status.TO_REVIEW, "regie-de-l-oeuf", "regie de l oeuf")
    assert made.sources == {"name": stock.pk, "place.address": stock.pk}
    assert facts_of(made)["place.address"] == "1 rue du Port"


def test_a_human_value_is_never_overwritten_by_an_import(person: Source, stock: Source) -> None:
    made = actions.create_organisation(facts={"name": "Atelier"}, source=stock, by=None, at=AT)
    actions.revise_organisation(organisation=made, facts={"name": "L’Atelier"}, source=person, by=None, at=AT)
    changes = actions.revise_organisation(
        organisation=made, facts={"name": "ATELIER", "acronym": "AT"}, source=stock, by=None, at=AT
    )
    made.refresh_from_db()
    assert (made.name, made.acronym, list(changes)) == ("L’Atelier", "AT", ["acronym"])


def test_the_same_facts_again_write_nothing(stock: Source) -> None:
    facts = {"name": "Atelier", "creation_date": date(2001, 2, 3), "place.latitude": 49.9, "place.longitude": 2.9}
    made = actions.create_organisation(facts=facts, source=stock, by=None, at=AT)
    before = JournalEntry.objects.count()
    assert actions.revise_organisation(organisation=made, facts=facts, source=stock, by=None, at=AT) == {}
    assert JournalEntry.objects.count() == before


def test_an_act_can_be_turned_back(person: Source) -> None:
    Term.objects.get_or_create(kind=TermKind.THEME, code="culture", defaults={"label": "Culture"})
    made = actions.create_organisation(facts={"name": "Atelier"}, source=person, by=None, at=AT)
    before = facts_of(made)
    actions.revise_organisation(
        organisation=made,
        facts={
            "terms": ["theme:culture"],
            "qualifications": [{"kind": "esus", "number": "", "start_date": "2024-01-01"}],
        },
        source=person,
        by=None,
        at=AT,
    )
    act = JournalEntry.objects.latest("pk")
    actions.revert_to(act=act, source=person, by=None, at=AT)
    assert facts_of(Organisation.objects.get(pk=made.pk)) == before


def test_two_sheets_cannot_share_a_siren_and_nothing_is_half_written(person: Source) -> None:
    actions.create_organisation(facts={"name": "Une", "siren": "732829320"}, source=person, by=None, at=AT)
    with pytest.raises(actions.SheetRefused) as refusal:
        actions.create_organisation(
            facts={"name": "Deux", "siren": "732829320", "place.address": "2 rue Haute"}, source=person, by=None, at=AT
        )
    assert refusal.value.field == "siren"
    assert Organisation.objects.count() == 1


def test_a_wrong_key_is_flagged_and_the_flag_closes_when_it_is_mended(person: Source) -> None:
    made = actions.create_organisation(facts={"name": "Une", "siren": "732829321"}, source=person, by=None, at=AT)
    assert set(made.flags.values_list("code", "resolved_at")) == {("bad_siren", None), ("ess_to_confirm", None)}
    actions.revise_organisation(organisation=made, facts={"siren": "732829320"}, source=person, by=None, at=AT)
    assert made.flags.get(code="bad_siren").resolved_at == AT


def test_a_name_already_taken_gets_the_next_address(person: Source) -> None:
    slugs = [
        actions.create_organisation(facts={"name": "Le Relais"}, source=person, by=None, at=AT).slug for _ in range(3)
    ]
    assert slugs == ["le-relais", "le-relais-2", "le-relais-3"]
