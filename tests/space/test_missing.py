"""A visitor says what the directory lacks, somebody who knows decides, the visitor hears of each turn."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.directory import actions as directory
from maillage.directory.enums import Status
from maillage.directory.models import Organisation
from maillage.directory.queries.alike import alike
from maillage.kernel.actions import erase_person, load_values, person_known_as, purge
from maillage.kernel.models import JournalEntry, Source
from maillage.outbox.models import Letter
from maillage.space import actions, deciding, queries_missing
from maillage.space.enums import MissingState
from maillage.space.models import MissingActor
from maillage.territories.models import Commune
from tests.accounts.people import holder
from tests.factories import commune, epci, human_source, person, territory
from tests.numbers import siren, siret
from tests.space.test_suggestions import officer
from tests.space.world import AT, leave, links_in, sheet

pytestmark = pytest.mark.django_db
PATH = "/annuaire/proposer/"
SAID = {"name": "Vélos du canal", "activities": "Elle répare des vélos.", "author_email": "chloe@exemple.test"}


@pytest.fixture
def here() -> Commune:
    """A commune whose CC has a liaison officer, Rachid."""
    north = epci("CC du Nord")
    town = commune("80620", "Péronne", of=north)
    territory([town, commune("80829", "Y", column=1, of=epci("CC de l’Est"))], [north])
    officer(north)
    return town


def rachid_of() -> User:
    return User.objects.get(email="rachid@exemple.test")


def shown(client: Client, path: str = PATH) -> dict[str, str]:
    """What the page hides and a browser sends back, three seconds later."""
    html = client.get(path).content.decode()
    return {
        name: unescape(value) for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    }


def send(client: Client, **said: str) -> str:
    """Open the form, wait three seconds, send it; the page that answers."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sent = {**shown(client), **SAID, **said}
        clock.shift(3)
        return client.post(PATH, sent).content.decode()


def missing(town: Commune | None = None, **traits: object) -> MissingActor:
    told = {"facts": {"name": "Vélos du canal", "phone": "03 00 00 00 01"}, "email": "chloe@exemple.test", **traits}
    return actions.propose_missing(commune=town, at=AT, **told)  # type: ignore[arg-type]


def test_a_visitor_proposes_and_nothing_is_public(client: Client, here: Commune) -> None:
    page = send(client, commune=here.pk, number=siret(5), how_known="J’y suis bénévole", phone="03 00 00 00 01")

    assert "Merci, c’est noté" in page
    kept = MissingActor.objects.get()
    assert (kept.commune, kept.state, kept.email) == (here, MissingState.OPEN, "chloe@exemple.test")
    assert kept.facts == {
        "name": "Vélos du canal", "activities": "Elle répare des vélos.", "phone": "03 00 00 00 01",
        "siren": siret(5)[:9], "place.siret": siret(5),
    }  # fmt: skip
    assert not Organisation.objects.exists()
    assert "Vélos" not in str(JournalEntry.objects.values())


def test_a_likely_sheet_is_shown_first_with_every_answer_kept(client: Client, here: Commune) -> None:
    known = sheet("Les vélos du canal", place__commune_id=here.pk)
    sheet("Les vélos du canal de nuit", place__commune_id=here.pk, status="to_review")

    page = send(client, commune=here.pk, how_known="J’y suis bénévole")

    assert "Est-ce l’une de celles-ci" in page
    assert f"{known.get_absolute_url()}corriger/" in page
    assert "de nuit" not in page
    assert not MissingActor.objects.exists()
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    kept = {name: unescape(value) for name, value in kept.items()}
    back = client.post(PATH, {**kept, "back": "1"}).content.decode()
    assert "J’y suis bénévole" in unescape(back)
    with time_machine.travel(timezone.now() + timedelta(seconds=3), tick=False):
        assert "Merci" in client.post(PATH, {**kept, "missing": "1"}).content.decode()
    assert MissingActor.objects.get().how_known == "J’y suis bénévole"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "Donnez son nom."),
        ({"activities": " "}, "en une phrase ce qu’elle fait"),
        ({"number": "123 456 789"}, "Ce numéro n’existe pas"),
        ({"website": "javascript:alert(1)"}, "URL valide"),
        ({"commune": "99999"}, "Choisissez une commune de la liste"),
        ({"author_email": "chloe"}, "adresse"),
    ],
)
def test_a_wrong_answer_is_said_at_its_field_and_nothing_is_kept(
    client: Client, here: Commune, said: dict[str, str], words: str
) -> None:
    assert words in unescape(send(client, **said)).replace("'", "’")
    assert not MissingActor.objects.exists()


