"""A theme takes its turns in order, and whoever is behind it hears of each once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from maillage.kernel.models import JournalEntry
from maillage.needs import actions, queries
from maillage.needs.enums import REACHED_FROM, ThemeState
from maillage.needs.models import Theme, Turn, Voice
from maillage.outbox import actions as outbox
from maillage.outbox.enums import Frequency, Weekday
from maillage.outbox.models import Letter
from maillage.outbox.tasks import prepare_letters
from tests.factories import person
from tests.needs.world import AT, CHLOE, NAVETTE, agent, joined, later, posted, published, said, theme_of
from tests.space.people import follow, letter_to
from tests.space.world import leave, links_in

pytestmark = pytest.mark.django_db
GARE = "Un transport à la demande entre les villages et la gare."


@pytest.fixture
def theme() -> Theme:
    """Two needs: Chloé said one and joined the other, Alice has an account."""
    first = published(email=CHLOE)
    second = published(GARE, user=person("alice@exemple.test"))
    joined(second, CHLOE)
    return theme_of([first, second])


def test_each_turn_writes_once_to_each_person(theme: Theme) -> None:
    actions.put_to_vote(theme=theme, address="/votes/1/", words="Jusqu’au 12.", at=AT)
    actions.settle(theme=theme, is_chosen=True, reason="Le plus demandé.", at=later(10))
    actions.offer_in_call(theme=theme, address="/appels/1/", words="Appel 2027.", at=later(20))
    actions.open_theme(theme=theme, words="La navette roule.", address="https://navette.exemple.test/", at=later(30))
    actions.close_theme(theme=theme, words="Tout roule.", at=later(40))
    each = [(CHLOE, "waiting"), ("alice@exemple.test", "waiting")]
    assert posted("needs.turn") == each * 5
    theme.refresh_from_db()
    assert theme.state == ThemeState.CLOSED
    labels = [link.label for link in queries.chain_of_theme(theme).links]
    assert labels == [
        "Regroupé avec des besoins semblables", "Mis au vote", "Retenu", "Dans un appel à projets", "Ouvert", "Terminé",
    ]  # fmt: skip


def test_the_letter_tells_the_turn_its_reason_and_where_to_see_it(theme: Theme) -> None:
    leave(AT + timedelta(days=7))
    actions.put_to_vote(theme=theme, address="/votes/1/", words="Jusqu’au 12.", at=later(8))
    letters = {one.to[0]: one for one in leave(later(16))}
    assert set(letters) == {CHLOE, "alice@exemple.test"}
    letter = letters[CHLOE]
    assert "Votre besoin est au vote" in letter.subject
    assert NAVETTE in str(letter.body)
    assert links_in(letter)["Voter"] == "/votes/1/"
    assert links_in(letter)["Ne plus suivre ce besoin"].startswith("/l/")
    actions.settle(theme=theme, is_chosen=False, reason="Trop cher cette année.", at=later(17))
    (settled,) = [one for one in leave(later(21)) if one.to == [CHLOE]]
    assert "n’est pas retenu" in settled.subject
    assert "Trop cher cette année." in str(settled.body)


def test_whoever_wants_letters_at_once_hears_of_two_turns_on_one_day(theme: Theme) -> None:
    mailbox = outbox.mailbox_for(CHLOE, at=AT)
    outbox.set_preferences(
        mailbox=mailbox, frequency=Frequency.AT_ONCE, day=Weekday.TUESDAY, blocked_subjects=(), by=None, at=AT
    )
    leave(AT)
    actions.put_to_vote(theme=theme, address="", at=AT)
    assert ["au vote" in one.subject for one in leave(AT)] == [True]
    actions.settle(theme=theme, is_chosen=True, reason="Le plus demandé.", at=AT)
    assert ["est retenu" in one.subject for one in leave(AT)] == [True]


def test_a_turn_says_nothing_to_whoever_left_the_theme_meanwhile(theme: Theme) -> None:
    leave(AT + timedelta(days=7))
    actions.put_to_vote(theme=theme, address="", at=later(8))
    for need in theme.needs.all():
        actions.ungroup(need=need, by=agent(), at=later(8))
    assert leave(later(16)) == []


def test_a_decision_is_never_without_a_reason_nor_a_turn_out_of_order(theme: Theme) -> None:
    for is_chosen in (True, False):
        with pytest.raises(actions.NeedRefused, match="se motive"):
            actions.settle(theme=theme, is_chosen=is_chosen, reason=" ", at=AT)
    with pytest.raises(actions.NeedRefused, match="besoins regroupés"):
        actions.offer_in_call(theme=theme, address="/appels/1/", words="", at=AT)
    for address in ("javascript:alert(1)", "//ailleurs.test/", "/\\ailleurs.test", "http://ailleurs.test/", "votes"):
        with pytest.raises(actions.NeedRefused, match="https://"):
            actions.put_to_vote(theme=theme, address=address, at=AT)
    with pytest.raises(actions.NeedRefused, match="signes"):
        actions.put_to_vote(theme=theme, address="", words="a" * 401, at=AT)
    assert Turn.objects.count() == 1
    assert posted("needs.turn") == []


def test_the_same_turn_twice_is_refused_the_second_time(theme: Theme) -> None:
    actions.put_to_vote(theme=theme, address="", at=AT)
    with pytest.raises(actions.NeedRefused, match="au vote"):
        actions.put_to_vote(theme=theme, address="", at=AT)
    assert len(posted("needs.turn")) == 2


def test_every_state_but_the_first_can_be_reached() -> None:
    assert set(REACHED_FROM) == set(ThemeState) - {ThemeState.GATHERED}


def test_calls_offer_what_was_chosen_by_that_day_and_nothing_else(theme: Theme) -> None:
    other = theme_of([published("Un café associatif.")], "Cafés")
    actions.settle(theme=other, is_chosen=False, reason="Non.", at=AT)
    assert queries.chosen_themes(later(30).date()) == []
    actions.settle(theme=theme, is_chosen=True, reason="Oui.", at=later(10))
    assert queries.chosen_themes(later(9).date()) == []
    assert queries.chosen_themes(later(10).date()) == [theme]
    actions.offer_in_call(theme=theme, address="", words="", at=later(11))
    assert queries.chosen_themes(later(30).date()) == [theme]
    actions.open_theme(theme=theme, words="Ouvert.", at=later(12))
    assert queries.chosen_themes(later(30).date()) == []


def test_the_line_of_turns_of_a_need_goes_from_saying_to_result(theme: Theme) -> None:
    waiting = said("Un café associatif.")
    assert [link.label for link in queries.chain_of_need(waiting).links] == ["Dit"]
    waiting = actions.set_aside(need=waiting, reason="Déjà là.", by=agent(), at=AT)
    assert [link.sentence for link in queries.chain_of_need(waiting).links] == ["Sur le site", "Déjà là."]
    alone = published("Une chorale.")
    assert "rapproché" in queries.chain_of_need(alone).then
    actions.settle(theme=theme, is_chosen=True, reason="Le plus demandé.", at=AT)
    need = theme.needs.select_related("theme").order_by("pk")[0]
    chain = queries.chain_of_need(need)
    assert [link.label for link in chain.links] == ["Dit", "Lu et publié", "Mobilité solidaire", "Retenu"]
    assert [link.sentence for link in chain.links][2:] == ["Regroupé avec 2\u00a0autres.", "Le plus demandé."]
    assert "appels à projets" in chain.then


def test_one_confirms_then_stops_by_the_links_of_letters(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    need = said(email=CHLOE, is_confirmed=False)
    page = follow(client, letter_to(CHLOE))
    assert "C’est noté" in page
    voice = need.voices.get()
    assert voice.confirmed_at is not None
    actions.publish_need(need=need, words=NAVETTE, by=agent(), at=AT)
    theme_of([need])
    Letter.objects.filter(left_at=None).update(due_at=timezone.now(), too_late_at=timezone.now() + timedelta(days=1))
    prepare_letters()
    page = follow(client, letter_to(CHLOE))
    assert "ne vous écrirons plus" in page
    voice.refresh_from_db()
    assert voice.stopped_at is not None


def _at_once(*addresses: str) -> None:
    for address in addresses:
        outbox.set_preferences(
            mailbox=outbox.mailbox_for(address, at=AT), frequency=Frequency.AT_ONCE, day=Weekday.TUESDAY,
            blocked_subjects=(), by=None, at=AT,
        )  # fmt: skip


def test_a_turn_taken_back_the_same_day_is_corrected_to_whoever_had_read_of_it(theme: Theme) -> None:
    _at_once(CHLOE)
    leave(AT)
    turn = actions.put_to_vote(theme=theme, address="", words="Jusqu’au 12.", at=AT)
    assert [one.to for one in leave(AT)] == [[CHLOE]]
    taken = actions.take_back(theme=theme, reason=" Le vote  n’est pas prêt. ", by=agent(), at=AT + timedelta(hours=1))
    theme.refresh_from_db()
    assert (taken, theme.state, taken.taken_back_reason) == (turn, ThemeState.GATHERED, "Le vote n’est pas prêt.")
    (entry,) = JournalEntry.objects.filter(verb="take_back")
    assert entry.changes == {"state": ["to_vote", "gathered"], "turn": [turn.pk, None]}
    (letter,) = leave(AT + timedelta(hours=1))
    assert (letter.to, "Nous nous sommes trompés" in letter.subject) == ([CHLOE], True)
    assert "Le vote n’est pas prêt." in str(letter.body)
    # Alice's letters are gathered once a week: she never heard of that turn, and has nothing to unlearn.
    assert posted("needs.taken_back") == [(CHLOE, "sent")]
    late = [one for one in leave(later(8)) if one.to == ["alice@exemple.test"]]
    assert not [one for one in late if "au vote" in f"{one.subject} {one.body}".replace("mis au vote", "")]
    assert [link.label for link in queries.chain_of_theme(theme).links] == ["Regroupé avec des besoins semblables"]
    actions.put_to_vote(theme=theme, address="", at=AT + timedelta(hours=2))
    assert theme.turns.filter(taken_back_at=None).count() == 2


def test_what_cannot_be_taken_back_stays_and_says_why(theme: Theme) -> None:
    with pytest.raises(actions.NeedRefused, match="le jour même"):
        actions.take_back(theme=theme, reason="Erreur.", at=AT)
    actions.settle(theme=theme, is_chosen=True, reason="Oui.", at=AT)
    for reason in (" ", "a" * 301):
        with pytest.raises(actions.NeedRefused, match="Dites pourquoi"):
            actions.take_back(theme=theme, reason=reason, at=AT)
    with pytest.raises(actions.NeedRefused, match="le jour même"):
        actions.take_back(theme=theme, reason="Erreur.", at=later(1))
    actions.take_back(theme=theme, reason="Erreur.", at=AT)
    assert queries.chosen_themes(later(30).date()) == []
    with pytest.raises(actions.NeedRefused, match="le jour même"):
        actions.take_back(theme=theme, reason="Encore.", at=AT)
    actions.put_to_vote(theme=theme, address="/consultations/themes-2027/", at=AT)
    with pytest.raises(actions.NeedRefused, match="consultation"):
        actions.take_back(theme=theme, reason="Erreur.", at=AT)
    theme.refresh_from_db()
    assert theme.state == ThemeState.TO_VOTE


def test_a_letter_of_correction_that_has_nothing_to_correct_does_not_leave(theme: Theme) -> None:
    _at_once(CHLOE)
    leave(AT)
    actions.put_to_vote(theme=theme, address="", at=AT)
    leave(AT)
    actions.take_back(theme=theme, reason="Erreur.", at=AT)
    for voice in Voice.objects.filter(email=CHLOE):
        actions.stop_following(voice=voice, at=AT)
    assert leave(AT) == []


def test_a_workshop_tells_everybody_and_leaves_the_theme_where_it_stands(theme: Theme) -> None:
    leave(later(7))
    actions.settle(theme=theme, is_chosen=True, reason="Oui.", at=later(8))
    actions.announce_workshop(theme=theme, words="Le 12, à la mairie.", address="/instances/a/", at=later(8))
    theme.refresh_from_db()
    assert theme.state == ThemeState.CHOSEN
    assert [link.label for link in queries.chain_of_theme(theme).links][-1] == "Un atelier"
    told = " ".join(str(one.body) for one in leave(later(16)) if one.to == [CHLOE])
    assert "On se réunit autour de votre besoin" in told
    assert "Le 12, à la mairie." in told
    taken = actions.take_back(theme=theme, reason="Erreur.", at=later(8))
    assert taken.state == ThemeState.CHOSEN, "the workshop is cancelled as a meeting"
    actions.settle(theme=theme, is_chosen=False, reason="Non.", at=later(9))
    with pytest.raises(actions.NeedRefused, match="plus d’atelier"):
        actions.announce_workshop(theme=theme, words="", address="", at=later(9))


def test_an_agent_takes_a_turn_back_on_the_page_of_the_theme(theme: Theme, client: Client) -> None:
    at = timezone.now()
    client.force_login(agent())
    page = f"/gestion/besoins/themes/{theme.pk}/"
    assert "Reprendre l’étape" not in client.get(page).content.decode()
    actions.put_to_vote(theme=theme, address="", at=at)
    assert "Reprendre l’étape d’aujourd’hui : au vote" in client.get(page).content.decode()
    assert client.post(f"{page}reprendre/", {"reason": ""}).status_code == 422
    assert client.post(f"{page}reprendre/", {"reason": "Erreur."}).status_code == 302
    answer = client.post(f"{page}reprendre/", {"reason": "Encore."})
    assert (answer.status_code, "le jour même" in answer.content.decode()) == (422, True)
    theme.refresh_from_db()
    assert theme.state == ThemeState.GATHERED
