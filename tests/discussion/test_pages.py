"""The pages of a circle: who enters, what they show, what a form gives back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.models import User
from maillage.discussion import actions, queries
from maillage.discussion.enums import ThreadKind
from maillage.discussion.models import Following, Message, Thread, Version
from maillage.strategy.actions import load_strategy
from maillage.strategy.models import Measure
from tests.discussion.world import AT, circle, people, talk
from tests.factories import small_territory
from tests.forms import form_in
from tests.strategy.files import strategy_file

pytestmark = pytest.mark.django_db
HOME = "/echanges/essai-1/"
# Whoever may nothing, reads only, writes, animates.
PEOPLE = ("chloe", "marcel", "alice", "bruno")


@pytest.fixture
def world() -> dict[str, User]:
    return dict(zip((*PEOPLE, "ines"), people(*PEOPLE, "ines"), strict=True))


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, address: str, status: int = 302, at: str = "", **said: Any) -> str:
    """Fill the form that the page shows."""
    shown = form_in(page(client, at or address), address if at else "")
    answer = client.post(address, {**shown, **said})
    assert answer.status_code == status
    return answer.content.decode()


def test_everyone_meets_what_the_circle_says(client: Client, world: dict[str, User]) -> None:
    idea = talk(world["alice"], kind=ThreadKind.IDEA)
    message = talk(world["alice"]).messages.get()
    fil = f"{HOME}fils/{idea.pk}/"
    table = {
        HOME: (403, 200, 200, 200),
        fil: (403, 200, 200, 200),
        f"{fil}versions/": (403, 200, 200, 200),
        f"{HOME}fichiers/": (403, 200, 200, 200),
        f"{HOME}nouvelle-discussion/": (403, 403, 200, 200),
        f"{HOME}nouvelle-idee/": (403, 403, 200, 200),
        f"{fil}amender/": (403, 403, 200, 200),
        f"{HOME}fichiers/nouveau/": (403, 403, 200, 200),
        f"{HOME}messages/{message.pk}/modifier/": (403, 403, 200, 403),
        f"{HOME}messages/{message.pk}/masquer/": (403, 403, 403, 200),
    }
    for address, expected in table.items():
        client.logout()
        assert client.get(address).status_code == 302, address
        for name, status in zip(PEOPLE, expected, strict=True):
            client.force_login(world[name])
            assert client.get(address).status_code == status, (address, name)


def test_posts_are_refused_to_whoever_may_not(client: Client, world: dict[str, User]) -> None:
    thread = talk(world["alice"])
    message = thread.messages.get()
    fil = thread.get_absolute_url()
    client.force_login(world["marcel"])
    assert client.post(fil, {"text": "Non"}).status_code == 403
    for address in (f"{fil}fermer/", f"{HOME}messages/{message.pk}/remontrer/"):
        assert client.post(address).status_code == 403
    assert client.post(f"{fil}suivre/", {"follow": "1"}).status_code == 302
    assert Message.objects.count() == 1


def test_what_is_not_there_or_of_another_circle_is_not_found(client: Client, world: dict[str, User]) -> None:
    client.force_login(world["bruno"])
    thread = talk(world["alice"])
    for address in (
        "/echanges/essai-3/", "/echanges/rien/", f"/echanges/essai-2/fils/{thread.pk}/", f"{HOME}fils/{2**64}/",
        f"/echanges/essai-2/messages/{thread.messages.get().pk}/masquer/", f"{HOME}fils/{thread.pk}/versions/",
        f"{HOME}fils/{thread.pk}/amender/", f"{HOME}messages/{2**64}/masquer/", f"{HOME}fichiers/{2**64}/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_a_member_opens_a_thread_and_another_answers(client: Client, world: dict[str, User]) -> None:
    client.force_login(world["alice"])
    said: dict[str, Any] = {"title": "Une visite", "text": "Voyez https://exemple.test/plan <b>"}
    post(client, f"{HOME}nouvelle-discussion/", **said)
    thread = Thread.objects.get()
    shown = page(client, thread.get_absolute_url())
    assert '<a href="https://exemple.test/plan" rel="nofollow">' in shown
    assert "&lt;b&gt;" in shown
    client.force_login(world["ines"])
    post(client, thread.get_absolute_url(), text="Oui.")
    assert [one.author_name for one in thread.messages.order_by("pk")] == ["Alice Exemple", "Ines Exemple"]
    assert "2\u202f" in page(client, HOME) or "2\u00a0messages" in page(client, HOME)
    post(client, thread.get_absolute_url(), 422, text=" ")


def test_a_form_sent_twice_says_it_once(client: Client, world: dict[str, User]) -> None:
    thread = talk(world["alice"])
    client.force_login(world["alice"])
    shown = {**form_in(page(client, thread.get_absolute_url()), ""), "text": "Oui."}
    for _ in range(2):
        assert client.post(thread.get_absolute_url(), shown).status_code == 302
    assert client.post(thread.get_absolute_url(), {**shown, "text": "Autre"}).status_code == 409
    assert thread.messages.count() == 2


def test_an_idea_belongs_to_an_axis_and_shows_what_changed(client: Client, world: dict[str, User]) -> None:
    load_strategy(document={**strategy_file(), "territory": small_territory().pk}, by=None, at=AT)
    measure = Measure.objects.filter(axis__isnull=False).earliest("pk")
    client.force_login(world["alice"])
    answer = client.post(f"{HOME}nouvelle-idee/", {"title": "Un camion", "text": "Un camion."})
    assert answer.status_code == 422
    post(client, f"{HOME}nouvelle-idee/", title="Un camion", text="Un camion.", about=f"mesure-{measure.pk}")
    idea = Thread.objects.get()
    assert (idea.axis, idea.measure) == (measure.axis, measure)

    client.force_login(world["ines"])
    assert post(client, f"{idea.get_absolute_url()}amender/", text="Deux camions.", why="Un ne suffit pas") == ""
    assert Version.objects.count() == 2
    shown = page(client, f"{idea.get_absolute_url()}versions/")
    assert "</span>Deux</ins>" in shown
    assert "Un ne suffit pas" in page(client, idea.get_absolute_url())
    old = {"text": "Trois.", "why": "Plus", "seen": "1"}
    assert client.post(f"{idea.get_absolute_url()}amender/", old).status_code == 409


def test_one_changes_ones_own_words_and_the_old_ones_are_shown(client: Client, world: dict[str, User]) -> None:
    thread = talk(world["alice"])
    message = thread.messages.get()
    client.force_login(world["alice"])
    address = f"{HOME}messages/{message.pk}/modifier/"
    post(client, address, text="On y va mardi ?")
    shown = page(client, thread.get_absolute_url())
    assert "Ce qu’il disait avant" in shown
    assert "On y va ?" in shown
    assert client.post(address, {"text": "Autre", "seen_at": ""}).status_code == 409
    assert client.post(address, {"text": "Autre", "seen_at": "hier"}).status_code == 422


def test_who_animates_hides_shows_closes(client: Client, world: dict[str, User]) -> None:
    thread = talk(world["alice"])
    message = thread.messages.get()
    client.force_login(world["bruno"])
    address = f"{HOME}messages/{message.pk}/masquer/"
    post(client, address, 422, reason="")
    post(client, address, reason="Hors sujet")
    assert client.post(address, {"reason": "Encore"}).status_code == 409
    client.force_login(world["alice"])
    shown = page(client, thread.get_absolute_url())
    assert "Hors sujet" in shown
    assert "On y va ?" not in shown
    client.force_login(world["bruno"])
    for _ in range(2):
        assert client.post(f"{HOME}messages/{message.pk}/remontrer/").status_code == 302
    assert client.post(f"{thread.get_absolute_url()}fermer/", {"close": "1"}).status_code == 302
    assert "Ce fil est fermé" in page(client, thread.get_absolute_url())
    assert client.post(thread.get_absolute_url(), {"text": "Oui"}).status_code == 409
    client.force_login(world["alice"])
    assert client.get(f"{HOME}messages/{message.pk}/modifier/").status_code == 403


def test_one_follows_and_stops(client: Client, world: dict[str, User]) -> None:
    thread = talk(world["alice"])
    client.force_login(world["ines"])
    for word, expected in (("1", True), ("0", False)):
        client.post(f"{thread.get_absolute_url()}suivre/", {"follow": word})
        assert Following.objects.get(user=world["ines"]).is_on is expected


def test_another_page_may_show_a_circle_at_a_glance(world: dict[str, User], client: Client) -> None:
    thread = talk(world["alice"])
    shown = queries.glance(world["marcel"], circle().key)
    assert shown is not None
    assert (list(shown["threads"]), list(shown["files"]), shown["may_write"]) == ([thread], [], False)
    assert queries.glance(world["chloe"], circle().key) is None
    assert queries.glance(world["alice"], "rien") is None
    client.force_login(world["alice"])
    assert "Mes échanges" in page(client, "/moi/")
    client.force_login(world["chloe"])
    assert "Mes échanges" not in page(client, "/moi/")


def test_a_long_thread_is_paged_and_an_answer_leads_to_its_page(client: Client, world: dict[str, User]) -> None:
    thread = talk(world["alice"])
    for rank in range(30):
        actions.say(thread=thread, text=f"Parole {rank}", by=world["alice"], at=AT + timedelta(minutes=rank))
    client.force_login(world["alice"])
    answer = client.post(thread.get_absolute_url(), {"text": "La dernière"})
    assert "?page=2#message-" in answer["Location"]
    assert "La dernière" in page(client, answer["Location"].partition("#")[0])


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_much_for_one_as_for_three(
    client: Client, world: dict[str, User], django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    thread = talk(world["alice"])
    for rank in range(count - 1):
        talk(world["ines"], title=f"Fil {rank}")
        message = actions.say(thread=thread, text=f"Parole {rank}", by=world["ines"], at=AT)
        actions.edit_message(message=message, text="Mieux", seen_at=None, by=world["ines"], at=AT)
    client.force_login(world["alice"])
    for address, queries_asked in ((HOME, LIST_QUERIES), (thread.get_absolute_url(), THREAD_QUERIES)):
        page(client, address)
        with django_assert_num_queries(queries_asked):
            page(client, address)


LIST_QUERIES, THREAD_QUERIES = 7, 9
