"""A resource is written and published by one verb, whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from maillage.content import actions, phrases, queries
from maillage.content.enums import Reader
from maillage.content.models import Resource, Upkeep
from maillage.kernel.models import JournalEntry
from tests.content.world import AT, agent, made, theme, with_file

pytestmark = pytest.mark.django_db


def test_a_resource_is_published_with_its_words_folded_and_the_journal_says_so() -> None:
    row = made("L’été à l’école", readers=(Reader.ASSOCIATION,), themes=[theme()], by=agent())
    found = queries.find_resource("lete-a-lecole")
    assert found == row
    assert found is not None
    assert (found.reader_key, [one.code for one in queries.themes_of(found)]) == (" association ", ["culture"])
    assert found.words_key == (
        "l ete a l ecole ce que coute une annee pour commencer comptez les pommes de l ete rien d autre"
    )
    entry = JournalEntry.objects.get(verb="create_resource")
    assert (entry.object_id, entry.actor_id) == (row.pk, agent().pk)
    assert Upkeep.objects.get().uses == 0


@pytest.mark.parametrize(
    ("values", "phrase", "field"),
    [
        ({"title": " "}, phrases.NO_TITLE, "title"),
        ({"summary": " "}, phrases.NO_SUMMARY, "summary"),
        ({"summary": "a" * 401}, phrases.TOO_LONG.format(most=400), "summary"),
        ({"link": "http://a.test/"}, phrases.NOT_HTTPS, "link"),
        ({"body": ()}, phrases.NOTHING_TO_READ, ""),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(values: dict[str, Any], phrase: str, field: str) -> None:
    with pytest.raises(actions.ContentRefused) as refusal:
        made(**values)
    assert (refusal.value.phrase, refusal.value.field) == (phrase, field)
    assert (Resource.objects.count(), JournalEntry.objects.count()) == (0, 0)


def test_a_file_that_nobody_opens_is_refused() -> None:
    with pytest.raises(actions.ContentRefused) as refusal:
        actions.add_document(title="Jeu", name="jeu.exe", content=b"x", by=None, at=AT)
    assert refusal.value.phrase == phrases.NOT_A_KIND
    assert with_file().file_kind == "tableau CSV"


def test_the_database_refuses_a_link_that_is_not_safe() -> None:
    row = made()
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=row.pk).update(link="javascript:alert(1)")


def test_a_theme_has_its_introduction_and_other_terms_have_none() -> None:
    hub = actions.write_hub(term=theme(), introduction=" Jouer. ", measures=[], by=agent(), at=AT)
    again = actions.write_hub(term=theme(), introduction="Lire.", measures=[], by=agent(), at=AT)
    assert (again.pk, again.introduction) == (hub.pk, "Lire.")
    assert JournalEntry.objects.filter(verb="write_hub").count() == 2
    with pytest.raises(actions.ContentRefused, match="signes au plus"):
        actions.write_hub(term=theme(), introduction="a" * 1_501, measures=[], by=agent(), at=AT)
    sector = theme("sante", "Santé")
    sector.kind = "sector"
    sector.save()
    with pytest.raises(actions.ContentRefused) as refusal:
        actions.write_hub(term=sector, introduction="", measures=[], by=agent(), at=AT)
    assert refusal.value.phrase == phrases.NOT_A_THEME
