"""Read, publish, set aside, gather, take out: what agents do of needs, and who hears of it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from maillage.needs import actions, queries
from maillage.needs.enums import Reading, ThemeState
from maillage.needs.models import Need, Theme, Turn
from maillage.outbox import actions as outbox
from maillage.outbox.enums import StopReason
from maillage.strategy.actions import load_strategy
from maillage.strategy.models import Measure
from tests.factories import small_territory
from tests.needs.world import AT, CHLOE, NAVETTE, agent, joined, later, posted, published, said, theme_of
from tests.space.world import leave, links_in
from tests.strategy.files import strategy_file

pytestmark = pytest.mark.django_db
GARE = "Un transport à la demande entre les villages et la gare."


def test_publishing_keeps_what_the_agent_lets_stand_and_tells_the_author_once() -> None:
    need = said("Madame Zut ne peut plus aller au marché.", email=CHLOE)
    actions.publish_need(need=need, words=NAVETTE, by=agent(), at=AT, seen=Reading.NEW)
    need.refresh_from_db()
    assert (need.reading, need.public_words, need.read_by) == (Reading.PUBLISHED, NAVETTE, agent())
    actions.publish_need(need=need, words=GARE, by=agent(), at=later())
    assert posted("needs.read") == [(CHLOE, "waiting")]
    (letter,) = [one for one in leave(later(7)) if "publié" in one.subject]
    assert GARE in str(letter.body)
    assert links_in(letter)["Voir où il en est"] == need.get_absolute_url()


@pytest.mark.parametrize("words", [" ", "a" * 501])
def test_nothing_is_published_without_words_or_with_too_many(words: str) -> None:
    need = said()
    with pytest.raises(actions.NeedRefused):
        actions.publish_need(need=need, words=words, by=agent(), at=AT)
    need.refresh_from_db()
    assert need.reading == Reading.NEW


def test_of_two_agents_the_second_is_told_that_it_was_read() -> None:
    need = said()
    actions.publish_need(need=need, words=NAVETTE, by=agent(), at=AT, seen=Reading.NEW)
    with pytest.raises(actions.NeedRefused, match="entre-temps"):
        actions.set_aside(need=need, reason="Non", by=agent(), at=AT, seen=Reading.NEW)


def test_setting_aside_gives_a_reason_that_the_author_reads_and_may_be_undone() -> None:
    need = said(email=CHLOE)
    with pytest.raises(actions.NeedRefused, match="Dites pourquoi"):
        actions.set_aside(need=need, reason=" ", by=agent(), at=AT)
    actions.set_aside(need=need, reason="Cela parle de la santé d’une personne.", by=agent(), at=AT)
    (letter,) = [one for one in leave(later(7)) if "pas publié" in one.subject]
    assert "santé d’une personne" in str(letter.body)
    actions.publish_need(need=need, words=NAVETTE, by=agent(), at=later(8))
    need.refresh_from_db()
    assert (need.reading, need.reason) == (Reading.PUBLISHED, "")


def test_the_database_holds_the_same_truths() -> None:
    need = published()
    wrong = (
        {"public_words": ""}, {"reading": Reading.NEW}, {"reading": Reading.SET_ASIDE}, {"read_at": None},
    )  # fmt: skip
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Need.objects.filter(pk=need.pk).update(**change)
    theme = theme_of([need])
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(grouped_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(theme=theme, state=ThemeState.NOT_CHOSEN, at=AT)


def test_gathering_tells_each_author_with_how_many_others_it_stands() -> None:
    first, second = published(email=CHLOE), published(GARE, email="bob@exemple.test")
    joined(first, "lina@exemple.test")
    theme = theme_of([first, second])
    assert sorted(posted("needs.grouped")) == [
        ("bob@exemple.test", "waiting"), (CHLOE, "waiting"), ("lina@exemple.test", "waiting"),
    ]  # fmt: skip
    assert actions.group_needs(theme=theme, needs=[first], by=agent(), at=later()) == 0
    assert len(posted("needs.grouped")) == 3
    (letter,) = [one for one in leave(later(7)) if one.to == ["bob@exemple.test"]]
    assert "Votre besoin est regroupé avec 2\u00a0autres" in str(letter.body) + letter.subject


def test_taking_out_undoes_it_before_the_letter_leaves() -> None:
    need = published(email=CHLOE)
    theme_of([need])
    actions.ungroup(need=need, by=agent(), at=AT)
    actions.ungroup(need=need, by=agent(), at=AT)
    need.refresh_from_db()
    assert (need.theme, need.grouped_at) == (None, None)
    letters = leave(later(7))
    assert [one for one in letters if "regroupé" in str(one.body)] == []


def test_what_cannot_be_gathered_leaves_everything_as_it_was() -> None:
    one, other = published(), published(GARE)
    theme, elsewhere = theme_of([one]), theme_of([other], "Autre chose")
    for needs in ([said("Un café."), one], [other]):
        with pytest.raises(actions.NeedRefused, match="rien n’a changé"):
            actions.group_needs(theme=theme, needs=needs, by=agent(), at=AT)
    with pytest.raises(actions.NeedRefused, match="Cochez"):
        actions.group_needs(theme=theme, needs=[], by=agent(), at=AT)
    with pytest.raises(actions.NeedRefused, match="sortez-le"):
        actions.set_aside(need=one, reason="Non", by=agent(), at=AT)
    actions.settle(theme=elsewhere, is_chosen=False, reason="Trop cher.", at=AT)
    with pytest.raises(actions.NeedRefused, match="terminé"):
        actions.group_needs(theme=elsewhere, needs=[published("Un café.")], by=agent(), at=AT)


def test_a_theme_has_a_title_of_its_own() -> None:
    theme_of([published()])
    for title in ("", " -- ", "Mobilite  solidaire"):
        with pytest.raises(actions.NeedRefused) as refusal:
            actions.propose_theme(title=title, by=agent(), at=AT)
        assert refusal.value.field == "title"
    assert Theme.objects.count() == 1
    with pytest.raises(actions.NeedRefused):
        actions.propose_theme(title="Un café", needs=[said("Un café.")], by=agent(), at=AT)
    assert Theme.objects.count() == 1


def test_a_theme_may_serve_a_measure() -> None:
    load_strategy(document={**strategy_file(), "territory": small_territory().pk}, by=None, at=AT)
    measure = Measure.objects.get(code="1.1")
    theme = actions.propose_theme(title="Mobilité", measure=measure, by=agent(), at=AT)
    assert queries.find_theme(theme.slug).measure == measure


def test_whoever_stopped_hears_no_more_and_still_counts() -> None:
    need = published(email=CHLOE)
    actions.stop_following(voice=need.voices.get(), at=AT)
    actions.stop_following(voice=need.voices.get(), at=later())
    assert need.voices.get().stopped_at == AT
    theme = theme_of([need])
    actions.settle(theme=theme, is_chosen=True, reason="Oui.", at=AT)
    assert posted("needs.grouped") + posted("needs.turn") == []
    assert queries.people_behind(theme) == 1


def test_a_mailbox_that_wants_nothing_gets_nothing() -> None:
    need = published(email=CHLOE)
    mailbox = outbox.mailbox_for(CHLOE, at=AT)
    outbox.stop(mailbox=mailbox, reason=StopReason.BOUNCE, by=None, at=AT, happened_at=AT)
    theme_of([need])
    assert posted("needs.grouped") == [(CHLOE, "cancelled")]
