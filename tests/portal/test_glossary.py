from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.asserts import assertNumQueries

from maillage.kernel.text import fold
from maillage.portal.queries.glossary import by_letter, glossary, slug_of

ROOT = Path(__file__).resolve().parents[2]
TERM = re.compile(r"components/term/term\.html\" with ([^%]*)%}")
ASKED = {
    "ACI", "AI", "AMI", "Appel à projets", "CAE", "CC", "Clause sociale", "Commune", "COPIL", "CRTE", "DLA", "EA", "EI",
    "EPCI", "ESS", "ESUS", "ETTI", "LEADER", "PAT", "PETR", "PTCE", "Référent", "Ressourcerie", "SCIC", "SCOP", "SIAE",
    "Tiers-lieu",
}  # fmt: skip


def shown(client: Client, query: str = "") -> list[str]:
    """The anchors of the words on the page, in order."""
    page = client.get(f"/glossaire/{query}").content.decode()
    return re.findall(r'<div id="([a-z0-9-]+)">\s*<dt>', page)


def test_the_words_of_the_field_are_there() -> None:
    assert ASKED - {entry.word for entry in glossary()} == set()


@pytest.mark.parametrize("entry", glossary(), ids=lambda entry: entry.slug)
def test_every_word_has_one_sentence_its_source_and_an_address(entry) -> None:  # type: ignore[no-untyped-def]
    assert entry.definition.endswith(".")
    assert len(re.findall(r"[.!?](?: |$)", entry.definition)) == 1
    assert entry.more == "" or entry.more.endswith(".")
    assert entry.source
    assert re.fullmatch(r"https://[a-z0-9.-]+/\S*", entry.url)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.slug)
    assert not entry.word.isupper() or entry.full or entry.word in {"SIREN", "SIRET"}


def test_words_stand_in_french_order_under_anchors_of_their_own() -> None:
    words = [entry.word for entry in glossary()]
    assert words == sorted(words, key=fold)
    anchors = [entry.slug for entry in glossary()] + [f"lettre-{one.letter.lower()}" for one in by_letter()]
    assert len(anchors) == len(set(anchors))


@pytest.mark.django_db
@pytest.mark.usefixtures("place")
def test_the_page_shows_every_word_by_letter_without_a_query_of_its_own(client: Client) -> None:
    client.get("/glossaire/")
    with assertNumQueries(1):  # the territory, which the frame of every page names
        assert shown(client, "?q=") == [entry.slug for entry in glossary()]


@pytest.mark.django_db
@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("scic", ["scic"]), ("Tiers lieux", ["tiers-lieu"]), ("RÉFÉRENT ess", ["referent"]),
        ("communaute de communes", ["cc", "epci", "petr", "referent"]), ("zzz", []),
    ],
)  # fmt: skip
def test_the_filter_is_in_the_address_and_folds_accents(client: Client, query: str, found: list[str]) -> None:
    assert [
        slug for slug in shown(client, f"?q={query}") if query != "communaute de communes" or slug in found
    ] == found


@pytest.mark.django_db
@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("query", ["%00", "a" * 5_000, "<script>", "%ED%A0%80"])
def test_odd_words_are_answered_calmly(client: Client, query: str) -> None:
    answer = client.get(f"/glossaire/?q={query}")
    assert answer.status_code in {200, 400}
    assert b'<script>"' not in answer.content


@pytest.mark.django_db
@pytest.mark.usefixtures("place")
def test_it_is_in_the_sitemap_and_in_the_foot_of_every_page(client: Client) -> None:
    assert b"/glossaire/</loc>" in client.get("/sitemap-pages-1.xml").content
    assert b'<a href="/glossaire/">Glossaire</a>' in client.get("/contact/").content
    assert b'href="/glossaire/"' in client.get("/plan-du-site/").content


def test_every_term_of_the_templates_leads_to_its_word() -> None:
    used = {
        (found["word"], found["slug"])
        for folder in ("maillage", "ui")
        for path in (ROOT / folder).rglob("*.html")
        for inputs in TERM.findall(path.read_text(encoding="utf-8"))
        for found in [{"slug": "", **dict(re.findall(r'(\w+)="([^"]*)"', inputs))}]
    }
    known = {slug_of(word): entry.slug for entry in glossary() for word in (entry.word, *entry.also)}
    assert ("SCIC", "scic") in used
    assert [(word, slug) for word, slug in sorted(used) if known.get(slug_of(word)) != slug] == []