def test_a_machine_is_thanked_and_not_heard(client: Client, here: Commune) -> None:
    assert "Merci" in send(client, fax="1")
    assert not MissingActor.objects.exists()


@pytest.mark.parametrize("seconds", [0, 1.5, 3 * 24 * 3600])
def test_what_comes_back_too_quickly_or_too_late_is_asked_once_more(
    client: Client, here: Commune, seconds: float
) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        sent = {**shown(client), **SAID}
        clock.shift(seconds)
        answer = client.post(PATH, sent)
        assert answer.status_code == 422
        assert "Rien n’est perdu" in answer.content.decode()
        assert not MissingActor.objects.exists()
        again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode()))
        clock.shift(3)
        assert client.post(PATH, {**sent, **again}).status_code == 200
    assert MissingActor.objects.count() == 1


@pytest.mark.parametrize("moment", ["", "vu:1:abc"])
def test_a_moment_that_is_not_ours_is_no_moment(client: Client, here: Commune, moment: str) -> None:
    assert client.post(PATH, {**SAID, "seen": moment}).status_code == 422
    assert not MissingActor.objects.exists()


def test_of_twenty_posts_in_a_minute_ten_wait(client: Client, here: Commune) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sent = {**shown(client), **SAID}
        del sent["form_key"]  # with it, the second and the next would be the first one again
        clock.shift(3)
        codes = [client.post(PATH, {**sent, "name": f"Structure {rank}"}).status_code for rank in range(20)]
        other = client.post(PATH, {**sent, "missing": "1"}, REMOTE_ADDR="2001:db8:1::1").status_code
        same = [client.post(PATH, {**sent, "missing": "1"}, REMOTE_ADDR=f"2001:db8:1::{rank}") for rank in range(2, 15)]

    assert codes == [200] * 10 + [429] * 10
    assert other == 200
    assert [one.status_code for one in same] == [200] * 9 + [429] * 4


def test_the_officer_of_the_commune_hears_and_a_vacant_seat_asks_the_agents(here: Commune) -> None:
    holder(Role.AGENT)
    missing(here)
    assert [one.mailbox.user.email for one in Letter.objects.all() if one.mailbox.user] == ["rachid@exemple.test"]
    Letter.objects.all().delete()

    alone = missing(Commune.objects.get(pk="80829"))
    nowhere = missing(None)

    told = [(one.mailbox.address, one.object_id) for one in Letter.objects.order_by("pk")]
    assert told == [("agent@exemple.test", alone.pk), ("agent@exemple.test", nowhere.pk)]


def test_who_decides(here: Commune) -> None:
    rachid, bruno, chloe = rachid_of(), holder(Role.AGENT), person("chloe@exemple.test")
    unsafe = holder(Role.AGENT, email="sans@exemple.test", second_factor=False)
    of_here, of_nowhere = missing(here), missing(None)

    def may(who: User) -> list[bool]:
        return [bool(deciding.may_decide_missing(who, one, on=AT.date())) for one in (of_here, of_nowhere)]

    assert [may(one) for one in (rachid, bruno, chloe, unsafe)] == [
        [True, False], [True, True], [False, False], [False, False]
    ]  # fmt: skip
    with pytest.raises(actions.MissingRefused, match="référente"):
        actions.refuse_missing(actor=of_nowhere, reason="Non", by=rachid, at=AT)


