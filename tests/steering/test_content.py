"""What the committee's file says."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.governance import actions as governance
from maillage.governance.enums import ActionState, DecisionState, Kind
from maillage.governance.models import Action
from maillage.needs import actions as needs
from maillage.steering.models import CommitteeFile, Form
from maillage.steering.queries.bodies import (
    ActionSums,
    action_sums,
    broken_decisions,
    decisions_to_report,
    late_actions,
)
from maillage.steering.queries.content import document_of
from maillage.strategy import actions
from maillage.strategy.enums import Money, State
from maillage.strategy.models import Strategy
from tests.accounts.people import holder
from tests.choosing.world import closed, dots, elected, held_by, opened, voice_of, vote
from tests.factories import person
from tests.steering.world import (
    BEFORE,
    DAY,
    NOON,
    SITE,
    ago,
    committee,
    decided,
    of,
    plan,
    prepared,
    read,
    steer,
    words_of,
)
from ui.print.blocks import Bullets, Curve, Document, Paragraph, Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy() -> Strategy:
    return plan()


def document(strategy: Strategy, since: date | None = BEFORE) -> Document:
    return document_of(strategy=strategy, on=DAY, since=since, made=NOON, site=SITE)


def row(told: Document, words: str) -> list[str]:
    """The cells of the one row of a table that begins so."""
    tables = [block for block in told.blocks if isinstance(block, Table)]
    [found] = [cells for table in tables for cells in table.rows if cells[0].text.startswith(words)]
    return [cell.text.replace("\xa0", " ").replace("\u202f", " ") for cell in found]


# Differences.


def test_states_are_counted_then_and_now(strategy: Strategy) -> None:
    steer("1.1", days=40, state=State.UNDER_WAY)
    steer("1.2", days=3, state=State.UNDER_WAY)
    told = document(strategy)
    assert row(told, "2\xa0en cours")[1] == "1 de plus"
    assert row(told, "2\xa0à lancer")[1] == "1 de moins"
    assert row(document(strategy, None), "2\xa0en cours")[1] == "–"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("4", "7", "3 lettres de plus"), ("7", "4", "3 lettres de moins"), ("4", "4", "inchangé"),
        (None, "4", "première mesure"), ("4", None, "inchangé"),
    ],
)  # fmt: skip
def test_a_value_is_compared_with_the_file_before(
    strategy: Strategy, before: str | None, after: str | None, words: str
) -> None:
    for value, days in ((before, 60), (after, 5)):
        if value is not None:
            read("1.2", value, days=days)
    assert row(document(strategy), "1.2 Lettres")[2] == words
    assert row(document(strategy, None), "1.2 Lettres")[2] == "–"


def test_a_decision_is_told_when_its_minutes_were_validated(strategy: Strategy) -> None:
    late = decided("Fermer le lundi", days=40, validated=8, state=DecisionState.KEPT)
    decided("Fermer le mardi", days=41, validated=30, state=DecisionState.KEPT)
    decided("Fermer le jeudi", days=9, state=DecisionState.KEPT)
    told = [one.text for one in decisions_to_report(BEFORE, DAY)]
    assert told == ["Fermer le lundi", "Fermer le jeudi"]
    assert late not in decisions_to_report(None, BEFORE)


def test_a_decision_on_a_slide_says_whose_it_is_and_what_became_of_it(strategy: Strategy) -> None:
    made = decided("Fermer le jeudi.", days=9, state=DecisionState.KEPT)
    slide = next(one for one in document(strategy).slides if one.title == "Les décisions et leurs suites")
    [block] = slide.blocks
    assert isinstance(block, Bullets)
    assert [line.text for line in block.items] == [f"{made.body}, n° {made.number} : Fermer le jeudi (tenue)"]


def test_what_was_said_of_a_decision_and_an_action_after_the_day_is_taken_back(strategy: Strategy) -> None:
    made = decided("Ouvrir le samedi", days=9, state=DecisionState.KEPT, entrusts="Appeler la mairie")
    later, after = NOON + timedelta(days=2), DAY + timedelta(days=3)
    for state, note in ((DecisionState.NOT_KEPT, "Plus personne"), (DecisionState.KEPT, "Repris")):
        later += timedelta(hours=1)
        governance.follow_decision(decision=made, state=state, note=note, by=None, at=later)
    governance.answer_action(action=Action.objects.get(), state=ActionState.DONE, news="", at=later)
    for day, note, sums in ((DAY, "Faute de temps", ActionSums(1, 0, 1, 0)), (after, "Repris", ActionSums(1, 1, 0, 0))):
        [told] = decisions_to_report(None, day)
        assert (told.state, told.note) == (DecisionState.KEPT, note)
        assert (action_sums(day), broken_decisions(day)) == (sums, [])
    assert [one.text for one in late_actions(DAY)] == ["Appeler la mairie"]
    assert late_actions(after) == []


@pytest.mark.parametrize(("before", "after"), [("3", "4"), ("3", "9"), ("9", "3"), ("3", "3")])
def test_what_is_masked_has_no_difference(strategy: Strategy, before: str, after: str) -> None:
    read("2.1", before, days=60)
    read("2.1", after, days=5)
    cells = row(document(strategy), "2.1 Personnes reçues")
    assert cells[2] == "–"
    assert cells[1] == ("9 personnes" if after == "9" else "moins de 5 personnes")


def test_people_who_are_many_have_theirs(strategy: Strategy) -> None:
    read("2.1", "9", days=60)
    read("2.1", "12", days=5)
    assert row(document(strategy), "2.1 Personnes reçues")[2] == "3 personnes de plus"


def test_what_was_read_after_the_day_is_not_told(strategy: Strategy) -> None:
    read("1.2", "4", days=10)
    read("1.2", "9", days=1)
    told = document_of(strategy=strategy, on=ago(5).date(), since=None, made=NOON, site=SITE)
    assert row(told, "1.2 Lettres")[1] == "4 lettres"


def test_a_file_made_afterwards_says_so(strategy: Strategy) -> None:
    def notes(on: date) -> list[str]:
        told = document_of(strategy=strategy, on=on, since=None, made=NOON, site=SITE)
        paragraphs = [block.text for block in told.blocks if isinstance(block, Paragraph)]
        return [words for words in paragraphs if words.startswith("Dossier établi le")]

    assert (len(notes(DAY)), len(notes(ago(5).date()))) == (0, 1)


def test_a_curve_keeps_what_stands_apart_on_paper(strategy: Strategy) -> None:
    for days in range(150, 0, -1):
        read("2.2", str(days // 50), days=days)
    for days in (40, 20):
        read("1.2", str(days), days=days)
        read("2.1", "3" if days == 40 else "4", days=days)
    curves = [block for block in document(strategy).blocks if isinstance(block, Curve)]
    assert [one.name for one in curves] == ["Attente", "Lettres"]
    daily, few = (list(one.points) for one in curves)
    assert few == [(0, 40.0), (20, 20.0)]
    assert (daily[0], daily[-1], len(daily)) == ((0, 3.0), (149, 0.0), 7)
    assert [
        block for slide in document(strategy).slides for block in slide.blocks if isinstance(block, Curve)
    ] == curves


# Everything at once.


def everything(strategy: Strategy) -> None:
    """A world where every part of the file has something to say, and people who must not be named."""
    steer("1.1", days=30, state=State.BLOCKED, state_note="La salle manque.", end_date=ago(60).date())
    steer("1.2", days=40, state=State.UNDER_WAY)
    referent = person("referente@exemple.test", first_name="Isaure", last_name="Quesnoy")
    steer("2.1", days=4, state=State.UNDER_WAY, liaison_officer=referent)
    actions.add_step(measure=of("1.2"), title="Inviter", who="Théodule Lannoy", by=None, at=ago(9))
    asker = actions.ask_question(measure=of("1.2"), text="Quand ?", email="perrine@exemple.test", at=ago(9))
    actions.confirm_question(question=asker, at=ago(9))
    for code, values in {"1.2": ("0", "1"), "2.1": ("3", "4"), "2.2": ("12.5", "9")}.items():
        for value, days in zip(values, (60, 3), strict=True):
            read(code, value, days=days)
    line: dict[str, Any] = {"year": 2027, "amount": Decimal(9_000)}
    actions.add_budget_line(measure=of("2.1"), funder="La Région", stage=Money.HOPED, by=None, at=ago(3), **line)
    decided("Fermer le lundi", days=8, state=DecisionState.KEPT, entrusts="Appeler la mairie")
    decided("Ouvrir le mardi", days=7, is_public=False)
    decided("Entre nous", days=8, body=committee("Groupe fermé", Kind.WORKING_GROUP), is_public=False)
    answered()
    need = needs.say_need(words="Une navette pour le marché.", email="honorine@exemple.test", at=ago(9))
    needs.confirm_need(voice=need.voices.get(), at=ago(9))
    agent = holder(Role.AGENT, first_name="Bérengère", last_name="Valloires")
    kept = needs.publish_need(need=need, words="Une navette pour le marché.", by=agent, at=ago(9))
    needs.propose_theme(title="Se déplacer", needs=[kept], by=agent, at=ago(8))


def answered() -> None:
    """A vote of somebody elected and of a structure, counted."""
    person("edith@exemple.test")
    sheet, voter = held_by("walburge@exemple.test"), elected("clotaire@exemple.test")
    one = opened()
    for who in (sheet, voter):
        vote(voice_of(one, who), dots(A=5))
    closed(one)


HIDDEN = (
    "Aliénor", "Marchandise", "Isaure", "Quesnoy", "Théodule", "Lannoy", "perrine", "Gontran", "Dubreuil", "walburge",
    "clotaire", "honorine", "Bérengère", "Valloires", "exemple.test", "Entre nous",
)  # fmt: skip


@pytest.fixture
def full(strategy: Strategy) -> CommitteeFile:
    prepared(strategy, BEFORE)
    everything(strategy)
    return prepared(strategy)


def text_of(file: CommitteeFile, form: Form) -> str:
    content = bytes(file.papers.get(form=form).content)
    if form == Form.PDF:
        pages = pypdfium2.PdfDocument(content)
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    archive = zipfile.ZipFile(BytesIO(content))
    plain = re.sub(r"<[^>]+>", " ", archive.read("content.xml").decode())
    return " ".join((plain + archive.read("meta.xml").decode()).replace("\xa0", " ").split())


def test_every_part_has_what_happened_and_nobody_is_named(full: CommitteeFile) -> None:
    said = words_of(full)
    for words in (
        "Les écarts sont comptés depuis le dossier du 20 novembre 2026", "Un collectif", "La salle manque.",
        "À lancer → En cours", "1 lettre de plus", "moins de 5 personnes", "3,5 jours de moins", "Le comité n° 1",
        "Fermer le lundi", "Ouvrir le mardi", "Appeler la mairie, pour le", "Quels thèmes en 2027", "Se déplacer",
        "1 besoin publié", "9 000,00 €", "Trois questions à trancher",
    ):  # fmt: skip
        assert words in said, words
    assert [name for name in HIDDEN if name.lower() in said.lower()] == []
    for form in Form:
        paper = text_of(full, form)
        assert "Un collectif" in paper
        assert [name for name in HIDDEN if name.lower() in paper.lower()] == []


def test_the_printed_file_opens_with_its_contents(full: CommitteeFile) -> None:
    parts = [one["text"] for one in full.document["blocks"] if one["kind"] == "heading" and one["level"] == 1]
    printed = text_of(full, Form.PDF).partition("Sommaire")[2]
    assert len(parts) > 5
    assert [part for part in parts if printed.count(part) < 2] == []


def test_its_three_questions_are_in_its_pages_and_its_slides(full: CommitteeFile) -> None:
    [pages] = [block["items"] for block in full.document["blocks"] if block["kind"] == "bullets"][:1]
    assert len(pages) == 3
    assert full.document["slides"][-1]["blocks"][0]["items"] == pages
    assert 6 <= len(full.document["slides"]) <= 14


def addresses(kept: Any) -> Iterator[str]:
    if isinstance(kept, dict):
        if kept.get("url"):
            yield kept["url"]
        for value in kept.values():
            yield from addresses(value)
    elif isinstance(kept, list):
        for value in kept:
            yield from addresses(value)


def test_every_address_opens_for_everybody(client: Client, full: CommitteeFile, time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=True)
    cache.clear()
    found = {one.partition("#")[0] for one in addresses(full.document)}
    assert len(found) > 10
    for address in sorted(found):
        path = address.removeprefix(settings.SITE_URL.rstrip("/"))
        assert path.startswith("/")
        assert client.get(path).status_code == 200, path


def test_the_parts_of_the_plan_that_are_empty_say_so(strategy: Strategy) -> None:
    said = words_of(prepared(strategy))
    for words in ("C’est le premier dossier", "Les données ne posent aucune question", "Aucune mesure n’est en retard",
                  "Aucune décision n’est écrite", "Aucune consultation", "Aucune ligne de budget"):  # fmt: skip
        assert words in said, words


def test_it_asks_no_more_questions_for_more_rows(
    strategy: Strategy, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def one_more(rank: int) -> None:
        decided(f"Décision {rank}", days=9 - rank)
        closed(opened(question=f"Question {rank} ?"))
        read("1.2", str(rank), days=9 - rank)

    one_more(1)
    with django_assert_max_num_queries(60) as few:
        document(strategy)
    one_more(2)
    one_more(3)
    with django_assert_max_num_queries(len(few)):
        document(strategy)
