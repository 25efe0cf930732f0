"""The mail in the back office: who opens it, what it shows and hides, what each button does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from django.utils import timezone
from pytest_django import Settings

from maillage.accounts.enums import BACK_OFFICE_ROLES, Role
from maillage.accounts.models import User
from maillage.kernel.models import JournalEntry
from maillage.outbox import actions
from maillage.outbox.backoffice import urls
from maillage.outbox.enums import State, StopReason
from maillage.outbox.models import Letter, Mailbox, ToDo
from tests.accounts.people import holder
from tests.factories import person
from tests.outbox.world import source

pytestmark = pytest.mark.django_db
ALICE = "alice@exemple.test"
POST_ONLY = {"bulk", "act", "resume", "done", "plan", "undo"}


def address(name: str, *args: object) -> str:
    return reverse(f"mail_office:{name}", args=args)


@pytest.fixture
def agent(client: Client) -> User:
    user = holder(Role.AGENT)
    client.force_login(user)
    return user


@pytest.fixture
def world() -> dict[str, tuple[object, ...]]:
    letter = actions.post(kind="essai.alone", to=ALICE, about=source("Le Fil vert"), at=timezone.now())
    stopped = actions.mailbox_for("bruno@ailleurs.test", at=timezone.now())
    actions.stop(mailbox=stopped, reason=StopReason.BOUNCE, by=None, at=timezone.now(), happened_at=timezone.now())
    return {
        "letters": (),
        "bulk": (),
        "letter": (letter.pk,),
        "act": (letter.pk, "hold"),
        "stopped": (),
        "resume": (stopped.pk,),
        "to_dos": (),
        "plan": (ToDo.objects.get().pk,),
        "done": (ToDo.objects.get().pk,),
        "undo": (ToDo.objects.get().pk,),
    }


def test_every_screen_stands_behind_a_rule(world: dict[str, tuple[object, ...]]) -> None:
    screens = [pattern for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)]
    assert {pattern.name for pattern in screens} == world.keys()
    assert [pattern.name for pattern in screens if not hasattr(pattern.callback, "rule")] == []


@pytest.mark.parametrize("role", sorted(BACK_OFFICE_ROLES))
def test_agents_and_administrators_open_every_screen(
    client: Client, role: Role, world: dict[str, tuple[object, ...]]
) -> None:
    client.force_login(holder(role))
    for name, args in world.items():
        answer = client.post(address(name, *args)) if name in POST_ONLY else client.get(address(name, *args))
        assert answer.status_code == (302 if name in POST_ONLY else 200), name


@pytest.mark.parametrize("role", [None, *(role for role in Role if role not in BACK_OFFICE_ROLES)])
def test_the_others_open_none_and_change_nothing(
    client: Client, role: Role | None, world: dict[str, tuple[object, ...]]
) -> None:
    client.force_login(holder(role))
    before = JournalEntry.objects.count()
    for name, args in world.items():
        for answer in (client.get(address(name, *args)), client.post(address(name, *args), {"verb": "cancel"})):
            assert answer.status_code == 403
    assert JournalEntry.objects.count() == before


def test_the_list_is_asked_by_its_address(client: Client, agent: User) -> None:
    now = timezone.now()
    kept = actions.post(kind="essai.alone", to=ALICE, at=now)
    actions.post(kind="essai.news", to="bruno@ailleurs.test", at=now)
    late = actions.post(kind="essai.alone", to="chloe@exemple.test", at=now, due_at=now + timedelta(days=40))
    Letter.objects.filter(pk=late.pk).update(state=State.HELD)

    def shown(query: str) -> set[str]:
        page = client.get(f"{address('letters')}?{query}").content.decode()
        return set(re.findall(r'<td data-label="À">([^<]+)', page))

    everyone = {ALICE, "bruno@ailleurs.test", "chloe@exemple.test"}
    assert shown("") == everyone
    assert shown("state=held") == {"chloe@exemple.test"}
    assert shown("kind=essai.news") == {"bruno@ailleurs.test"}
    assert shown("address=Alice@exemple.test") == {ALICE}
    assert shown("address=exemple") == {ALICE, "chloe@exemple.test"}
    assert shown(f"after={(now + timedelta(days=30)).date()}") == {"chloe@exemple.test"}
    assert shown(f"before={timezone.localdate(kept.due_at)}") == {ALICE}
    assert shown("state=nonsense&kind=x&after=yesterday") == everyone
    assert shown("address=%22") == set()
    assert "Aucune lettre ne répond" in client.get(f"{address('letters')}?state=failed").content.decode()


def test_the_list_takes_as_many_queries_for_one_letter_as_for_thirty(client: Client, agent: User) -> None:
    client.get(address("letters"))
    counts = []
    for more in (1, 29):
        for number in range(more):
            to = person(f"lecteur{more}-{number}@exemple.test", first_name="Nom")
            actions.post(kind="essai.alone", to=to, about=source(), at=timezone.now())
            actions.open_to_do(title="Appeler", once_key=f"{more}-{number}", about=source(), at=timezone.now())
        counted = []
        for name in ("letters", "to_dos"):
            with CaptureQueriesContext(connection) as seen:
                client.get(address(name))
            counted.append(len(seen))
        counts.append(counted)
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [
        ("hold", State.PENDING, State.HELD),
        ("release", State.HELD, State.PENDING),
        ("send_now", State.FAILED, State.PENDING),
        ("cancel", State.PENDING, State.CANCELLED),
        ("has_left", State.UNCERTAIN, State.SENT),
        ("send_again", State.UNCERTAIN, State.PENDING),
    ],
)
def test_each_button_does_what_it_says_and_is_written_down(
    client: Client, agent: User, verb: str, before: State, after: State
) -> None:
    letter = actions.post(kind="essai.alone", to=ALICE, at=timezone.now())
    Letter.objects.filter(pk=letter.pk).update(state=before)
    page = client.get(address("letter", letter.pk)).content.decode()
    assert f'action="{address("act", letter.pk, verb)}"' in page
    client.post(address("act", letter.pk, verb))
    letter.refresh_from_db()
    assert letter.state == after
    assert JournalEntry.objects.get().actor == agent
    again = client.post(address("act", letter.pk, "has_left"), follow=True)
    assert "changé d’état" in again.content.decode()


def test_a_page_of_letters_is_held_at_once(client: Client, agent: User) -> None:
    letters = [actions.post(kind="essai.alone", to=ALICE, at=timezone.now()) for _ in range(3)]
    Letter.objects.filter(pk=letters[2].pk).update(state=State.SENT)
    ticked = {"verb": "hold", "ids": [str(one.pk) for one in letters], "query": "state=pending"}
    answer = client.post(address("bulk"), ticked, follow=True)
    assert answer.redirect_chain[0][0].endswith("?state=pending")
    said = answer.content.decode()
    assert "Retenir\xa0: 2\xa0lettres" in said
    assert "1\xa0lettre\xa0: pas dans un état" in said
    assert sorted(Letter.objects.values_list("state", flat=True)) == [State.HELD, State.HELD, State.SENT]
    nothing = client.post(address("bulk"), {"verb": "drop", "ids": ["x", "9" * 30]}, follow=True)
    assert "Cochez d’abord" in nothing.content.decode()


def test_an_agent_reads_a_letter_without_its_links_and_never_a_secret(client: Client, agent: User) -> None:
    letter = actions.post(kind="essai.alone", to=ALICE, about=source("Le Fil vert"), at=timezone.now())
    page = client.get(address("letter", letter.pk)).content.decode()
    assert "Il s’agit de Le Fil vert." in page
    assert "/l/" not in page
    assert "/lettres/Wz" not in page
    code = actions.post(kind="essai.code", to=ALICE, facts={"code": "987654"}, at=timezone.now())
    hidden = client.get(address("letter", code.pk)).content.decode()
    assert "987654" not in hidden
    assert "un secret" in hidden
    broken = actions.post(kind="essai.broken", to=ALICE, at=timezone.now())
    assert "ne peut pas être écrite" in client.get(address("letter", broken.pk)).content.decode()


def test_a_gathered_letter_shows_what_it_carries(client: Client, agent: User) -> None:
    now = timezone.now()
    for title in ("Une", "Deux"):
        actions.post(kind="essai.news", to=ALICE, facts={"title": title}, at=now - timedelta(days=7))
    actions.gather(at=now)
    carrier = Letter.objects.get(kind="outbox.gathered")
    page = client.get(address("letter", carrier.pk)).content.decode()
    assert "Ce qu’elle regroupe" in page
    assert page.index("Une") < page.index("Deux")
    listed = client.get(address("letters")).content.decode()
    assert listed.count("Cocher la lettre") == 1


def test_an_address_is_written_to_again_when_an_agent_says_so(client: Client, agent: User) -> None:
    mailbox = actions.mailbox_for(ALICE, at=timezone.now())
    actions.stop(mailbox=mailbox, reason=StopReason.COMPLAINT, by=None, at=timezone.now(), happened_at=timezone.now())
    assert ALICE in client.get(address("stopped")).content.decode()
    client.post(address("resume", mailbox.pk))
    assert Mailbox.objects.get().stop_reason == ""
    assert client.post(address("resume", mailbox.pk)).status_code == 404


def test_a_to_do_is_done_with_a_word_on_how_it_went(client: Client, agent: User) -> None:
    about = source("Le Fil vert")
    to_do = actions.open_to_do(title="Appeler la structure", once_key="one", about=about, at=timezone.now())
    page = client.get(address("to_dos")).content.decode()
    assert "Appeler la structure" in page
    assert "Le Fil vert" in page
    too_long = client.post(address("done", to_do.pk), {"note": "x" * 501}, follow=True)
    assert "Cinq cents signes au plus" in too_long.content.decode()
    to_do.refresh_from_db()
    assert to_do.done_at is None
    client.post(address("done", to_do.pk), {"note": "Répond jeudi."})
    assert "Répond jeudi." in client.get(f"{address('to_dos')}?faites=1").content.decode()
    assert "Rien n’attend" in client.get(address("to_dos")).content.decode()


def test_without_a_way_out_the_list_says_so(client: Client, agent: User, settings: Settings) -> None:
    words = "Aucun serveur d’envoi n’est réglé"
    assert words in client.get(address("letters")).content.decode()
    settings.EMAIL_TRANSPORT = {"kind": "smtp", "host": "smtp.test", "port": 25}
    assert words not in client.get(address("letters")).content.decode()


def test_a_cross_site_post_is_refused(world: dict[str, tuple[object, ...]]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(holder(Role.AGENT))
    assert strict.post(address("act", *world["act"])).status_code == 403