def test_the_officer_keeps_a_part_and_the_visitor_hears_of_each_turn(client: Client, here: Commune) -> None:
    actor = missing(here)
    (letter,) = leave(AT + timedelta(days=6))
    path = links_in(letter)["Regarder et décider"]
    client.force_login(rachid_of())
    assert "Vélos du canal" in client.get("/moi/propositions/").content.decode()
    assert "structure proposée attend" in client.get("/moi/").content.decode()
    assert "03 00 00 00 01" in client.get(path).content.decode()

    kept = client.post(path, {"outcome": "make", "keep": ["name", "place.commune_id"]})

    assert kept["Location"] == "/moi/propositions/"
    made = Organisation.objects.get()
    assert (made.name, made.status, made.phone) == ("Vélos du canal", Status.TO_REVIEW, "")
    assert made.establishments.get().commune == here
    source = Source.objects.get(pk=made.sources["name"])
    assert (source.is_human, "référente" in source.title) == (True, True)
    actor.refresh_from_db()
    assert (actor.state, actor.sheet) == (MissingState.MADE, made)
    assert actor.verdicts == {"name": True, "phone": False, "place.commune_id": True}
    (answer,) = leave(timezone.now())
    assert answer.to == ["chloe@exemple.test"]
    assert "aura sa fiche" in answer.subject
    assert actions.tell_published(at=AT) == 0
    directory.set_status(organisation=made, status=Status.PUBLISHED, source=human_source(), by=None, at=AT)
    assert (actions.tell_published(at=AT), actions.tell_published(at=AT)) == (1, 0)
    (public,) = leave(timezone.now())
    assert public.to == ["chloe@exemple.test"]
    assert links_in(public)["Voir la fiche"] == made.get_absolute_url()


def test_an_agent_says_that_it_is_there_already(client: Client, here: Commune) -> None:
    known = sheet("Les vélos du canal", place__commune_id=here.pk)
    actor = missing(None)
    client.force_login(holder(Role.AGENT))
    assert "Vélos du canal" in client.get("/gestion/espaces/structures-proposees/").content.decode()
    path = f"/gestion/espaces/structures-proposees/{actor.pk}/"
    assert client.post(path, {"outcome": "known"}).status_code == 422
    both = {"outcome": "make", "keep": ["name"], "sheet": known.pk}
    assert client.post(path, both).status_code == 422

    assert (
        client.post(path, {"outcome": "known", "other": f"https://ess.test{known.get_absolute_url()}"}).status_code
        == 302
    )

    actor.refresh_from_db()
    assert (actor.state, actor.sheet, Organisation.objects.count()) == (MissingState.KNOWN, known, 1)
    (answer,) = leave(timezone.now())
    assert "Les vélos du canal" in str(answer.body)
    assert links_in(answer)["Voir la fiche"] == known.get_absolute_url()
    assert actions.tell_published(at=AT) == 0
    assert "Déjà dans l’annuaire" in client.get("/gestion/espaces/structures-proposees/?decidees=1").content.decode()
    assert "Déjà dans l’annuaire" in client.get(path).content.decode()


def test_whoever_is_linked_to_a_hidden_sheet_hears_when_it_is_public_even_merged(here: Commune) -> None:
    hidden, other = sheet("Vélos", status="to_review"), sheet("Les vélos", siren=siren(3))
    actions.link_sheet(actor=missing(None), sheet=hidden, reason="", by=holder(Role.AGENT), at=AT)
    (answer,) = leave(AT)
    assert "en préparation" in str(answer.body)
    assert hidden.get_absolute_url() not in str(answer.body)
    directory.merge(keep=other, drop=hidden, source=human_source(), by=None, at=AT)
    assert actions.tell_published(at=AT) == 1
    (public,) = leave(AT)
    assert links_in(public)["Voir la fiche"] == other.get_absolute_url()


