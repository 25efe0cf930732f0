"""A visitor proposes, somebody who knows decides field by field, the visitor hears what was kept."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.accounts.strangers import signed_moment
from maillage.directory import actions as directory
from maillage.directory.facts import facts_of
from maillage.directory.models import Organisation
from maillage.kernel.models import JournalEntry, Source
from maillage.outbox.models import Letter, UsedLink
from maillage.space import actions, deciding
from maillage.space.enums import Part
from maillage.space.models import Suggestion
from tests.accounts.people import LONG_AGO, holder
from tests.factories import commune, epci, human_source, person
from tests.numbers import siren
from tests.space.people import a_minute_ago
from tests.space.world import AT, leave, links_in, manager, sheet

pytestmark = pytest.mark.django_db
TODAY = AT.date()
PROPOSED = {"services": "Prêt d’outils", "phone": "03 00 00 00 01"}


def officer(of: object, email: str = "rachid@exemple.test", *, end: date | None = None) -> User:
    user = User.objects.filter(email=email).first() or person(email, first_name="Rachid")
    Mandate.objects.create(user=user, role=Role.LIAISON_OFFICER, epci=of, start_date=LONG_AGO, end_date=end)  # type: ignore[misc]
    return user


def propose(one: Organisation, **traits: object) -> Suggestion:
    told = {"facts": PROPOSED, "seen": facts_of(one), "email": "chloe@exemple.test", "at": AT, **traits}
    return actions.propose(organisation=one, **told)  # type: ignore[arg-type]


def typed(client: Client, path: str, **changes: str) -> dict[str, str]:
    """What a browser sends: the page's own hidden values and fields, with these changes."""
    html = client.get(path).content.decode()
    sent = dict(re.findall(r'<input type="(?:hidden|text|url|email)" name="([^"]+)" value="([^"]*)"', html))
    sent |= {name: text.strip() for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>', html)}
    sent = {name: unescape(value) for name, value in sent.items()}
    return {**sent, "seen": a_minute_ago(), **changes}


def test_a_visitor_proposes_and_nothing_is_published(client: Client) -> None:
    one = sheet(services="Couture")
    path = f"{one.get_absolute_url()}corriger/"
    answer = client.post(path, typed(client, path, services="Prêt d’outils", note="Vu samedi"))
    assert "Merci" in answer.content.decode()
    one.refresh_from_db()
    assert one.services == "Couture"
    kept = Suggestion.objects.get()
    assert (kept.facts, kept.seen, kept.note) == ({"services": "Prêt d’outils"}, {"services": "Couture"}, "Vu samedi")
    assert "Prêt" not in str(JournalEntry.objects.filter(verb="propose").values())


def test_the_form_shows_no_contact_that_is_not_public(client: Client) -> None:
    one = sheet(phone="03 00 00 00 09")
    for path in (f"{one.get_absolute_url()}corriger/", f"{one.get_absolute_url()}ecrire/", one.get_absolute_url()):
        html = client.get(path).content.decode()
        assert "bonjour@atelier.test" not in html
        assert "03 00 00 00 09" not in html


def test_an_empty_form_is_refused_a_machine_is_not_heard_and_a_crowd_waits(client: Client) -> None:
    one = sheet()
    path = f"{one.get_absolute_url()}corriger/"
    same = typed(client, path)
    assert client.post(path, same).status_code == 422
    assert client.post(path, {**same, "note": "Bonjour", "fax": "1"}).status_code == 200
    assert not Suggestion.objects.exists()
    del same["form_key"]  # twenty pages that were opened, not one that is sent twenty times
    codes = [client.post(path, {**same, "note": "Bonjour"}).status_code for _ in range(20)]
    assert codes == [200] * 8 + [429] * 12
    assert Suggestion.objects.count() == 8


def test_an_unpublished_sheet_answers_like_an_unknown_one(client: Client) -> None:
    one = sheet(status="to_review")
    assert client.get(f"{one.get_absolute_url()}corriger/").status_code == 404
    assert client.get("/annuaire/nulle-part/corriger/").status_code == 404


def test_half_is_kept_and_the_visitor_hears_why_not_the_rest(client: Client) -> None:
    one = sheet()
    alice = manager(one)
    suggestion = propose(one)
    (letter,) = leave(AT + timedelta(days=6))
    path = links_in(letter)["Regarder et décider"]
    client.force_login(alice)
    assert "Prêt d’outils" in client.get(path).content.decode()
    sent = typed(client, path, reason="Le numéro n’existe pas.")
    assert client.post(path, {**sent, "keep": ["services"]}).status_code == 302
    one.refresh_from_db()
    assert (one.services, one.phone) == ("Prêt d’outils", "")
    source = Source.objects.get(pk=one.sources["services"])
    title = "Proposition d’une visiteuse ou d’un visiteur, acceptée par la personne responsable de la fiche"
    assert (source.title, source.is_human) == (title, True)
    suggestion.refresh_from_db()
    assert suggestion.verdicts == {"services": True, "phone": False}
    (answer,) = leave(timezone.now())
    assert answer.to == ["chloe@exemple.test"]
    text = str(answer.body)
    assert "Gardé\u00a0: Services rendus" in text
    assert "Pas gardé\u00a0: Téléphone" in text
    assert "Le numéro n’existe pas." in text
    assert "03 00 00 00 01" not in str(JournalEntry.objects.values())


def test_a_decision_is_taken_once() -> None:
    one = sheet()
    alice = manager(one)
    suggestion = propose(one)
    actions.decide(suggestion=suggestion, kept=[], reason="Non", today=None, by=alice, at=AT)
    with pytest.raises(actions.SuggestionRefused, match="déjà décidé"):
        actions.decide(suggestion=suggestion, kept=["services"], reason="", today=None, by=alice, at=AT)


def test_what_moved_meanwhile_is_read_again_before_it_is_overwritten(client: Client) -> None:
    one = sheet(services="Couture")
    client.force_login(manager(one))
    path = f"/moi/propositions/{propose(one).pk}/"
    sent = typed(client, path)
    directory.revise_organisation(organisation=one, facts={"services": "Vélo"}, source=human_source(), by=None, at=AT)
    refused = client.post(path, {**sent, "keep": ["services"]})
    assert refused.status_code == 409
    assert "Vélo" in refused.content.decode()
    one.refresh_from_db()
    assert one.services == "Vélo"
    assert client.post(path, {**typed(client, path), "keep": ["services"]}).status_code == 302
    one.refresh_from_db()
    assert one.services == "Prêt d’outils"


def test_who_decides() -> None:
    north, east = epci("CC du Nord"), epci("CC de l’Est")
    here = commune("80620", "Péronne", of=north)
    free, held = sheet("Libre", place__commune_id=here.pk), sheet("Tenue", place__commune_id=here.pk)
    alice, bob = manager(held), manager(held, "bob@exemple.test", Part.CONTRIBUTOR)
    rachid, salima = officer(north), officer(east, "salima@exemple.test")
    gone = officer(north, "partie@exemple.test", end=TODAY - timedelta(days=1))
    bruno, unsafe = holder(Role.AGENT), holder(Role.AGENT, email="sans@exemple.test", second_factor=False)
    people = {"alice": alice, "bob": bob, "rachid": rachid, "salima": salima, "gone": gone, "bruno": bruno,
              "unsafe": unsafe, "chloe": person("chloe@exemple.test")}  # fmt: skip
    may = {
        name: [one.name for one in (free, held) if deciding.may_decide(user, propose(one, email=""), on=TODAY)]
        for name, user in people.items()
    }
    assert may == {"alice": ["Tenue"], "bob": [], "rachid": ["Libre"], "salima": [], "gone": [],
                   "bruno": ["Libre", "Tenue"], "unsafe": [], "chloe": []}  # fmt: skip
    assert "elle en décide" in deciding.may_decide(rachid, propose(held, email=""), on=TODAY).reason


def test_the_officer_sees_only_their_communes_and_strangers_read_why_not(client: Client) -> None:
    north, east = epci("CC du Nord"), epci("CC de l’Est")
    propose(sheet("Ici", place__commune_id=commune("80620", "Péronne", of=north).pk))
    other = propose(sheet("Ailleurs", place__commune_id=commune("80829", "Y", column=1, of=east).pk))
    client.force_login(officer(north))
    html = client.get("/moi/propositions/").content.decode()
    assert "Ici" in html
    assert "Ailleurs" not in html
    assert "correction proposée attend" in client.get("/moi/").content.decode()
    assert client.get(f"/moi/propositions/{other.pk}/").status_code == 403
    client.force_login(person("chloe@exemple.test"))
    assert client.get("/moi/propositions/").status_code == 403


def test_an_agent_decides_in_the_back_office(client: Client) -> None:
    one = sheet()
    suggestion = propose(one)
    client.force_login(holder(Role.AGENT))
    assert "Atelier du Port" in client.get("/gestion/espaces/propositions/").content.decode()
    path = f"/gestion/espaces/propositions/{suggestion.pk}/"
    assert client.post(path, {**typed(client, path), "keep": ["phone"]}).status_code == 302
    one.refresh_from_db()
    assert one.phone == "03 00 00 00 01"
    assert "Atelier du Port" in client.get("/gestion/espaces/propositions/?decidees=1").content.decode()
    assert "Décidée le" in client.get(path).content.decode()
    client.force_login(person("chloe@exemple.test"))
    assert client.get(path).status_code != 200


def test_the_organisation_corrects_by_its_letter_once(client: Client) -> None:
    one = sheet(phone="03 00 00 00 09")
    actions.ask_freshness(at=AT)
    at = AT + timedelta(days=6)
    path = links_in(leave(at)[0])["Modifier"]
    with time_machine.travel(at, tick=False):
        assert "03 00 00 00 09" in client.get(path).content.decode()
        sent = typed(client, path, phone="03 00 00 00 01")
        assert client.post(path, typed(client, path)).status_code == 422
        assert not UsedLink.objects.exists()
        assert client.post(path, sent).status_code == 200
        assert "déjà fait" in client.post(path, sent).content.decode()
    kept = Suggestion.objects.get()
    assert (kept.origin, kept.email, kept.facts) == ("letter", "bonjour@atelier.test", {"phone": "03 00 00 00 01"})
    one.refresh_from_db()
    assert one.phone == "03 00 00 00 09"


def test_a_contributors_change_waits_when_the_manager_wants_it_so() -> None:
    one = sheet(services="Couture")
    alice, bob = manager(one), manager(one, "bob@exemple.test", Part.CONTRIBUTOR)

    def save(by: User, services: str) -> Suggestion | None:
        return actions.revise_or_propose(organisation=one, facts={"services": services, "name": one.name}, by=by, at=AT)

    assert save(bob, "Vélo") is None
    actions.set_contributors_wait(organisation=one, is_on=True, by=alice, at=AT)
    waiting = save(bob, "Prêt d’outils")
    assert waiting is not None
    assert (waiting.facts, waiting.origin) == ({"services": "Prêt d’outils"}, "contributor")
    again = save(bob, "Prêt de vélos")
    assert again is not None
    assert (again.pk, again.facts, again.seen) == (waiting.pk, {"services": "Prêt de vélos"}, {"services": "Vélo"})
    assert save(alice, "Menuiserie") is None
    one.refresh_from_db()
    assert one.services == "Menuiserie"
    assert save(bob, "Menuiserie") is None
    assert Letter.objects.filter(kind="space.suggestion").count() == 1


def test_a_value_that_does_not_fit_leaves_everything_as_it_was() -> None:
    sheet("Ailleurs", siren=siren(7))
    one = sheet()
    alice = manager(one)
    suggestion = propose(one, facts={"siren": siren(7), "services": "Vélo"})
    with pytest.raises(actions.SuggestionRefused, match="déjà celui d’une autre fiche"):
        actions.decide(suggestion=suggestion, kept=["services", "siren"], reason="", today=None, by=alice, at=AT)
    one.refresh_from_db()
    suggestion.refresh_from_db()
    assert (one.services, suggestion.state) == ("", "open")


def test_who_answers_faster_than_a_person_is_asked_to_send_again(client: Client) -> None:
    one = sheet()
    path = f"{one.get_absolute_url()}corriger/"
    too_soon = typed(client, path, note="Vu samedi", seen=signed_moment())
    again = client.post(path, too_soon)
    assert (again.status_code, "Rien n’est perdu" in again.content.decode()) == (422, True)
    assert "Vu samedi" in again.content.decode()
    assert client.post(path, {**too_soon, "seen": "vu:1:abc"}).status_code == 422
    assert not Suggestion.objects.exists()
    assert client.post(path, {**too_soon, "seen": a_minute_ago()}).status_code == 200
    assert Suggestion.objects.get().note == "Vu samedi"
