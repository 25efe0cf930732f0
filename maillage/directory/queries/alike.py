"""Which sheets may be the organisation that somebody names? For those who add one, before they do.

Looser than `likeness.like_pairs`, which opens work for agents: showing one sheet too many costs a glance here.
Neighbours: `directory.likeness` compares names; the search forgives typing.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from rapidfuzz import fuzz

from maillage.directory.likeness import core_of
from maillage.directory.models import Organisation
from maillage.directory.querysets import OrganisationQuerySet
from maillage.kernel.text import fold
from maillage.search import queries as search

MOST = 5
_FOUND = 20
_SAME_PLACE, _ELSEWHERE = 75, 96


def alike(
    among: OrganisationQuerySet, *, name: str, commune_id: str | None, siren: str = "", most: int = MOST
) -> list[Organisation]:
    """Sheets of `among` that may be this one, the most alike first, with their places; at most `most`.

    The same SIREN comes first; then names close to this one in the commune, or the same name elsewhere.
    Three queries, whatever the number of sheets; without an index, only the commune is read.
    """
    key = fold(name)
    wanted = core_of(key)
    found = search.matching_ids(search.Query(text=name, kinds=frozenset({"organisation"}), with_facets=False), _FOUND)
    here = Q(establishments__commune=commune_id) if commune_id else Q(pk__in=[])
    near = among.filter(here | Q(pk__in=found) | Q(name_key=key) | (Q(siren=siren) if siren else Q(pk__in=[])))
    rows = near.values_list("pk", "name_key", "acronym", "siren", "establishments__commune").distinct()
    scores: dict[int, float] = {}
    for pk, name_key, acronym, its_siren, its_commune in rows:
        score = 200.0 if siren and its_siren == siren else _closeness(wanted, {name_key, fold(acronym)})
        enough = _SAME_PLACE if not commune_id or its_commune in {None, commune_id} else _ELSEWHERE
        if score >= enough:
            scores[pk] = max(score, scores.get(pk, 0.0))
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[:most]
    known = {one.pk: one for one in among.filter(pk__in=best).with_places()}
    return [known[pk] for pk in best]


def _closeness(wanted: str, keys: Collection[str]) -> float:
    """0 to 100; words of one name inside the other count almost as much as the same name."""
    cores = [core_of(key) for key in keys if key]
    return max(
        (max(fuzz.ratio(wanted, core), 0.95 * fuzz.token_set_ratio(wanted, core)) for core in cores), default=0.0
    )
