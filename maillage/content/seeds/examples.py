"""Nine resources of our own and the heads of four themes, by the verbs; each is said to be an example."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from maillage.accounts.models import User
from maillage.aids.models import Aid
from maillage.content import actions
from maillage.content.models import Hub, Resource
from maillage.content.seeds.words import BUDGET, HUBS, RESOURCES, Example
from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.kernel.text import fold
from maillage.strategy.models import Measure
from maillage.strategy.queries import home_measures


def plant_resources(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Resources of each nature, verified or not, opened more or less often; four hubs. Twice without harm."""
    if Resource.objects.filter(is_example=True).exists():
        return {}
    agent = User.objects.filter(is_example=True, first_name="Bruno").first()
    terms = {term.code: term for term in Term.objects.filter(kind=TermKind.THEME)}
    for one in RESOURCES:
        _resource(one, terms, agent, at)
    measures = {measure.code: measure for measure in home_measures()}
    for code, (introduction, codes) in HUBS.items():
        if code in terms:
            _hub(terms[code], introduction, [measures[one] for one in codes if one in measures], at)
    return {
        "ressources d’exemple": Resource.objects.filter(is_example=True).count(),
        "pages de thèmes d’exemple": Hub.objects.filter(is_example=True).count(),
    }


def _resource(one: Example, terms: dict[str, Term], agent: User | None, at: datetime) -> None:
    then = at - timedelta(days=one.days_ago)
    document = None
    if one.file:
        document = actions.add_document(title=one.title, name=one.file, content=BUDGET, by=agent, at=then)
    made = actions.create_resource(
        title=one.title, summary=one.summary, kind=one.kind, readers=one.readers, body=one.body, link=one.link,
        document=document, themes=[terms[code] for code in one.themes if code in terms], aids=_aids(one),
        by=agent, at=then, is_example=True,
    )  # fmt: skip
    if one.is_verified:
        actions.verify(resource=made, by=agent, at=then, on=timezone.localdate(then))
    for _ in range(one.uses):
        actions.count_use(resource=made)


def _aids(one: Example) -> list[Aid]:
    """The example aids that bear one of these words."""
    return [
        aid
        for aid in Aid.objects.published().filter(is_example=True).light().order_by("pk")
        if any(fold(word) in fold(aid.name) for word in one.aids)
    ]


def _hub(term: Term, introduction: str, measures: list[Measure], at: datetime) -> None:
    actions.write_hub(
        term=term, introduction=introduction, measures=measures, by=None, at=at - timedelta(days=20), is_example=True
    )
