"""Themes of needs are put to the vote, and those who said them hear what became of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from maillage.accounts.enums import Role
from maillage.choosing import actions
from maillage.choosing.models import Consultation
from maillage.needs.enums import ThemeState
from maillage.needs.models import Theme
from maillage.needs.queries import chosen_themes
from tests.accounts.people import holder
from tests.choosing.world import BEFORE, CLOSES, PAPER_UNTIL, draft_of, drafted, held_by, voice_of, vote
from tests.needs.world import CHLOE, posted, published, theme_of

pytestmark = pytest.mark.django_db


def voted(**traits: Any) -> Consultation:
    """Two themes are gathered and voted; one option is nobody's need."""
    theme_of([published(email=CHLOE)])
    theme_of([published("Un cinéma dans le village, au moins une fois par mois.")], title="Culture")
    one = drafted(options=(("Autre chose", ""),), themes=("mobilite-solidaire", "culture"), **traits)
    return actions.open_consultation(consultation=one, by=None, at=BEFORE)


def states() -> dict[str, str]:
    return dict(Theme.objects.values_list("slug", "state"))


def closed() -> Consultation:
    atelier = held_by()
    one = voted()
    vote(voice_of(one, atelier), {"dots": {"B": 5}})
    return actions.close(consultation=one, by=None, at=PAPER_UNTIL)


def test_opening_puts_its_themes_to_the_vote() -> None:
    one = voted()
    assert [(option.letter, option.label, option.theme_key) for option in one.options.order_by("letter")] == [
        ("A", "Autre chose", None), ("B", "Mobilité solidaire", "mobilite-solidaire"), ("C", "Culture", "culture"),
    ]  # fmt: skip
    assert set(states().values()) == {ThemeState.TO_VOTE}
    assert [address for address, _ in posted("needs.turn")].count(CHLOE) >= 1


def test_the_decision_says_which_are_chosen_and_why() -> None:
    one = closed()
    actions.decide(
        consultation=one, decision="La mobilité d’abord.", followings={}, chosen=["B"], by=None, at=PAPER_UNTIL
    )  # fmt: skip
    assert states() == {"mobilite-solidaire": ThemeState.CHOSEN, "culture": ThemeState.NOT_CHOSEN}
    assert [theme.slug for theme in chosen_themes(PAPER_UNTIL.date())] == ["mobilite-solidaire"]
    turn = Theme.objects.get(slug="mobilite-solidaire").turns.order_by("pk").last()
    assert turn is not None
    assert (turn.sentence, turn.address) == ("La mobilité d’abord.", one.get_absolute_url())
    assert one.options.get(is_chosen=True).letter == "B"


def test_an_option_of_another_vote_is_refused() -> None:
    one = closed()
    with pytest.raises(actions.ConsultationRefused) as refusal:
        actions.decide(consultation=one, decision="X", followings={}, chosen=["Z"], by=None, at=PAPER_UNTIL)
    assert refusal.value.field == "chosen"
    assert set(states().values()) == {ThemeState.TO_VOTE}


def test_a_vote_that_is_given_up_lets_its_themes_be_voted_another_year() -> None:
    one = voted()
    actions.cancel(consultation=one, reason="Trop tôt.", by=None, at=BEFORE)
    assert set(states().values()) == {ThemeState.NOT_CHOSEN}
    again = drafted(options=(("Autre chose", ""),), themes=("culture",))
    actions.open_consultation(consultation=again, by=None, at=BEFORE)
    assert states()["culture"] == ThemeState.TO_VOTE


def test_a_theme_already_voted_elsewhere_is_not_put_twice() -> None:
    voted()
    with pytest.raises(actions.ConsultationRefused) as refusal:
        drafted(options=(("Autre chose", ""),), themes=("culture",))
    assert refusal.value.field == "themes"


@pytest.mark.usefixtures("wagtail_roots")
def test_an_agent_chooses_themes_then_what_is_kept(client: Client) -> None:
    theme_of([published(email=CHLOE)])
    client.force_login(holder(Role.AGENT, email="autre@exemple.test"))
    assert "Mobilité solidaire" in client.get("/gestion/consultations/nouvelle/").content.decode()
    one = closed_with_one_theme()
    page = f"/gestion/consultations/{one.pk}/decision/"
    assert "Ce qui est retenu" in client.get(page).content.decode()
    assert client.post(page, {"decision": "Oui.", "chosen": ["B"]}).status_code == 302
    assert "Retenu" in Client().get(one.get_absolute_url()).content.decode()


def closed_with_one_theme() -> Consultation:
    atelier = held_by()
    what = draft_of(options=(("Autre chose", ""),), themes=("mobilite-solidaire",))
    one = actions.draft(what=what, by=None, at=BEFORE)
    one = actions.open_consultation(consultation=one, by=None, at=BEFORE)
    vote(voice_of(one, atelier), {"dots": {"B": 5}})
    assert CLOSES < PAPER_UNTIL
    return actions.close(consultation=one, by=None, at=PAPER_UNTIL)
