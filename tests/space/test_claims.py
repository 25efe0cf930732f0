"""« C'est ma structure »: by a letter, by an agent, never two managers; a neighbour changes nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Letter
from maillage.space import actions, queries
from maillage.space.enums import ClaimState, Part
from maillage.space.models import Claim, Membership
from tests.accounts.people import holder
from tests.directory.test_sheet import published
from tests.factories import AT, small_territory
from tests.space.people import OWN_ADDRESS, follow, known, letter_to

pytestmark = pytest.mark.django_db
SAID = {"name": "Camille", "email": "camille@exemple.test", "proof": "Je suis la trésorière."}


@pytest.fixture(autouse=True)
def _ground(settings: Settings) -> None:
    settings.DEMO = True
    small_territory()


def address(name: str, organisation: Organisation, *more: int) -> str:
    first = organisation.slug if name.startswith("claim") else organisation.pk
    return reverse(f"space:{name}", args=[first, *more])


def test_a_letter_to_the_known_address_gives_the_sheet_to_its_reader(client: Client) -> None:
    made = known()
    page = client.get(address("claim", made)).content.decode()
    assert "c…@fil-vert.test" in page
    assert OWN_ADDRESS not in page
    client.post(address("claim_by_letter", made))
    assert "C’est fait" in follow(client, letter_to(OWN_ADDRESS))
    held = Membership.objects.get()
    assert (held.part, held.user.email, held.organisation) == (Part.MANAGER, OWN_ADDRESS, made)
    client.force_login(held.user)
    assert client.get(address("sheet", made)).status_code == 200


def test_the_letter_leaves_once_a_day_and_its_link_acts_once(client: Client) -> None:
    made = known()
    for _ in range(3):
        client.post(address("claim_by_letter", made))
    assert Letter.objects.filter(kind="space.claim").count() == 1
    letter = letter_to(OWN_ADDRESS)
    follow(client, letter)
    Membership.objects.all().delete()
    follow(client, letter)
    assert not Membership.objects.exists()


def test_a_sheet_without_an_address_or_with_a_manager_is_asked_of_the_team(client: Client) -> None:
    bare, taken = published("Sans adresse"), known("Tenue")
    actions.admit(organisation=taken, email="alice@exemple.test", part=Part.MANAGER, by=None, at=AT)
    for made in (bare, taken):
        assert "Envoyer le lien" not in client.get(address("claim", made)).content.decode()
        assert client.post(address("claim_by_letter", made)).status_code == 409
    assert not Letter.objects.exists()


def test_an_agent_grants_a_claim_and_the_claimant_is_told(client: Client) -> None:
    made, agent = published("Sans adresse"), holder(Role.AGENT)
    assert "attend une personne" in client.post(address("claim_by_agent", made), SAID).content.decode()
    [claim] = queries.open_claims()
    assert (claim.name, claim.rivals, claim.has_manager) == ("Camille", 0, False)
    actions.decide_claim(claim=claim, is_granted=True, reason="", by=agent, at=AT)
    assert Membership.objects.get().user.email == "camille@exemple.test"
    assert "est à vous" in letter_to("camille@exemple.test").title


def test_a_refusal_says_why(client: Client) -> None:
    made, agent = published("Sans adresse"), holder(Role.AGENT)
    claim = actions.open_claim(organisation=made, at=AT, **SAID)
    with pytest.raises(actions.ClaimRefused, match="pourquoi"):
        actions.decide_claim(claim=claim, is_granted=False, reason=" ", by=agent, at=AT)
    actions.decide_claim(claim=claim, is_granted=False, reason="Personne ne vous connaît au siège.", by=agent, at=AT)
    assert "Personne ne vous connaît au siège." in letter_to("camille@exemple.test").text
    with pytest.raises(actions.ClaimRefused, match="déjà"):
        actions.decide_claim(claim=claim, is_granted=True, reason="", by=agent, at=AT)
    assert not Membership.objects.exists()


def test_two_claimants_are_seen_as_rivals_and_only_one_gets_the_sheet() -> None:
    made, agent = published("Sans adresse"), holder(Role.AGENT)
    first = actions.open_claim(organisation=made, at=AT, **SAID)
    second = actions.open_claim(organisation=made, at=AT, **{**SAID, "email": "paul@exemple.test"})
    assert [claim.rivals for claim in queries.open_claims()] == [1, 1]
    actions.decide_claim(claim=first, is_granted=True, reason="", by=agent, at=AT)
    with pytest.raises(actions.ClaimRefused, match="passer la main"):
        actions.decide_claim(claim=second, is_granted=True, reason="", by=agent, at=AT)
    second.refresh_from_db()
    assert (second.state, Membership.objects.count()) == (ClaimState.OPEN, 1)
    assert not User.objects.filter(email="paul@exemple.test").exists()


def test_the_same_address_does_not_ask_twice_and_nobody_learns_that_it_asked(client: Client) -> None:
    made = published("Sans adresse")
    first = client.post(address("claim_by_agent", made), SAID)
    again = client.post(address("claim_by_agent", made), {**SAID, "email": "CAMILLE@exemple.test"})
    assert (again.status_code, again.content) == (200, first.content)
    assert Claim.objects.count() == 1


def test_a_machine_that_fills_every_field_asks_nothing(client: Client) -> None:
    made = published("Sans adresse")
    assert client.post(address("claim_by_agent", made), {**SAID, "website": "http://spam.test"}).status_code == 200
    assert not Claim.objects.exists()


def test_an_unpublished_sheet_cannot_be_asked_for(client: Client) -> None:
    made = published("Cachée", status="to_review")
    for name in ("claim", "claim_by_letter", "claim_by_agent"):
        assert client.get(address(name, made)).status_code in {404, 405}
        assert client.post(address(name, made), SAID).status_code in {404, 405}
    assert not Claim.objects.exists()


def test_nothing_of_the_claimant_is_in_the_journal() -> None:
    agent = holder(Role.AGENT)
    claim = actions.open_claim(organisation=published("Sans adresse"), at=AT, **SAID)
    actions.decide_claim(claim=claim, is_granted=True, reason="", by=agent, at=AT)
    kept = str(list(JournalEntry.objects.exclude(verb="open_account").values()))
    assert "trésorière" not in kept
    assert "camille@" not in kept.replace("open_account", "")


def test_a_neighbour_is_refused_with_a_reason_and_changes_nothing(client: Client) -> None:
    mine, theirs = known(), known("La leur", "autre@exemple.test")
    own = actions.admit(organisation=mine, email=OWN_ADDRESS, part=Part.MANAGER, by=None, at=AT)
    client.force_login(own.user)
    refused = client.post(address("sheet", theirs), {"name": "Prise"})
    assert (refused.status_code, "proposer une correction" in refused.content.decode()) == (403, True)
    for name in ("people", "leave"):
        assert client.post(address(name, theirs)).status_code == 403
    theirs.refresh_from_db()
    assert theirs.name == "La leur"
    hidden = published("Cachée", status="to_review")
    assert client.get(address("sheet", hidden)).status_code == client.get("/moi/structures/999999/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(address("sheet", known()))["Location"].startswith("/connexion/")


def test_a_person_is_invited_joins_takes_over_and_the_first_one_leaves(client: Client) -> None:
    made = known()
    first = actions.admit(organisation=made, email=OWN_ADDRESS, part=Part.MANAGER, by=None, at=AT)
    client.force_login(first.user)
    client.post(address("people", made), {"email": "paul@exemple.test"})
    assert "Bienvenue" in follow(Client(), letter_to("paul@exemple.test"))
    second = Membership.objects.get(user__email="paul@exemple.test")
    assert second.part == Part.CONTRIBUTOR
    client.post(address("leave", made))
    assert Membership.objects.filter(user=first.user).exists()  # others are there: hand over first
    client.post(address("hand_over", made, second.pk))
    assert list(queries.members_of(made.pk).values_list("user__email", "part")) == [
        ("paul@exemple.test", "manager"), (OWN_ADDRESS, "contributor"),
    ]  # fmt: skip
    assert client.post(address("remove", made, second.pk)).status_code == 403
    assert client.post(address("leave", made))["Location"] == "/moi/"
    assert client.get(address("sheet", made)).status_code == 403


def test_a_contributor_neither_invites_nor_removes(client: Client) -> None:
    made = known()
    manager = actions.admit(organisation=made, email=OWN_ADDRESS, part=Part.MANAGER, by=None, at=AT)
    helper = actions.admit(organisation=made, email="paul@exemple.test", part=Part.CONTRIBUTOR, by=None, at=AT)
    client.force_login(helper.user)
    client.post(address("people", made), {"email": "zoe@exemple.test"})
    assert not Letter.objects.exists()
    assert client.post(address("hand_over", made, helper.pk)).status_code == 403
    assert client.post(address("remove", made, manager.pk)).status_code == 403
    assert Membership.objects.count() == 2


@pytest.mark.parametrize("role", [None, Role.TEACHER, Role.LIAISON_OFFICER])
def test_only_agents_see_claims_and_decide(client: Client, role: Role | None) -> None:
    claim = actions.open_claim(organisation=published("Sans adresse"), at=AT, **SAID)
    client.force_login(holder(role))
    assert client.get("/gestion/espaces/reprises/").status_code == 403
    assert client.post(f"/gestion/espaces/reprises/{claim.pk}/", {"decision": "accepter"}).status_code == 403
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN


def test_an_agent_decides_on_the_screen(client: Client) -> None:
    claims = [
        actions.open_claim(organisation=published("Sans adresse"), at=AT, **SAID),
        actions.open_claim(organisation=published("Autre"), at=AT, **SAID),
    ]
    client.force_login(holder(Role.AGENT))
    page = client.get("/gestion/espaces/reprises/").content.decode()
    assert page.count("trésorière") == 2
    client.post(f"/gestion/espaces/reprises/{claims[0].pk}/", {"decision": "accepter"})
    client.post(f"/gestion/espaces/reprises/{claims[1].pk}/", {"decision": "refuser"})  # without saying why
    for claim in claims:
        claim.refresh_from_db()
    assert [claim.state for claim in claims] == [ClaimState.GRANTED, ClaimState.OPEN]
    assert "Acceptée" in client.get("/gestion/espaces/reprises/?decidees=1").content.decode()
