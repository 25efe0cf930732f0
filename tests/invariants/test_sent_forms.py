"""C13: a form that arrives twenty times makes one thing and is answered alike; the same key with other words is 409."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.utils import timezone

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.accounts.views import limits
from maillage.aids.models import Aid
from maillage.aids.views import watching
from maillage.calls.models import Application, Call
from maillage.directory.models import Organisation
from maillage.kernel import once
from maillage.kernel.actions import forget_sent_forms
from maillage.kernel.models import JournalEntry, SentForm
from maillage.needs.models import Need
from maillage.needs.views import saying
from maillage.outbox.models import Letter
from maillage.space import actions
from maillage.space.enums import Part
from maillage.space.models import Claim, MissingActor, RelayedMessage, Suggestion
from maillage.space.views import limits as own_limits
from maillage.space.views import messages, missing, suggestions
from maillage.territories.models import Epci
from tests.accounts.people import holder
from tests.calls.drafts import a_ready
from tests.calls.world import a_call, a_structure
from tests.factories import AT, person
from tests.forms import form_in
from tests.invariants.pages import browser, opened, sender
from tests.invariants.racing import Round, breaches, caught, race, strange
from tests.space.people import a_minute_ago, known

pytestmark = pytest.mark.django_db
TIMES = 20
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Door:
    """A form: where it is shown, where it posts ("" for its own page), what is typed, what it makes, who sends it."""

    path: str
    action: str
    said: dict[str, str]
    made: Callable[[], int]
    by: User | None = None

    @property
    def target(self) -> str:
        return self.action or self.path

    def filled(self, **instead: str) -> dict[str, str]:
        return opened(self.path, self.action, by=self.by) | self.said | instead


def count(model: type[Model], **facts: Any) -> Callable[[], int]:
    return lambda: model._default_manager.filter(**facts).count()


def fresh() -> Organisation:
    number = next(_numbers)
    return known(f"Atelier {number}", f"contact{number}@atelier.test")


def member(one: Organisation) -> User:
    return actions.admit(
        organisation=one, email=f"alice{next(_numbers)}@exemple.test", part=Part.MANAGER, by=None, at=AT
    ).user


def claim() -> Door:
    one = fresh()
    said = {"name": "Camille", "email": "camille@exemple.test", "proof": "Je suis la trésorière."}
    path = f"{one.get_absolute_url()}reprendre/"
    return Door(path, f"{path}demande/", said, count(Claim, organisation=one))


def letter() -> Door:
    one = fresh()
    path = f"{one.get_absolute_url()}reprendre/"
    return Door(path, f"{path}lettre/", {}, count(Letter, kind="space.claim", object_id=one.pk))


def suggestion() -> Door:
    one = fresh()
    said = {"note": "Le numéro a changé.", "author_email": "chloe@exemple.test", "seen": a_minute_ago()}
    return Door(f"{one.get_absolute_url()}corriger/", "", said, count(Suggestion, organisation=one))


def missing_actor() -> Door:
    name = f"Structure {next(_numbers)} qui manque"
    said = {"name": name, "activities": "Elle répare des vélos.", "seen": a_minute_ago()}
    return Door("/annuaire/proposer/", "", said, count(MissingActor, facts__name=name))


def need() -> Door:
    words = f"Une navette n° {next(_numbers)} vers la gare"
    said = {"words": words, "alone": "1", "seen": a_minute_ago()}
    return Door("/besoins/dire/", "", said, count(Need, words=words))


def watch() -> Door:
    email = f"chloe{next(_numbers)}@exemple.test"
    said = {"email": email, "pace": "weekly", "seen": a_minute_ago()}
    return Door("/aides/alerte/", "/aides/alerte/", said, count(Letter, kind="aids.confirm", mailbox__address=email))


def new_aid() -> Door:
    name = f"Une aide {next(_numbers)}"
    by = holder(Role.AGENT, email=f"agent{next(_numbers)}@exemple.test")
    return Door("/gestion/aides/nouvelle/", "", {"name": name}, count(Aid, name=name), by)


MESSAGE = {"name": "Chloé", "email": "chloe@exemple.test", "words": "Bonjour, prenez-vous les vélos ?"}


def message() -> Door:
    one = fresh()
    return Door(f"{one.get_absolute_url()}ecrire/", "", MESSAGE, count(RelayedMessage, organisation=one))


def message_to_officer() -> Door:
    officer, epci = person(f"rachid{next(_numbers)}@exemple.test"), Epci.objects.order_by("pk")[0]
    Mandate.objects.filter(epci=epci).delete()
    Mandate.objects.create(user=officer, role=Role.LIAISON_OFFICER, epci=epci, start_date=AT.date())
    return Door(f"/referents/{epci.siren}/ecrire/", "", MESSAGE, count(RelayedMessage, officer=officer))


def invitation() -> Door:
    one = fresh()
    made = count(Letter, kind="space.invitation", object_id=one.pk)
    return Door(f"/moi/structures/{one.pk}/personnes/", "", {"email": "paul@exemple.test"}, made, member(one))


def profile() -> Door:
    one = fresh()
    made = count(JournalEntry, verb="keep_profile", object_id=one.pk)
    return Door(f"/moi/structures/{one.pk}/profil/", "", {"insurer": "Mutuelle"}, made, member(one))


def confirmation() -> Door:
    one = fresh()
    path = f"/moi/structures/{one.pk}/"
    return Door(path, f"{path}confirmer/", {}, count(JournalEntry, verb="verify", object_id=one.pk), member(one))


def new_sheet() -> Door:
    name = f"Le Relais {next(_numbers)}"
    by = holder(Role.AGENT, email=f"agent{next(_numbers)}@exemple.test")
    return Door("/gestion/annuaire/nouvelle/", "", {"name": name}, count(Organisation, name=name), by)


def demand() -> Door:
    now, (made, user) = timezone.now(), a_structure()
    call = a_call(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30))
    path, said = f"/appels/{call.slug}/demander/", {"organisation": str(made.pk)}
    return Door(path, "", said, count(Application, call=call), user)


def sending() -> Door:
    now = timezone.now()
    one = a_ready(a_call(), organisation=a_structure(family="association")[0])
    Call.objects.filter(pk=one.call_id).update(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30))
    path = one.get_absolute_url()
    made = count(JournalEntry, verb="submit_application", object_id=one.pk)
    return Door(path, f"{path}envoyer/", {}, made, one.author)


DOORS = [
    claim,
    letter,
    suggestion,
    missing_actor,
    need,
    message,
    message_to_officer,
    invitation,
    profile,
    confirmation,
    new_sheet,
    watch,
    new_aid,
    demand,
    sending,
]


@pytest.fixture(autouse=True)
def _room_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that arrive before the first is done are counted, each: the limits have tests of their own."""
    monkeypatch.setattr(messages, "MESSAGES", "1000/m/ip")
    monkeypatch.setattr(suggestions, "SUGGESTIONS", "1000/m/ip")
    monkeypatch.setattr(missing, "MISSING", "1000/m/ip")
    monkeypatch.setattr(saying, "SAYING", "1000/m/ip")
    monkeypatch.setattr(watching, "WATCHING", "1000/m/ip")
    monkeypatch.setattr(own_limits, "MESSAGES_TO_ONE", "1000/m/key")
    for module in (limits, messages):
        monkeypatch.setattr(module, "LETTERS_TO_ONE_ADDRESS", "1000/m/key")


