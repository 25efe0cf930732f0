"""Invented needs and four themes at different turns, by the verbs; each is said to be an example."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import cycle

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.needs import actions
from maillage.needs.enums import Channel
from maillage.needs.models import Need, Theme
from maillage.needs.seeds.words import ALONE, NEW, THEMES, Example
from maillage.strategy.queries import home_strategy, measures_by_code
from maillage.territories.models import Commune
from maillage.territories.queries import home_territory

EXAMPLE = "(donnée d’exemple)"
JOINERS = ("chloe", "camille", "yanis", "odette", "gerard", "lina", "paulo")


def plant_needs(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Needs, themes, turns, and who joined them; twice without harm."""
    agent = User.objects.filter(is_example=True, first_name="Bruno").first()
    home = home_territory()
    if agent is None or home is None or Need.objects.filter(is_example=True).exists():
        return {}
    places = cycle([*Commune.objects.of_territory(home).by_name()[:24:3], None])
    measure = measures_by_code(home_strategy()).get("2.5")
    then = at - timedelta(days=80)
    for rank, told in enumerate(THEMES):
        needs = [_published(one, places, agent, then + timedelta(days=rank)) for one in told.needs]
        _join(needs, rank, at=then + timedelta(days=10))
        actions.propose_theme(
            title=told.title, summary=f"{told.summary} {EXAMPLE}", measure=measure, needs=needs, by=agent,
            at=then + timedelta(days=20), is_example=True,
        )  # fmt: skip
    _turns(agent, at)
    for one in ALONE:
        _published(one, places, agent, at - timedelta(days=6))
    for one in NEW:
        _said(one, places, agent, at - timedelta(days=1))
    return {"besoins d’exemple": Need.objects.filter(is_example=True).count(), "thèmes d’exemple": len(THEMES)}


def _said(one: Example, places: Iterator[Commune | None], agent: User, at: datetime) -> Need:
    is_for_another = one.channel != Channel.WEB
    return actions.say_need(
        words=one.words, audience=one.audience, channel=one.channel, commune=next(places), at=at, is_example=True,
        noted_by=agent if is_for_another else None, has_consent=is_for_another,
    )  # fmt: skip


def _published(one: Example, places: Iterator[Commune | None], agent: User, at: datetime) -> Need:
    need = _said(one, places, agent, at)
    return actions.publish_need(need=need, words=one.words, by=agent, at=at + timedelta(days=1))


def _join(needs: list[Need], rank: int, *, at: datetime) -> None:
    """The first needs of a theme have more voices than the last; Alice, an example person, follows one of each."""
    alice = User.objects.filter(is_example=True, email="alice@exemple.maillage.test").first()
    if alice is not None:
        actions.join_need(need=needs[0], user=alice, at=at)
    for place, need in enumerate(needs):
        for name in JOINERS[: max(6 - 2 * place - rank, 0)]:
            voice = actions.join_need(need=need, email=f"{name}@exemple.maillage.test", at=at)
            actions.confirm_need(voice=voice, at=at)


def _turns(agent: User, at: datetime) -> None:
    """Culture is gathered, mobility has opened something, food is in a call, growing old is at the vote."""
    themes = {theme.title: theme for theme in Theme.objects.filter(is_example=True)}
    mobility, food, age = (themes[THEMES[rank].title] for rank in (1, 2, 3))
    first, second, third = (at - timedelta(days=days) for days in (45, 30, 8))
    page = "/consultations/"  # where « Voter » leads
    for theme in (mobility, food):
        actions.put_to_vote(
            theme=theme, address=page, words=f"Le vote dure quinze jours {EXAMPLE}.", by=agent, at=first
        )
        reason = f"Le plus demandé dans les trois communautés de communes {EXAMPLE}."
        actions.settle(theme=theme, is_chosen=True, reason=reason, by=agent, at=second)
        actions.offer_in_call(
            theme=theme, address="", words=f"Appel à projets de l’année {EXAMPLE}.", by=agent, at=third
        )
    opened = Organisation.objects.published().filter(is_example=True).order_by("pk").first()
    actions.open_theme(
        theme=mobility, words=f"Une navette roule le samedi matin {EXAMPLE}.", by=agent, at=at - timedelta(days=1),
        address=opened.get_absolute_url() if opened else "",
    )  # fmt: skip
    actions.put_to_vote(theme=age, address=page, words=f"Dites votre avis jusqu’à la fin du mois {EXAMPLE}.", by=agent,
                        at=at - timedelta(days=2))  # fmt: skip
