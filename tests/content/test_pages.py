"""What everybody reads: the list and its filters, a resource, its file, the themes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maillage.aids.models import Aid
from maillage.content import actions, queries
from maillage.content.enums import Reader, ResourceType
from maillage.content.evidence import EVIDENCE
from maillage.content.models import Upkeep
from maillage.governance.enums import Kind
from maillage.kernel.registry import hub_blocks
from maillage.needs.models import Need
from maillage.strategy import actions as steering
from maillage.strategy.queries.evidence import groups_of
from tests.aids.world import made as made_aid
from tests.content.world import AT, made, theme, with_file
from tests.directory.test_sheet import published as organisation_published
from tests.factories import small_territory
from tests.governance.world import body
from tests.needs.world import published as need
from tests.needs.world import theme_of
from tests.strategy.world import plan

pytestmark = pytest.mark.django_db


def titles(address: str) -> list[str]:
    return [one.title for one in queries.found(queries.Asked.read(address))]


def test_filters_find_by_nature_reader_theme_and_words_without_accents() -> None:
    made("Écrire des statuts", readers=(Reader.ASSOCIATION,), summary="Pour une assemblée générale.")
    made("Monter une scène", themes=[theme()], kind=ResourceType.SHEET)
    made("Regarder", link="https://a.test/v", body=(), kind=ResourceType.VIDEO, readers=(Reader.COMMUNE,))
    made("Cachée").unpublish()
    assert titles("") == ["Écrire des statuts", "Monter une scène", "Regarder"]
    assert titles("q=ASSEMBLEE generale") == ["Écrire des statuts"]
    assert titles("q=pommes été") == ["Écrire des statuts", "Monter une scène"]
    assert titles("nature=video") == ["Regarder"]
    assert titles("public=association") == ["Écrire des statuts", "Monter une scène"]
    assert titles("sujet=culture") == ["Monter une scène"]
    assert titles("nature=inconnue&public=x") == titles("")


def test_the_list_is_walked_through_and_says_what_to_do_when_empty(client: Client) -> None:
    assert "paraîtront ici" in client.get("/ressources/").content.decode()
    made()
    page = client.get("/ressources/?x=0").content.decode()
    assert "Préparer un budget" in page
    assert "Les plus consultées" not in page
    client.get("/ressources/preparer-un-budget/")
    assert "1 consultation" in client.get("/ressources/?x=1").content.decode().replace("\u00a0", " ")
    assert "Tout afficher" in client.get("/ressources/?q=introuvable").content.decode()


def test_the_list_asks_as_many_queries_for_one_row_as_for_three(client: Client) -> None:
    counts = []
    for titles_ in (("Un",), ("Deux", "Trois")):
        for title in titles_:
            actions.count_use(resource=with_file(title, readers=(Reader.COMPANY,)))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(f"/ressources/?page=1&n={title}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_resource_says_its_day_its_file_and_its_open_aids(client: Client) -> None:
    today = timezone.now()
    aid, over = made_aid("Aide ouverte"), made_aid("Aide finie", deadline_date=(today - timedelta(days=9)).date())
    row = with_file(themes=[theme()], aids=[aid, over], content=b"x" * 3_000)
    actions.verify(resource=row, by=None, at=AT)
    page = client.get(row.get_absolute_url()).content.decode().replace("\u00a0", " ")
    assert "le 25 novembre 2026" in page
    assert "2,9 Kio" in page
    assert "/themes/culture/" in page
    assert ("Aide ouverte" in page, "Aide finie" in page) == (True, False)
    assert Aid.objects.count() == 2
    row.unpublish()
    assert client.get(row.get_absolute_url()).status_code == 404


def test_taking_the_file_gives_it_and_counts_one_use_of_nobody(client: Client) -> None:
    row = with_file(content=b"a;b\r\n")
    answer = client.get(f"{row.get_absolute_url()}ouvrir/")
    assert b"".join(answer.streaming_content) == b"a;b\r\n"  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    assert not answer.cookies
    client.head(f"{row.get_absolute_url()}ouvrir/")
    assert Upkeep.objects.get().uses == 1
    assert row.document is not None
    row.document.file.storage.delete(row.document.file.name)
    assert client.get(f"{row.get_absolute_url()}ouvrir/").status_code == 404


def test_a_link_is_followed_and_a_text_has_nothing_to_take(client: Client) -> None:
    row = made("Regarder", link="https://a.test/v", body=())
    answer = client.get(f"{row.get_absolute_url()}ouvrir/")
    assert (answer.status_code, answer["Location"]) == (302, "https://a.test/v")
    text = made("Lire")
    assert client.get(f"{text.get_absolute_url()}ouvrir/").status_code == 404
    client.get(text.get_absolute_url())
    assert {one.resource.title: one.uses for one in Upkeep.objects.all()} == {"Regarder": 1, "Lire": 1}


def test_a_theme_shows_each_room_that_has_something_and_hides_the_rest(client: Client) -> None:
    culture = theme()
    empty = client.get("/themes/culture/").content.decode()
    assert "Rien encore sur ce thème" in empty
    made("Monter une scène", themes=[culture])
    made_aid("Aide aux scènes", themes=["culture"])
    page = queries.hub_page(culture)
    assert [(one.title, one.found.count, one.found.path) for one in page.blocks] == [
        ("Aides ouvertes", 1, "/aides/?sujet=culture"), ("Ressources", 1, "/ressources/?sujet=culture"),
    ]  # fmt: skip
    assert {"Ce qui manque", "Qui agit ici", "Groupe de travail"} < {one.title for one in hub_blocks()}
    shown = client.get("/themes/culture/?x=1").content.decode()
    assert "Aide aux scènes" in shown
    assert "Qui agit ici" not in shown
    assert client.get("/themes/nulle-part/").status_code == 404


def test_needs_organisations_and_a_working_group_of_a_theme_are_there(client: Client) -> None:
    small_territory()
    mobility = theme("mobilite-solidaire", "Mobilité solidaire")
    said_of_it, gathered = need(), need("Un bus le soir pour rentrer")
    Need.objects.filter(pk=said_of_it.pk).update(topic=mobility)
    theme_of([gathered])
    need("Une boulangerie ouverte le lundi")
    sheet = organisation_published("Les Volants")
    sheet.terms.add(mobility)
    body("Mobilité solidaire", kind=Kind.WORKING_GROUP)
    blocks = {one.title: one.found for one in queries.hub_page(mobility).blocks}
    assert {title: found.count for title, found in blocks.items()} == {
        "Ce qui manque": 2, "Qui agit ici": 1, "Groupe de travail": 1,
    }  # fmt: skip
    assert {row.path for row in blocks["Ce qui manque"].rows} == {
        said_of_it.get_absolute_url(), gathered.get_absolute_url(),
    }  # fmt: skip
    assert client.get(blocks["Ce qui manque"].path).context["page"].paginator.count == 2


def test_every_block_leads_to_a_list_with_as_many_rows(client: Client) -> None:
    culture = theme()
    for rank in range(7):
        made(f"Scène {rank}", themes=[culture])
        made_aid(f"Aide {rank}", themes=["culture"])
    for block in queries.hub_page(culture).blocks:
        assert (len(block.found.rows), block.found.count) == (5, 7)
        assert client.get(block.found.path).context["page"].paginator.count == 7


def test_a_theme_asks_as_many_queries_whatever_it_finds() -> None:
    culture, counts = theme(), []
    for title in ("", "Un", "Deux"):
        if title:
            made(title, themes=[culture])
            made_aid(title, themes=["culture"])
        with CaptureQueriesContext(connection) as asked:
            queries.hub_page(culture)
        counts.append(len(asked))
    assert counts[1] == counts[2]
    assert max(counts) <= 20


def test_the_list_of_themes_names_each(client: Client) -> None:
    assert "paraîtront ici" in client.get("/themes/").content.decode()
    theme("alimentation", "Alimentation")
    actions.write_hub(term=theme(), introduction="", measures=[], by=None, at=AT)
    page = client.get("/themes/?x=1").content.decode()
    assert "/themes/alimentation/" in page
    assert "/themes/culture/" in page


def test_a_resource_proves_a_measure_and_says_so_while_it_is_published(client: Client) -> None:
    measure, one = plan(), made("Préparer un budget", themes=[theme()])
    [(found, title)] = EVIDENCE[0].find("Budget")
    assert (found, title) == (one.pk, "Préparer un budget")
    steering.attach_evidence(measure=measure, object_type="content.resource", object_id=one.pk, by=None, at=AT)
    assert (
        f'Montre ce que devient <a href="{measure.get_absolute_url()}">'
        in client.get(one.get_absolute_url()).content.decode()
    )
    assert [group.latest[0].described.title for group in groups_of(measure) if group.latest[0].described] == [one.title]
    [rule] = EVIDENCE[0].rules()
    assert list(rule.keys()) == [one.pk]
    one.unpublish()
    assert (EVIDENCE[0].describe([one.pk]), EVIDENCE[0].find("Budget"), list(EVIDENCE[0].rules())) == ({}, [], [])
