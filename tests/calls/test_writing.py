"""Schemes and calls: written, checked, published, copied, opened again; and the questions that people ask."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from maillage.calls import actions
from maillage.calls.enums import BlockKind, CallState, StateAid
from maillage.calls.models import Authority, Call, CallQuestion, EnvelopeLine, Scheme
from maillage.calls.queries.calls import lacking, latest_form, public_calls
from maillage.kernel.models import JournalEntry
from maillage.needs import actions as needs
from maillage.needs.models import Theme
from maillage.outbox.models import Letter
from tests.calls.world import AT, a_call, a_line, agent, an_application, later
from tests.needs.world import published, theme_of, town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]


def values(**traits: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "title": "Bouger sans voiture", "summary": "Pour aller au marché.", "goals": "Des trajets partagés.",
        "eligible_costs": "Achats.", "contact": "Le guichet", "budget": Decimal(5_000), "theme_reason": "Un essai.",
        "opens_at": later(1), "closes_at": later(30),
    }  # fmt: skip
    return facts | traits


def drafted(line: EnvelopeLine | None = None, **traits: Any) -> Call:
    line = line or a_line()
    facts = actions.CallFacts(values(line=line, **traits))
    return actions.draft_call(scheme=line.scheme, facts=facts, by=agent(), at=AT)


def facts_of(authority: Authority, **traits: Any) -> actions.SchemeFacts:
    said = {"title": "Soutien", "purpose": "Aider", "legal_basis": "Délibération 12"} | traits
    return actions.SchemeFacts(authority=authority, state_aid=StateAid.DE_MINIMIS, **said)


def test_a_scheme_says_its_legal_ground_and_has_its_title_once() -> None:
    authority = actions.save_authority(name="CC d’essai", by=agent(), at=AT)
    actions.save_scheme(facts=facts_of(authority), by=agent(), at=AT)

    for traits, field in (({"title": " "}, "title"), ({"legal_basis": " "}, "legal_basis"), ({}, "title")):
        with pytest.raises(actions.CallRefused) as refused:
            actions.save_scheme(facts=facts_of(authority, **traits), by=agent(), at=AT)
        assert refused.value.field == field
    assert Scheme.objects.filter(authority=authority).count() == 1


def test_an_envelope_never_goes_under_what_was_awarded() -> None:
    line = a_line("1000")
    EnvelopeLine.objects.update(awarded=Decimal(600))

    with pytest.raises(actions.CallRefused, match="600"):
        actions.set_envelope(scheme=line.scheme, year=line.year, amount=Decimal(599), by=agent(), at=AT)
    actions.set_envelope(scheme=line.scheme, year=line.year, amount=Decimal(600), by=agent(), at=AT)

    line.refresh_from_db()
    assert line.amount == Decimal(600)


def test_a_draft_starts_with_criteria_that_make_a_hundred_and_with_documents() -> None:
    call = drafted()

    assert sum(call.criteria.values_list("weight", flat=True)) == 100
    assert call.pieces.filter(is_required=True).count() == 3
    assert (call.slug, call.state_at(later(2))) == ("bouger-sans-voiture", CallState.DRAFT)


def test_two_calls_of_one_title_have_two_addresses() -> None:
    line = a_line()

    assert [drafted(line).slug, drafted(line).slug] == ["bouger-sans-voiture", "bouger-sans-voiture-2"]


@pytest.mark.parametrize(
    ("traits", "lack"),
    [({"line": None}, "line"), ({"budget": Decimal(0)}, "budget"), ({"budget": Decimal(100_001)}, "budget"),
     ({"closes_at": None}, "dates"), ({"closes_at": AT, "opens_at": later(-2)}, "dates"),
     ({"theme_reason": ""}, "themes"), ({"goals": ""}, "words"), ({"contact": ""}, "contact")],
)  # fmt: skip
def test_a_call_that_lacks_something_is_not_published(traits: dict[str, Any], lack: str) -> None:
    line = a_line()
    facts = actions.CallFacts(values(**({"line": line} | traits)))
    call = actions.draft_call(scheme=line.scheme, facts=facts, by=agent(), at=AT)

    lacks = [one.key for one in lacking(call, AT)]

    assert lack in lacks
    with pytest.raises(actions.CallRefused):
        actions.publish_call(call=call, by=agent(), at=AT)


def test_a_published_call_is_read_by_everybody_and_its_form_is_fixed() -> None:
    call = actions.publish_call(call=drafted(), by=agent(), at=AT)

    told = public_calls(later(2))
    assert ([one.pk for one in told["open"]], latest_form(call).fixed_at) == ([call.pk], AT)
    with pytest.raises(actions.CallRefused, match="déjà"):
        actions.publish_call(call=call, by=agent(), at=AT)


def test_the_theme_of_a_published_call_says_so_to_whoever_said_the_need() -> None:
    theme = theme_of([published(email="jeanne@exemple.test", commune=town())])
    needs.settle(theme=theme, is_chosen=True, reason="Voté.", at=AT)
    line = a_line()
    facts = actions.CallFacts(values(line=line, theme_reason=""), themes=[Theme.objects.get()])
    call = actions.draft_call(scheme=line.scheme, facts=facts, by=agent(), at=AT)

    actions.publish_call(call=call, by=agent(), at=later(1))

    turn = theme.turns.order_by("-pk")[0]
    assert (turn.state, turn.address) == ("in_call", call.get_absolute_url())
    assert Letter.objects.filter(kind="needs.turn", mailbox__address="jeanne@exemple.test").exists()


@pytest.mark.parametrize(
    ("traits", "is_refused"),
    [({"goals": "Autre chose."}, False), ({"closes_at": later(40)}, False), ({"closes_at": later(20)}, True),
     ({"budget": Decimal(1)}, True), ({"max_rate": Decimal(10)}, True), ({"families": ["mutual"]}, True)],
)  # fmt: skip
def test_the_rules_of_a_published_call_do_not_change(traits: dict[str, Any], is_refused: bool) -> None:
    line = a_line()
    call = actions.publish_call(call=drafted(line), by=agent(), at=AT)
    facts = actions.CallFacts(values(line=line) | traits)

    def revise() -> None:
        actions.revise_call(call=call, facts=facts, by=agent(), at=later(1))

    if is_refused:
        with pytest.raises(actions.CallRefused):
            revise()
        return
    revise()
    call.refresh_from_db()
    assert {name: getattr(call, name) for name in traits} == traits


def test_a_moment_that_comes_back_to_the_minute_keeps_its_seconds() -> None:
    opens, closes = AT.replace(second=41, microsecond=7), later(30).replace(second=59)
    call = a_call(opens_at=opens, closes_at=closes)
    shown = {"opens_at": opens.replace(second=0, microsecond=0), "closes_at": closes.replace(second=0)}
    facts = actions.CallFacts({**shown, "summary": "Autrement dit."})

    actions.revise_call(call=call, facts=facts, by=agent(), at=later())

    call.refresh_from_db()
    assert (call.opens_at, call.closes_at, call.summary) == (opens, closes, "Autrement dit.")
    assert set(JournalEntry.objects.get(verb="revise_call").changes) == {"summary"}
    later_on = {**shown, "opens_at": shown["opens_at"] + timedelta(minutes=1)}
    with pytest.raises(actions.CallRefused):
        actions.revise_call(call=call, facts=actions.CallFacts(later_on), by=agent(), at=later())


def test_another_form_is_another_version_once_it_is_published() -> None:
    call = drafted()
    first = actions.set_blocks(
        call=call, blocks=[actions.Block(BlockKind.TEXT, "Pourquoi ?")], by=agent(), at=AT
    )  # fmt: skip
    actions.publish_call(call=call, by=agent(), at=AT)
    application = an_application(call, state="draft")  # type: ignore[arg-type]

    kept = actions.Block(BlockKind.TEXT, "Pourquoi ici ?", key=first.blocks[0]["key"])
    second = actions.set_blocks(call=call, blocks=[kept], by=agent(), at=later(1))

    application.refresh_from_db()
    assert (first.number, second.number, application.form.blocks[0]["label"]) == (1, 2, "Pourquoi ?")
    assert second.blocks[0]["key"] == first.blocks[0]["key"]


def test_two_questions_alike_have_two_keys_and_a_choice_has_options() -> None:
    call = drafted()
    twice = [actions.Block(BlockKind.LINE, "Où ?"), actions.Block(BlockKind.LINE, "Où ?")]

    form = actions.set_blocks(call=call, blocks=twice, by=agent(), at=AT)

    assert [one["key"] for one in form.blocks] == ["ou", "ou_2"]
    alone = actions.Block(BlockKind.CHOICE, "Quand ?", options=("Demain", " "))
    with pytest.raises(actions.CallRefused, match="deux choix"):
        actions.set_blocks(call=call, blocks=[alone], by=agent(), at=AT)


def test_criteria_make_a_hundred_and_are_written_once() -> None:
    call = drafted()

    for rows, words in (
        ([("Utilité", "", 60)], "60"), ([("Utilité", "", 50), ("utilite", "", 50)], "deux fois"), ([], "0"),
    ):  # fmt: skip
        with pytest.raises(actions.CallRefused, match=words):
            actions.set_criteria(call=call, rows=rows, by=agent(), at=AT)
    actions.set_criteria(call=call, rows=[("Utilité", "", 60), ("Emploi", "", 40)], by=agent(), at=AT)
    assert list(call.criteria.order_by("position").values_list("label", flat=True)) == ["Utilité", "Emploi"]


def test_criteria_and_documents_of_a_published_call_stay() -> None:
    call = actions.publish_call(call=drafted(), by=agent(), at=AT)

    with pytest.raises(actions.CallRefused):
        actions.set_criteria(call=call, rows=[("Utilité", "", 100)], by=agent(), at=AT)
    with pytest.raises(actions.CallRefused):
        actions.set_pieces(call=call, rows=[], by=agent(), at=AT)


def test_a_call_opens_again_until_a_moment_for_a_reason() -> None:
    call = a_call()

    for reason, until in ((" ", later(40)), ("Panne", AT)):
        with pytest.raises(actions.CallRefused):
            actions.reopen_call(call=call, until=until, reason=reason, by=agent(), at=AT)
    made = actions.reopen_call(call=call, until=later(40), reason="Panne d’une heure", by=agent(), at=AT)
    assert (made.reason, made.application) == ("Panne d’une heure", None)


def test_a_call_moves_on_once_it_is_closed() -> None:
    call = a_call()

    with pytest.raises(actions.CallRefused, match="encore ouvert"):
        actions.move_call(call=call, to=CallState.REVIEW, by=agent(), at=AT)
    moved = actions.move_call(call=call, to=CallState.REVIEW, by=agent(), at=later(31))
    assert moved.state_at(later(31)) == CallState.REVIEW
    done = actions.move_call(call=call, to=CallState.DECIDED, by=agent(), at=later(60))
    assert done.state_at(later(60)) == CallState.DECIDED


def test_a_copy_starts_from_another_call_without_its_dates() -> None:
    call = drafted()
    actions.set_blocks(call=call, blocks=[actions.Block(BlockKind.TEXT, "Pourquoi ?")], by=agent(), at=AT)
    actions.publish_call(call=call, by=agent(), at=AT)

    made = actions.copy_call(call=call, title="L’an prochain", by=agent(), at=later(60))

    assert (made.goals, made.opens_at, made.line, made.published_at) == (call.goals, None, None, None)
    assert latest_form(made).blocks == latest_form(call).blocks
    assert made.criteria.count() == call.criteria.count()


def test_a_question_is_public_once_answered_and_its_writer_reads_it_by_letter_once() -> None:
    call = a_call()
    asked = actions.ask_about_call(call=call, text="Et les mutuelles ?", email="ana@exemple.test", at=AT)

    for answer in ("Oui.", "Oui, aussi."):
        actions.answer_about_call(question=asked, answer=answer, by=agent(), at=later(1))

    assert CallQuestion.objects.get().answer == "Oui, aussi."
    assert Letter.objects.filter(kind="calls.answer", mailbox__address="ana@exemple.test").count() == 1


def test_nobody_asks_about_a_draft_nor_without_words() -> None:
    with pytest.raises(actions.CallRefused):
        actions.ask_about_call(call=drafted(), text="Quand ?", at=AT)
    with pytest.raises(actions.CallRefused):
        actions.ask_about_call(call=a_call(), text=" ", at=AT)
    question = actions.ask_about_call(call=a_call(), text="Quand ?", at=AT)
    with pytest.raises(actions.CallRefused):
        actions.answer_about_call(question=question, answer=" ", by=agent(), at=AT + timedelta(hours=1))
