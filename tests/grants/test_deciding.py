"""Awards and refusals: who may, with what, and what moves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from maillage.calls.enums import ApplicationState, Sense
from maillage.calls.models import Criterion, EnvelopeLine, Recusal
from maillage.desk.models import Project
from maillage.grants import actions
from maillage.grants.enums import Ground, Outcome
from maillage.grants.facts import sentences_of
from maillage.grants.models import Decision
from maillage.grants.notices.decided import decision_of
from maillage.kernel.models import JournalEntry
from maillage.needs import actions as needs
from maillage.outbox.models import Letter
from tests.calls.world import AT, a_call, a_line, a_structure, agent, an_application
from tests.grants.world import DELIBERATED, awarded, judged, prepared, refused, second
from tests.needs.world import published, theme_of, town

pytestmark = pytest.mark.django_db


def _line(decision: Decision) -> EnvelopeLine:
    return EnvelopeLine.objects.get(decisions=decision)


def test_an_award_takes_its_money_moves_the_file_and_writes_one_letter() -> None:
    decision = awarded(amount="4200.50")

    decision.application.refresh_from_db()
    letters = Letter.objects.filter(kind="grants.decided")
    acts = JournalEntry.objects.filter(verb="confirm_decision", object_id=decision.pk)
    assert _line(decision).awarded == Decimal("4200.50")
    assert decision.application.state == ApplicationState.GRANTED
    assert (letters.count(), acts.count()) == (1, 1)
    # A file at the desk follows the award: nobody asked for it, so nobody is told that a request arrived.
    assert not Letter.objects.filter(kind="desk.received").exists()
    assert decision.project is not None
    assert decision.project.title == decision.application.title


def test_an_award_opens_its_project_at_the_desk_once_for_an_organisation() -> None:
    made, _ = a_structure()
    first, other = awarded(judged(organisation=made)), awarded(judged(organisation=made))

    projects = Project.objects.filter(organisation=made)
    assert [one.pk for one in projects] == [first.project_id]
    assert other.project_id == first.project_id


def test_an_award_opens_the_theme_of_its_call_and_whoever_said_the_need_reads_of_it() -> None:
    theme = theme_of([published(email="jeanne@exemple.test", commune=town())])
    needs.settle(theme=theme, is_chosen=True, reason="Voté.", at=AT)
    call = a_call()
    call.themes.add(theme)

    for _ in range(2):
        awarded(judged(call))

    turns = theme.turns.order_by("pk")
    told = Letter.objects.filter(kind="needs.turn", mailbox__address="jeanne@exemple.test")
    assert [(one.state, one.is_project) for one in turns][-2:] == [("open", False), ("open", True)]
    assert told.count() >= 2


def test_an_award_without_anybody_to_hold_a_project_opens_none() -> None:
    application = judged()
    application.organisation.memberships.all().delete()

    assert awarded(application).project is None


def test_an_award_over_what_is_left_says_how_much_is_left_and_writes_nothing() -> None:
    call = a_call(a_line("8000"))
    awarded(judged(call), "5000")
    other = prepared(judged(call), "3000.01")

    with pytest.raises(actions.EnvelopeExceeded, match="Il reste 3\u202f000,00") as refusal:
        actions.confirm_decision(decision=other, deliberation=DELIBERATED, by=second(), at=AT)

    other.refresh_from_db()
    assert refusal.value.field == "amount"
    assert (other.confirmed_at, _line(other).awarded) == (None, Decimal(5000))
    assert Letter.objects.filter(kind="grants.decided").count() == 1


def test_an_award_takes_two_people_whatever_the_door() -> None:
    decision = prepared()

    with pytest.raises(actions.GrantRefused, match="Une autre personne"):
        actions.confirm_decision(decision=decision, deliberation=DELIBERATED, by=agent(), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            confirmed_at=AT, confirmed_by=agent(), body="council", deliberation="1", deliberated_on=AT.date()
        )


@pytest.mark.parametrize("without", ["deliberation", "deliberated_on", "body"])
def test_the_database_refuses_an_award_without_its_deliberation(without: str) -> None:
    decision = prepared()
    facts = {"confirmed_at": AT, "body": "council", "deliberation": "1", "deliberated_on": AT.date()}
    facts[without] = None if without == "deliberated_on" else ""

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**facts)


@pytest.mark.parametrize(
    ("deliberation", "words"),
    [
        (None, "numéro de la délibération"),
        (actions.Deliberation(" ", date(2026, 11, 24), DELIBERATED.body), "numéro de la délibération"),
        (actions.Deliberation("1", date(2026, 11, 26), DELIBERATED.body), "pas encore venu"),
        (actions.Deliberation("1", date(2026, 11, 19), DELIBERATED.body), "après l’avis"),
    ],
)
def test_a_deliberation_has_its_number_and_comes_after_the_opinion(
    deliberation: actions.Deliberation | None, words: str
) -> None:
    with pytest.raises(actions.GrantRefused, match=words):
        actions.confirm_decision(decision=prepared(), deliberation=deliberation, by=second(), at=AT)


def test_nothing_is_prepared_before_the_opinion_of_the_committee() -> None:
    with pytest.raises(actions.GrantRefused, match="rend d’abord son avis"):
        prepared(an_application(state=ApplicationState.REVIEW))
    with pytest.raises(actions.GrantRefused, match="ajourne"):
        prepared(judged(sense=Sense.ADJOURNED))


def test_an_opinion_against_does_not_bind_the_deciding_body() -> None:
    assert awarded(judged(sense=Sense.UNFAVOURABLE)).is_award


@pytest.mark.parametrize(
    ("amount", "words"), [("0", "en euros"), ("5000.01", "plus que ce qui est demandé")]
)  # fmt: skip
def test_an_award_is_an_amount_and_no_more_than_what_was_asked(amount: str, words: str) -> None:
    with pytest.raises(actions.GrantRefused, match=words) as refusal:
        prepared(amount=amount)

    assert refusal.value.field == "amount"


def test_an_award_keeps_to_the_largest_of_its_call_and_to_the_lines_of_its_scheme() -> None:
    with pytest.raises(actions.GrantRefused, match="la plus grande"):
        prepared(judged(a_call(most=Decimal(4000))))
    with pytest.raises(actions.GrantRefused, match="autre dispositif"):
        prepared(judged(), line=a_line())


def test_a_refusal_says_why_and_names_a_ground() -> None:
    application = judged()
    without = actions.Proposed(Outcome.REFUSED, ground=Ground.COSTS)
    bare = actions.Proposed(Outcome.REFUSED, reason="Trop cher")
    foreign = actions.Proposed(
        Outcome.REFUSED, reason="Trop peu utile", ground=Ground.CRITERION, criterion=Criterion.objects.filter(
            call=a_call()).first(),
    )  # fmt: skip

    fields = []
    for one in (without, bare, foreign):
        with pytest.raises(actions.GrantRefused) as refusal:
            actions.prepare_decision(application=application, proposed=one, by=agent(), at=AT)
        fields.append(refusal.value.field)

    assert fields == ["reason", "ground", "criterion"]


def test_a_refusal_moves_the_file_and_tells_the_reason_and_the_court() -> None:
    decision = refused()

    said = " ".join(sentences_of(decision))
    decision.application.refresh_from_db()
    assert decision.application.state == ApplicationState.REFUSED
    assert "Les dépenses ne sont pas celles" in said
    assert "pendant 2 mois" in said
    assert "tribunal administratif d’Amiens" in said


def test_an_application_is_dropped_without_deliberation() -> None:
    proposed = actions.Proposed(Outcome.DROPPED, reason="La structure a renoncé.")
    application = an_application(state=ApplicationState.REVIEW)
    made = actions.prepare_decision(application=application, proposed=proposed, by=agent(), at=AT)

    actions.confirm_decision(decision=made, deliberation=None, by=agent(), at=AT)

    application.refresh_from_db()
    assert application.state == ApplicationState.DROPPED


def test_what_is_prepared_may_be_prepared_anew_until_it_is_confirmed() -> None:
    application = judged()
    first = prepared(application, "3000")
    again = prepared(application, "3500")
    actions.confirm_decision(decision=again, deliberation=DELIBERATED, by=second(), at=AT)

    with pytest.raises(actions.AlreadyDecided):
        prepared(application, "4000")
    assert (first.pk, Decision.objects.get().amount) == (again.pk, Decimal(3500))


def test_what_is_confirmed_is_what_was_read() -> None:
    decision = prepared()

    with pytest.raises(actions.GrantRefused, match="changé entre-temps"):
        actions.confirm_decision(
            decision=decision, deliberation=DELIBERATED, by=second(), at=AT, seen=AT.replace(hour=9)
        )


def test_whoever_stays_away_from_a_file_neither_prepares_nor_confirms() -> None:
    application = judged()
    decision = prepared(application)
    for one in (agent(), second()):
        Recusal.objects.create(application=application, user=one, reason="Ma sœur y travaille", declared_at=AT)

    with pytest.raises(actions.GrantRefused, match="déporté"):
        prepared(application)
    with pytest.raises(actions.GrantRefused, match="déporté"):
        actions.confirm_decision(decision=decision, deliberation=DELIBERATED, by=second(), at=AT)


def test_a_decision_is_confirmed_once() -> None:
    decision = awarded()

    with pytest.raises(actions.AlreadyDecided):
        actions.confirm_decision(decision=decision, deliberation=DELIBERATED, by=second(), at=AT)


def test_a_decision_taken_back_gives_its_money_back_and_can_be_taken_anew() -> None:
    decision = awarded()
    line, application = _line(decision), decision.application

    actions.withdraw_decision(decision=decision, why="Erreur de montant", by=agent(), at=AT)

    line.refresh_from_db()
    application.refresh_from_db()
    assert (line.awarded, application.state) == (Decimal(0), ApplicationState.OPINION)
    assert awarded(application, "3000").amount == Decimal(3000)


def test_a_decision_is_taken_back_with_a_reason_and_once() -> None:
    decision = awarded()

    with pytest.raises(actions.GrantRefused, match="Dites pourquoi"):
        actions.withdraw_decision(decision=decision, why=" ", by=agent(), at=AT)
    actions.withdraw_decision(decision=decision, why="Erreur", by=agent(), at=AT)
    with pytest.raises(actions.GrantRefused, match="pas confirmée"):
        actions.withdraw_decision(decision=decision, why="Erreur", by=agent(), at=AT)


def test_the_letter_of_a_decision_taken_back_is_not_written() -> None:
    from maillage.kernel.letters import Occasion

    decision = awarded()
    told = Occasion("grants.decision", decision.pk, {}, 1, "a@exemple.test", None, AT)
    before = decision_of(told)

    actions.withdraw_decision(decision=decision, why="Erreur", by=agent(), at=AT)

    assert (before, decision_of(told)) == (decision, None)
