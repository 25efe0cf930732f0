"""Aids de minimis: three rolling years, all funders, by single undertaking."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.test import Client

from maillage.calls.models import Application, DeclaredAid
from maillage.directory.models import Organisation
from maillage.grants import actions, terms
from maillage.grants.models import DeMinimisAid, UndertakingMember
from maillage.grants.queries.minimis import Counted, Room, room, rooms_of
from tests.calls.world import AT, a_call, a_line, a_structure, agent
from tests.grants.world import DELIBERATED, awarded, judged, prepared, second

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
LARGE = {"requested": Decimal(400000), "is_economic": True}


def _judged(regulation: str = "de_minimis", **traits: Any) -> Application:
    return judged(a_call(a_line("900000", state_aid=regulation)), **{**LARGE, **traits})


def _declares(
    application: Application, amount: str, on: date = date(2025, 6, 1), regulation: str = "de_minimis"
) -> None:
    DeclaredAid.objects.create(
        application=application, granted_on=on, funder="La Région", scheme="Aide", amount=Decimal(amount),
        regulation=regulation,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("granted_on", "counts"),
    [
        (date(2023, 11, 24), False),
        (date(2023, 11, 25), True),
        (date(2026, 11, 24), True),
    ],
)
def test_an_aid_counts_in_the_three_years_that_end_at_the_grant(granted_on: date, counts: bool) -> None:
    found = room([Counted(granted_on, "de_minimis", Decimal(100000))], regulation="de_minimis", on=DAY)

    assert found == Room(Decimal(300000), Decimal(100000 if counts else 0))


def test_an_aid_of_a_later_day_counts_with_one_given_before_it() -> None:
    later = [Counted(date(2026, 12, 1), "de_minimis", Decimal(290000))]

    assert room(later, regulation="de_minimis", on=DAY).left == Decimal(10000)


@pytest.mark.parametrize(
    ("regulation", "other", "given", "left"),
    [
        ("de_minimis", "de_minimis", "250000", "50000"),
        ("de_minimis", "agriculture", "50000", "250000"),
        ("agriculture", "de_minimis", "290000", "10000"),
        ("agriculture", "agriculture", "20000", "30000"),
        ("sgei", "de_minimis", "300000", "450000"),
        ("de_minimis", "sgei", "600000", "150000"),
    ],
)
def test_each_regulation_has_its_ceiling_and_all_together_the_highest(
    regulation: str, other: str, given: str, left: str
) -> None:
    known = [Counted(date(2026, 1, 1), other, Decimal(given))]

    assert room(known, regulation=regulation, on=DAY).left == Decimal(left)


def test_a_ceiling_is_that_of_its_day() -> None:
    assert terms.ceiling("de_minimis", date(2026, 1, 1)) == Decimal(300000)
    with pytest.raises(LookupError):
        terms.ceiling("de_minimis", date(2023, 1, 1))


def test_declared_aids_of_all_funders_are_entered_once_and_count() -> None:
    made, _ = a_structure()
    first, other = _judged(organisation=made), _judged(organisation=made)
    for one in (first, other):
        _declares(one, "200000")
    awarded(first, "50000")
    awarded(other, "50000")

    rows = DeMinimisAid.objects.order_by("pk").values_list("amount", "funder")
    assert list(rows) == [
        (Decimal(200000), "La Région"), (Decimal(50000), "PETR des Exemples"), (Decimal(50000), "PETR des Exemples"),
    ]  # fmt: skip


def test_an_award_over_the_ceiling_says_what_may_still_be_given_and_writes_nothing() -> None:
    application = _judged()
    _declares(application, "290000")
    decision = prepared(application, "10000.01")

    with pytest.raises(actions.CeilingExceeded, match="encore recevoir 10\u202f000,00") as refusal:
        actions.confirm_decision(decision=decision, deliberation=DELIBERATED, by=second(), at=AT)

    assert refusal.value.field == "override"
    assert not DeMinimisAid.objects.exists()


def test_an_award_may_pass_the_ceiling_for_a_reason_that_stays() -> None:
    application = _judged()
    _declares(application, "290000")

    decision = awarded(application, "20000", override="Aide rattachée à un autre régime")

    assert decision.override == "Aide rattachée à un autre régime"
    assert decision.de_minimis.amount == Decimal(20000)


def test_what_is_not_economic_or_has_no_ceiling_is_not_counted() -> None:
    awarded(_judged(is_economic=False), "50000")
    awarded(_judged("none"), "50000")
    awarded(_judged("other"), "50000")

    assert not DeMinimisAid.objects.exists()


def test_organisations_that_one_controls_share_the_ceiling() -> None:
    made, _ = a_structure()
    sister, _ = a_structure()
    awarded(_judged(organisation=made), "200000")
    actions.join_undertaking(
        organisation=sister, to=actions.undertaking_of(made), reason="Même présidence", by=agent(), at=AT
    )  # fmt: skip
    application = _judged(organisation=sister)

    found = rooms_of([application], DAY)[application.pk]

    assert found == Room(Decimal(300000), Decimal(200000))
    with pytest.raises(actions.CeilingExceeded):
        awarded(application, "100000.01")


def test_joined_undertakings_keep_an_aid_declared_twice_once() -> None:
    (made, _), (sister, _) = a_structure(), a_structure()
    for one in (made, sister):
        application = _judged(organisation=one)
        _declares(application, "1000")
        awarded(application, "500")

    own = actions.undertaking_of(made)
    actions.join_undertaking(organisation=sister, to=own, reason="Même présidence", by=agent(), at=AT)

    assert own.aids.filter(decision=None).count() == 1
    assert UndertakingMember.objects.filter(undertaking=own).count() == 2
    with pytest.raises(actions.GrantRefused, match="déjà réunies"):
        actions.join_undertaking(organisation=sister, to=own, reason="Même présidence", by=agent(), at=AT)


def test_what_may_still_be_given_counts_what_the_file_declares() -> None:
    application = _judged()
    _declares(application, "120000")

    assert rooms_of([application], DAY)[application.pk] == Room(Decimal(300000), Decimal(120000))
    assert rooms_of([_judged("none")], DAY) == {}


def test_an_aid_taken_back_no_longer_counts() -> None:
    decision = awarded(_judged(), "200000")

    actions.withdraw_decision(decision=decision, why="Erreur", by=agent(), at=AT)

    assert not DeMinimisAid.objects.exists()


def test_an_aid_is_told_to_the_national_register_once() -> None:
    aid = awarded(_judged(), "2000").de_minimis

    actions.note_registered(aid=aid, by=agent(), at=AT)

    with pytest.raises(actions.GrantRefused, match="déjà déclarée"):
        actions.note_registered(aid=aid, by=agent(), at=AT)


def test_joining_over_a_ceiling_is_refused_with_the_figures_unless_a_reason_is_written() -> None:
    (made, _), (sister, _) = a_structure(), a_structure()
    for one in (made, sister):
        awarded(_judged(organisation=one), "200000")
    own = actions.undertaking_of(made)
    join = partial(actions.join_undertaking, organisation=sister, to=own, reason="Même présidence", by=agent(), at=AT)

    with pytest.raises(actions.CeilingExceeded, match=r"ont reçu 400\u202f000,00.*300\u202f000,00.*100\u202f000,00"):
        join()
    assert actions.undertaking_of(sister) != own

    join(despite="Les aides ont été accordées avant le rachat.")
    assert actions.undertaking_of(sister) == own
    assert own.aids.count() == 2


def test_a_parted_organisation_leaves_with_its_own_aids() -> None:
    (made, _), (sister, _) = a_structure(), a_structure()
    application = _judged(organisation=sister)
    _declares(application, "1000")
    awarded(application, "500")
    awarded(_judged(organisation=made), "700")
    own = actions.undertaking_of(made)
    actions.join_undertaking(organisation=sister, to=own, reason="Même présidence", by=agent(), at=AT)

    alone = actions.part_undertaking(organisation=sister, reason="Parts revendues", by=agent(), at=AT)

    assert sorted(alone.aids.values_list("amount", flat=True)) == [Decimal(500), Decimal(1000)]
    assert list(own.aids.values_list("amount", flat=True)) == [Decimal(700)]
    member = UndertakingMember.objects.get(organisation=sister)
    assert (member.undertaking, member.reason) == (alone, "Parts revendues")
    with pytest.raises(actions.GrantRefused, match="réunie à aucune autre"):
        actions.part_undertaking(organisation=sister, reason="Encore", by=agent(), at=AT)
    with pytest.raises(actions.GrantRefused, match="Dites pourquoi"):
        actions.part_undertaking(organisation=made, reason=" ", by=agent(), at=AT)


def test_an_aid_that_several_declared_stays_with_each_when_they_part() -> None:
    """Two before they were joined, the third in the undertaking: it counts once together, and with each alone."""
    parts = [a_structure()[0] for _ in range(3)]
    for one in parts[:2]:
        application = _judged(organisation=one)
        _declares(application, "1000")
        awarded(application, "500")
    own = actions.undertaking_of(parts[0])
    for one in parts[1:]:
        actions.join_undertaking(organisation=one, to=own, reason="Même présidence", by=agent(), at=AT)
    application = _judged(organisation=parts[2])
    _declares(application, "1000")
    awarded(application, "500")
    declared = own.aids.get(decision=None)
    assert set(declared.also.all()) == set(parts[1:])

    alone = [
        actions.part_undertaking(organisation=one, reason="Parts revendues", by=agent(), at=AT)
        for one in (parts[0], parts[1])
    ]

    for undertaking, organisation in zip([*alone, own], parts, strict=True):
        assert sorted(undertaking.aids.values_list("amount", flat=True)) == [Decimal(500), Decimal(1000)]
        kept = undertaking.aids.get(decision=None)
        assert (kept.organisation, kept.also.count()) == (organisation, 0)


def test_a_link_is_said_to_join() -> None:
    (made, _), (sister, _) = a_structure(), a_structure()
    with pytest.raises(actions.GrantRefused, match="quel lien"):
        actions.join_undertaking(
            organisation=sister, to=actions.undertaking_of(made), reason="", by=agent(), at=AT
        )  # fmt: skip


def test_an_award_counts_in_the_undertaking_that_its_organisation_has_joined_meanwhile() -> None:
    (made, _), (sister, _) = a_structure(), a_structure()
    gone = actions.undertaking_of(sister)
    own = actions.undertaking_of(made)
    actions.join_undertaking(organisation=sister, to=own, reason="Même présidence", by=agent(), at=AT)

    awarded(_judged(organisation=sister), "500")

    assert not type(gone).objects.filter(pk=gone.pk).exists()
    assert own.aids.get().organisation == sister


@pytest.mark.usefixtures("wagtail_roots")
def test_agents_join_and_part_on_their_screens(client: Client) -> None:
    (made, _), (sister, _) = a_structure(), a_structure()
    for number, one in ((1, made), (2, sister)):
        Organisation.objects.filter(pk=one.pk).update(siren=f"90000000{number}", name=f"Structure {number}")
    client.force_login(agent())
    base = "/gestion/subventions/entreprises/"
    said = {"first": "900 000 001", "second": "900000002", "reason": "Même présidence"}

    unknown = client.post(f"{base}reunir/", said | {"second": "123"})
    done = client.post(f"{base}reunir/", said)
    again = client.post(f"{base}reunir/", said)

    assert (unknown.status_code, done.status_code, again.status_code) == (422, 302, 422)
    assert "Aucune structure n’a ce numéro" in unknown.content.decode()
    assert "déjà réunies" in again.content.decode()
    page = client.get(done["Location"]).content.decode()
    for words in ("Structure 1", "Structure 2", "Même présidence", "qui comptent ensemble"):
        assert words in page
    assert "2\u202fstructures" in client.get(f"{base}?q=structure 2").content.decode().replace("\u00a0", "\u202f")
    member = UndertakingMember.objects.get(organisation=sister)
    where = f"{done['Location']}separer/{member.pk}/"
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.post(where, {"reason": "Parts revendues"}).status_code == 302
    assert UndertakingMember.objects.get(organisation=sister).undertaking.members.count() == 1


@pytest.mark.usefixtures("wagtail_roots")
def test_the_list_of_undertakings_asks_the_same_number_of_questions(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(agent())
    actions.undertaking_of(a_structure()[0])
    client.get("/gestion/subventions/entreprises/")
    with django_assert_max_num_queries(60) as before:
        client.get("/gestion/subventions/entreprises/")
    for _ in range(3):
        actions.undertaking_of(a_structure()[0])
    with django_assert_max_num_queries(len(before)):
        client.get("/gestion/subventions/entreprises/")