def test_a_refusal_has_a_reason_that_the_visitor_reads(client: Client, here: Commune) -> None:
    actor = missing(here)
    client.force_login(holder(Role.AGENT))
    path = f"/moi/structures-proposees/{actor.pk}/"
    assert client.post(path, {"outcome": "refuse", "reason": " "}).status_code == 422
    assert client.post(path, {"outcome": "make", "keep": ["phone"]}).status_code == 422
    assert client.post(path, {"outcome": "refuse", "reason": "C’est une boutique privée."}).status_code == 302
    (answer,) = [one for one in leave(timezone.now()) if one.to == ["chloe@exemple.test"]]
    assert "C’est une boutique privée." in str(answer.body)
    with pytest.raises(actions.MissingRefused, match="déjà décidé"):
        actions.make_sheet(actor=actor, kept=["name"], reason="", by=holder(Role.AGENT, email="b@exemple.test"), at=AT)
    assert client.post(path, {"outcome": "refuse", "reason": "Non"}).status_code == 409


def test_a_number_that_another_sheet_has_leaves_everything_as_it_was(here: Commune) -> None:
    sheet("Ailleurs", siren=siren(7))
    actor = missing(here, facts={"name": "Vélos", "siren": siren(7)})
    with pytest.raises(actions.MissingRefused, match="déjà celui d’une autre fiche"):
        actions.make_sheet(actor=actor, kept=["name", "siren"], reason="", by=holder(Role.AGENT), at=AT)
    actor.refresh_from_db()
    assert (actor.state, Organisation.objects.count()) == (MissingState.OPEN, 1)


def test_likeness_forgives_articles_and_typing_but_not_places(here: Commune) -> None:
    near = sheet("Les Vélos du Canal", place__commune_id=here.pk)
    far = sheet("Vélos du canal", place__commune_id="80829")
    sheet("Repair café", place__commune_id=here.pk)
    same = sheet("Autre nom", siren=siren(9))
    call_command("rebuild_index", verbosity=0)

    def names(name: str, town: str | None = here.pk, number: str = "") -> list[str]:
        return [one.name for one in alike(Organisation.objects.published(), name=name, commune_id=town, siren=number)]

    assert names("velo du canal") == [near.name]
    assert set(names("Vélos du canal")) == {near.name, far.name}
    assert names("Tout autre chose") == []
    assert names("Tout autre chose", number=siren(9)) == [same.name]


def test_lists_ask_as_many_questions_for_three_as_for_one(
    here: Commune, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rank in range(3):
        with django_assert_num_queries(1):
            found = list(queries_missing.missing_waiting_in([str(here.epci_id)]))
            assert [one.commune.name for one in found if one.commune] == ["Péronne"] * rank
        missing(here)


def test_erasing_keeps_the_organisation_and_the_term_ends_with_the_row(here: Commune) -> None:
    load_values()
    actor = missing(here, how_known="Appelez-moi", name="Chloé")
    erase_person(person=person_known_as("chloe@exemple.test"), by=None, at=AT)
    actor.refresh_from_db()
    assert (actor.email, actor.name, actor.how_known, actor.proposed_name) == ("", "", "", "Vélos du canal")
    actions.refuse_missing(actor=actor, reason="Non", by=holder(Role.AGENT), at=AT)
    purge(at=AT + timedelta(days=20))
    assert MissingActor.objects.exists()
    purge(at=AT + timedelta(days=2_000))
    assert not MissingActor.objects.exists()


def test_no_sheet_takes_the_address_of_the_form(client: Client, here: Commune) -> None:
    assert sheet("Proposer").slug == "proposer-structure"
    assert "Quelle structure manque" in client.get(f"{PATH}?commune={here.pk}").content.decode()