def told(answer: Any) -> tuple[int, str, str]:
    """An answer without what is drawn anew each time."""
    page = answer.content.decode()
    return answer.status_code, answer.get("Location", ""), page.split("<main", 1)[-1].split("</main>")[0]


def together(door: Callable[[], Door]) -> Round:
    def one() -> list[str]:
        made = door()
        said = made.filled()
        outcomes = race(*(sender(made.target, said, by=made.by) for _ in range(TIMES)))
        if wrong := strange(outcomes):
            return wrong
        answers = {told(outcome.value)[:2] for outcome in outcomes}
        return [
            *([] if made.made() == 1 else [f"{made.made()} made"]),
            *([] if len(answers) == 1 and next(iter(answers))[0] in (200, 302) else [f"answers {answers}"]),
        ]

    return one


@pytest.mark.parametrize("door", DOORS)
def test_twenty_at_once_make_one_and_are_answered_alike(door: Callable[[], Door]) -> None:
    assert breaches(together(door), 1) == []


@pytest.mark.parametrize(
    "door", [suggestion, missing_actor, need, message, invitation, confirmation, new_sheet, new_aid]
)
def test_without_its_key_a_form_makes_several(door: Callable[[], Door], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "_key", lambda request: "")
    assert caught(together(door), 3)


