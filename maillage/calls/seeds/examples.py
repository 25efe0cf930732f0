"""The authorities of the territory, two example schemes, and calls at different moments, by the verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls import actions
from maillage.calls.enums import BlockKind, CallKind, CallState, StateAid
from maillage.calls.models import Authority, Call, Scheme
from maillage.calls.queries.calls import offered_themes
from maillage.calls.seeds import words
from maillage.calls.seeds.words import EXAMPLE
from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.needs.models import Theme
from maillage.strategy.queries import home_strategy, measures_by_code
from maillage.territories.queries import home_epcis, home_territory

COURT = "Amiens"


def plant_calls(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Twice without harm; nothing without the example agent."""
    agent, home = User.objects.filter(is_example=True, first_name="Bruno").first(), home_territory()
    if agent is None or home is None or Scheme.objects.filter(is_example=True).exists():
        return {}
    # SIREN are public; the seat's SIRET is to be completed by the territory before anything is published.
    territory = actions.save_authority(name=home.name, court=COURT, by=agent, at=at)
    towns = [actions.save_authority(name=one.name, epci=one, court=COURT, by=agent, at=at) for one in home_epcis()]
    common = _scheme(territory, words.COMMON, agent, at)
    local = _scheme(towns[0], words.LOCAL, agent, at) if towns else common
    made = [_open_call(common, agent, at), _closed_call(common, agent, at), _standing_call(local, agent, at)]
    return {"appels d’exemple": len(made)}


def _scheme(authority: Authority, told: words.ToldScheme, agent: User, at: datetime) -> Scheme:
    facts = actions.SchemeFacts(
        authority=authority, title=f"{told.title} {EXAMPLE}", purpose=told.purpose,
        legal_basis=f"Délibération de création {EXAMPLE}.", state_aid=StateAid.DE_MINIMIS,
        measure=measures_by_code(home_strategy()).get(told.measure),
    )  # fmt: skip
    scheme = actions.save_scheme(facts=facts, by=agent, at=at - timedelta(days=300), is_example=True)
    year = timezone.localdate(at).year
    for one in (year, year + 1):
        actions.set_envelope(scheme=scheme, year=one, amount=told.envelope, by=agent, at=at - timedelta(days=300))
    return scheme


def _noon(at: datetime, days: int) -> datetime:
    """Noon in Paris, so many days from now."""
    day = timezone.localdate(at) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(12)))


def _facts(told: words.ToldCall, scheme: Scheme, at: datetime, opens: int, closes: int | None) -> actions.CallFacts:
    day = timezone.localdate(at)
    year = scheme.lines.order_by("year")[0]
    values: dict[str, Any] = {
        "title": told.title, "kind": CallKind.PROJECTS, "summary": told.summary, "context": told.context,
        "goals": told.goals, "eligible_costs": words.ELIGIBLE, "ineligible_costs": words.INELIGIBLE,
        "rules": words.RULES, "contact": f"Bruno, au guichet {EXAMPLE}", "line": year, "budget": told.budget,
        "least": Decimal(1_000), "most": told.most, "max_rate": Decimal(80), "own_share": Decimal(10),
        "opens_at": _noon(at, opens), "closes_at": None if closes is None else _noon(at, closes),
        "theme_reason": told.theme_reason,
    }  # fmt: skip
    if closes is not None:
        values |= {"committee_on": day + timedelta(days=closes + 20), "decides_on": day + timedelta(days=closes + 40)}
    topics = tuple(Term.objects.filter(kind=TermKind.THEME, code__in=told.topics))
    return actions.CallFacts(values, topics=topics)


def _open_call(scheme: Scheme, agent: User, at: datetime) -> Call:
    """On a theme that the consultation chose, closing in three weeks; with a question and its answer."""
    chosen: list[Theme] = list(offered_themes().filter(is_example=True)[:1])
    then = at - timedelta(days=14)
    facts = replace(_facts(words.FOOD, scheme, at, -12, 21), themes=chosen)
    call = actions.draft_call(scheme=scheme, facts=facts, by=agent, at=then, is_example=True)
    blocks = [
        actions.Block(BlockKind.TEXT, "À quel besoin entendu ici répondez-vous\u202f?", required=True),
        actions.Block(BlockKind.NUMBER, "Combien de personnes en profiteront la première année\u202f?", required=True),
        actions.Block(BlockKind.YES_NO, "Des habitants prennent-ils part aux décisions du projet\u202f?"),
        actions.Block(
            BlockKind.CHOICE, "Quand le projet peut-il commencer\u202f?",
            options=("Tout de suite", "Dans six mois", "Plus tard"),
        ),
    ]  # fmt: skip
    actions.set_blocks(call=call, blocks=blocks, by=agent, at=then)
    call = actions.publish_call(call=call, by=agent, at=then)
    asked = actions.ask_about_call(call=call, text=f"Peut-on acheter un four d’occasion\u202f? {EXAMPLE}", at=then)
    answer = f"Oui, avec sa facture {EXAMPLE}."
    actions.answer_about_call(question=asked, answer=answer, by=agent, at=at - timedelta(days=8))
    actions.ask_about_call(call=call, text=f"Peut-on demander à deux associations\u202f? {EXAMPLE}", at=at)
    return call


def _closed_call(scheme: Scheme, agent: User, at: datetime) -> Call:
    """Closed a month ago, its examination open."""
    then = at - timedelta(days=90)
    facts = _facts(words.MOBILITY, scheme, at, -85, -30)
    call = actions.draft_call(scheme=scheme, facts=facts, by=agent, at=then, is_example=True)
    blocks = [
        actions.Block(BlockKind.TEXT, "Qui conduira, et comment les trajets sont-ils assurés\u202f?", required=True)
    ]
    actions.set_blocks(call=call, blocks=blocks, by=agent, at=then)
    call = actions.publish_call(call=call, by=agent, at=then)
    return actions.move_call(call=call, to=CallState.REVIEW, by=agent, at=at - timedelta(days=28))


def _standing_call(scheme: Scheme, agent: User, at: datetime) -> Call:
    """Of a community of communes, open all year."""
    then = at - timedelta(days=60)
    facts = _facts(words.STARTING, scheme, at, -55, None)
    facts = replace(facts, values={**facts.values, "kind": CallKind.STANDING})
    call = actions.draft_call(scheme=scheme, facts=facts, by=agent, at=then, is_example=True)
    return actions.publish_call(call=call, by=agent, at=then)
