"""Which aids fit a project, and why: what its file says, given to the matching of aids."""

from __future__ import annotations

from datetime import date

from maillage.aids.matching import Seeker
from maillage.aids.queries import Possible, advised, places_of_commune, possible_for, seeker_of
from maillage.desk.models import Project

SHOWN = 5


def seeker_of_project(project: Project, *, on: date) -> Seeker:
    """Who looks for an aid: themes, place and stage of the project, and what the sheet of its organisation says."""
    themes = frozenset(project.topics.values_list("code", flat=True))
    places = frozenset(places_of_commune(project.commune)) if project.commune else frozenset()
    audience = seeker_of(project.organisation, on=on).audience if project.organisation else ""
    return Seeker(on=on, audience=audience, themes=themes, places=places, stage=project.stage)


def aids_for(project: Project, *, on: date) -> Possible:
    """Every open aid with its seven reasons, once people spoke. Four queries, six with an organisation."""
    return advised(project, possible_for(seeker_of_project(project, on=on)))