@pytest.mark.parametrize("door", DOORS)
def test_one_after_the_other_too_and_the_page_is_the_same(door: Callable[[], Door]) -> None:
    made = door()
    said, client = made.filled(), browser(made.by)
    answers = {told(client.post(made.target, said)) for _ in range(TIMES)}
    assert len(answers) == 1
    assert made.made() == 1


@pytest.mark.parametrize(
    ("door", "instead"),
    [
        (claim, {"name": "Une autre"}), (missing_actor, {"name": "Une tout autre"}),
        (suggestion, {"note": "Autre chose encore."}),
        (message, {"words": "Tout autre chose."}), (invitation, {"email": "zoe@exemple.test"}),
        (profile, {"insurer": "Une autre"}), (new_sheet, {"name": "Un tout autre nom"}),
    ],
)  # fmt: skip
def test_the_same_key_with_other_words_is_refused_and_the_words_are_kept(
    door: Callable[[], Door], instead: dict[str, str]
) -> None:
    made = door()
    said, client = made.filled(), browser(made.by)
    client.post(made.target, said)
    answer = client.post(made.target, said | instead)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ce formulaire est déjà parti" in page or "entre-temps" in page
    assert next(iter(instead.values())) in page
    assert made.made() == 1


def test_the_refused_page_sends_well_when_it_is_sent_again() -> None:
    made = suggestion()
    said, client = made.filled(), browser()
    client.post(made.target, said)
    page = client.post(made.target, said | {"note": "Et aussi l’adresse."}).content.decode()
    again = form_in(page)
    assert (again["note"], again[once.FIELD] != said[once.FIELD]) == ("Et aussi l’adresse.", True)
    assert client.post(made.target, again).status_code == 200
    assert made.made() == 2


def test_what_is_refused_leaves_the_form_free() -> None:
    made = message()
    said, client = made.filled(), browser()
    assert client.post(made.target, said | {"email": "pas une adresse"}).status_code == 422
    Organisation.objects.update(email="")
    assert client.post(made.target, said).status_code == 422  # nobody can read it: the verb says no
    assert SentForm.objects.count() == 0
    Organisation.objects.update(email="bonjour@atelier.test")
    assert client.post(made.target, said).status_code == 200
    assert (made.made(), SentForm.objects.count()) == (1, 1)


def test_a_key_is_of_one_person_and_one_address() -> None:
    key = {once.FIELD: "k" * 22}
    first, second = suggestion(), suggestion()
    browser().post(first.target, first.filled() | key)
    browser().post(second.target, second.filled() | key)
    assert (first.made(), second.made()) == (1, 1)
    signed_in = Door(first.path, "", first.said, first.made, person("inconnue@exemple.test"))
    browser(signed_in.by).post(first.target, signed_in.filled() | key)
    assert first.made() == 2


@pytest.mark.parametrize("odd", ["", "court", "k" * 65, "k" * 21 + " ", "é" * 22])
def test_a_form_without_a_good_key_is_simply_done(odd: str) -> None:
    made = suggestion()
    for _ in range(2):
        assert browser().post(made.target, made.filled() | {once.FIELD: odd}).status_code == 200
    assert (made.made(), SentForm.objects.count()) == (2, 0)


def test_keys_are_forgotten_after_a_week_and_say_nothing_of_what_was_typed() -> None:
    made = message()
    browser().post(made.target, made.filled())
    kept = SentForm.objects.get()
    assert (kept.made_type, kept.made_id) == ("space.relayedmessage", RelayedMessage.objects.get().pk)
    assert "chloe" not in f"{kept.key}{kept.body}"
    now = timezone.now()
    assert forget_sent_forms(at=now + timedelta(days=6)) == 0
    assert forget_sent_forms(at=now + timedelta(days=8)) == 1
