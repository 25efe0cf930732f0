"""What the jury thinks: drafts, reviews handed in, mean, spread, rank, the opinion of the committee."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from maillage.accounts.models import User
from maillage.calls import actions
from maillage.calls.actions import Mark, Said
from maillage.calls.checks import MEANS, find_breaches
from maillage.calls.enums import ApplicationState as S
from maillage.calls.enums import Sense
from maillage.calls.models import Application, Opinion, Review
from maillage.calls.queries.office import Wanted, rows_of
from maillage.calls.queries.reviews import criterion_means, ranks, standings
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Letter
from tests.calls.reading import a_reviewer, grid, handed_in, in_review, recused, user_of
from tests.calls.world import AT, a_call, agent, an_application, later
from tests.factories import person

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def _standing(application: Application, by: Any = None) -> Any:
    return standings([application], by=by or agent(), on=TODAY)[application.pk]


def test_a_total_is_of_a_hundred_by_the_weights_of_the_call() -> None:
    application = in_review()

    review = handed_in(application, 5, 2)

    assert (review.total, review.sent_at) == (Decimal("76.00"), AT)


def test_a_draft_may_leave_anything_out_and_is_changed_at_will() -> None:
    application = in_review()
    user = user_of(a_reviewer(application.call))
    marks = grid(application.call, 1, None, comment="")

    actions.save_review(application=application, marks=marks, words="", by=user, at=AT)
    kept = actions.save_review(
        application=application, marks=grid(application.call, None, 4), words="Mieux", by=user, at=later()
    )

    assert (kept.total, kept.sent_at, list(kept.scores.values_list("points", flat=True))) == (None, None, [4])
    assert _standing(application).given == 0


@pytest.mark.parametrize(("points", "comment"), [((3, None), "Bien"), ((1, 3), ""), ((5, 3), " "), ((3, 6), "Oui")])
def test_a_review_is_whole_and_says_why_at_both_ends(points: tuple[int | None, ...], comment: str) -> None:
    application = in_review()
    user = user_of(a_reviewer(application.call))

    with pytest.raises(actions.CallRefused):
        actions.hand_in_review(
            application=application, marks=grid(application.call, *points, comment=comment), words="", by=user, at=AT
        )

    assert Review.objects.count() == 0


def test_two_and_four_need_no_comment() -> None:
    application = in_review()
    user = user_of(a_reviewer(application.call))

    marks = grid(application.call, 2, 4, comment="")
    review = actions.hand_in_review(application=application, marks=marks, words="", by=user, at=AT)

    assert review.total == Decimal("56.00")


def test_a_review_that_is_handed_in_does_not_change() -> None:
    application = in_review()
    review = handed_in(application, 3, 3)

    with pytest.raises(actions.CallRefused, match="reprenez-le"):
        handed_in(application, 4, 4, by=user_of(review.reviewer))

    review.refresh_from_db()
    assert review.total == Decimal("60.00")


def test_only_a_juror_who_promised_judges_a_file_that_is_in_review() -> None:
    application, other = in_review(), an_application()
    silent = user_of(a_reviewer(application.call, pledged=False))
    for one, by in ((application, silent), (application, person("x@exemple.test")), (other, None)):
        with pytest.raises(actions.CallRefused):
            handed_in(one, 3, 3, by=by)
    stranger_marks = {10**9: Mark(3)}
    with pytest.raises(actions.CallRefused):
        actions.save_review(
            application=application, marks=stranger_marks, words="", by=user_of(a_reviewer(application.call)), at=AT
        )

    assert Review.objects.count() == 0


def test_a_call_without_criteria_has_nothing_to_judge() -> None:
    application = in_review(a_call(criteria=False))

    with pytest.raises(actions.CallRefused, match="pas de critères"):
        actions.save_review(
            application=application, marks={}, words="", by=user_of(a_reviewer(application.call)), at=AT
        )


def test_the_mean_is_shown_from_two_reviews_on() -> None:
    application = in_review()
    a_reviewer(application.call)
    handed_in(application, 5, 5)
    first = _standing(application)

    handed_in(application, 3, 3)

    second = _standing(application)
    assert (first.words, first.mean) == ("1/2 avis rendu", None)
    assert (second.words, second.mean, second.spread) == ("2/3 avis rendus", Decimal("80.00"), Decimal("40.00"))
    assert [(one.label, one.mean, one.spread) for one in criterion_means(application)] == [
        ("Utilité", Decimal("4.00"), 2), ("Viabilité", Decimal("4.00"), 2),
    ]  # fmt: skip


def test_ranks_go_from_the_best_and_equal_means_share_one() -> None:
    call = a_call()
    made = [in_review(call) for _ in range(4)]
    for application, points in zip(made[:3], (3, 5, 3), strict=True):
        for _ in range(2):
            handed_in(application, points, points)

    rows = rows_of([one.pk for one in made], wanted=Wanted("tous", call=call.pk), by=agent(), on=TODAY)

    assert [row.rank for row in rows] == [2, 1, 2, None]


def test_a_juror_sees_no_score_of_others_before_their_own() -> None:
    application = in_review()
    for _ in range(2):
        handed_in(application, 5, 5)
    user = user_of(a_reviewer(application.call))
    before, ranked = _standing(application, user), ranks(application.call_id, {Decimal(100)}, by=user, on=TODAY)
    assert ranks(application.call_id, {Decimal(100)}, by=agent(), on=TODAY) == {Decimal(100): 1}

    handed_in(application, 3, 3, by=user)

    assert (before.is_hidden, before.mean, ranked) == (True, None, {})
    assert _standing(application, user).mean == Decimal("86.67")


def test_a_review_of_somebody_who_stays_away_since_is_counted_no_more() -> None:
    application = in_review()
    reviews = [handed_in(application, points, points) for points in (5, 5, 1)]

    recused(application, user_of(reviews[2].reviewer))

    told = _standing(application)
    assert (told.given, told.expected, told.recused, told.mean) == (2, 2, 1, Decimal("100.00"))


def test_a_review_is_taken_back_and_handed_in_anew_while_the_jury_is_open() -> None:
    application = in_review()
    first, other = handed_in(application, 5, 5), handed_in(application, 3, 3)
    user = user_of(first.reviewer)

    taken = actions.take_back_review(application=application, by=user, at=later())

    assert (taken.sent_at, taken.total, taken.scores.count()) == (None, None, 2)
    assert _standing(application).given == 1
    assert Application.objects.get(pk=application.pk).mean == other.total
    entry = JournalEntry.objects.get(verb="take_back_review")
    assert entry.changes["total"] == ["100.00", None]
    assert list(entry.changes["points"][0].values()) == [5, 5]
    with pytest.raises(actions.CallRefused, match="pas rendu"):
        actions.take_back_review(application=application, by=user, at=later())
    handed_in(application, 4, 4, by=user, at=later(2))
    assert Application.objects.get(pk=application.pk).mean == Decimal(70)


def test_a_review_is_not_taken_back_by_others_nor_after_the_committee() -> None:
    application = in_review()
    review = handed_in(application, 5, 5)
    user = user_of(review.reviewer)
    for by in (agent(), user_of(a_reviewer(application.call))):
        with pytest.raises(actions.CallRefused):
            actions.take_back_review(application=application, by=by, at=AT)
    Application.objects.filter(pk=application.pk).update(state=S.OPINION)
    with pytest.raises(actions.CallRefused, match="pas à noter"):
        actions.take_back_review(application=application, by=user, at=AT)
    Application.objects.filter(pk=application.pk).update(state=S.REVIEW)
    recused(application, user)
    with pytest.raises(actions.CallRefused):
        actions.take_back_review(application=application, by=user, at=AT)

    review.refresh_from_db()
    assert review.sent_at == AT


def test_the_mean_that_is_kept_follows_each_review_and_a_wrong_one_is_found() -> None:
    application = in_review()
    reviews = [handed_in(application, points, points) for points in (5, 4)]
    row = Application.objects.filter(pk=application.pk)
    kept = [row.values_list("mean", "reviews_counted").get()]

    recused(application, user_of(reviews[1].reviewer))
    kept.append(row.values_list("mean", "reviews_counted").get())
    User.objects.filter(pk=user_of(reviews[1].reviewer).pk).delete()  # its recusal has no name any more
    first = _means()
    row.update(mean=Decimal(12))

    assert kept == [(Decimal(90), 2), (Decimal(100), 1)]
    assert (first, _means()) == ([], [f"Dossier {application.number}"])


def _means() -> list[str]:
    return [one.subject for one in find_breaches() if one.check == MEANS]


def test_jurors_are_named_with_a_letter_and_leave_only_before_their_first_word() -> None:
    call, user = a_call(), person("juree@exemple.test")
    named = actions.name_reviewer(call=call, email=user.email.upper(), by=agent(), at=AT)
    for email in (user.email, "personne@exemple.test"):
        with pytest.raises(actions.CallRefused):
            actions.name_reviewer(call=call, email=email, by=agent(), at=AT)
    assert [one.mailbox.address for one in Letter.objects.filter(kind="calls.jury_named")] == [user.email]

    actions.pledge(reviewer=named, by=user, at=AT)
    with pytest.raises(actions.CallRefused):
        actions.pledge(reviewer=named, by=agent(), at=AT)
    handed_in(in_review(call), 3, 3, by=user)

    with pytest.raises(actions.CallRefused):
        actions.remove_reviewer(reviewer=named, by=agent(), at=AT)
    actions.remove_reviewer(reviewer=a_reviewer(call), by=agent(), at=AT)
    assert call.reviewers.count() == 1


def test_jurors_with_files_left_are_reminded_once_before_the_committee() -> None:
    call = a_call(committee_on=later(10).date())
    application = in_review(call)
    done, away, late = (user_of(a_reviewer(call)) for _ in range(3))
    handed_in(application, 3, 3, by=done)
    recused(application, away)

    told = [actions.remind_reviewers(at=later(days)) for days in (0, 4, 5)]

    assert told == [0, 1, 0]
    assert [one.mailbox.address for one in Letter.objects.filter(kind="calls.jury_due")] == [late.email]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"sense": Sense.UNFAVOURABLE}, "words"), ({"sense": Sense.FAVOURABLE}, "proposed"),
        ({"sense": Sense.FAVOURABLE, "proposed": Decimal(5001)}, "proposed"),
        ({"sense": Sense.ADJOURNED, "words": "À revoir", "proposed": Decimal(5)}, "proposed"),
        ({"sense": Sense.FAVOURABLE, "proposed": Decimal(5), "given_on": later().date()}, "given_on"),
    ],
)  # fmt: skip
def test_an_opinion_says_its_reason_and_a_possible_amount(said: dict[str, Any], field: str) -> None:
    application = in_review()

    with pytest.raises(actions.CallRefused) as refusal:
        actions.give_opinion(application=application, said=Said(**({"given_on": TODAY} | said)), by=agent(), at=AT)

    assert (refusal.value.field, Opinion.objects.count()) == (field, 0)


def test_the_last_opinion_counts_and_those_before_are_kept() -> None:
    application = in_review()
    first = Said(Sense.ADJOURNED, TODAY, "À revoir")
    second = Said(Sense.RESERVED, TODAY, "Sous réserve du bail", Decimal(3000))

    for said in (first, second):
        actions.give_opinion(application=application, said=said, by=agent(), at=AT)

    latest = application.opinions.order_by("-given_on", "-pk").first()
    assert latest is not None
    assert (application.opinions.count(), latest.proposed) == (2, Decimal(3000))
    assert Application.objects.get(pk=application.pk).state == S.OPINION


def test_no_opinion_is_noted_of_a_file_that_is_not_read_nor_by_somebody_who_stays_away() -> None:
    fresh, away = an_application(), in_review()
    recused(away, agent())

    said = Said(Sense.FAVOURABLE, TODAY, "", Decimal(5))
    for application in (fresh, away):
        with pytest.raises(actions.CallRefused):
            actions.give_opinion(application=application, said=said, by=agent(), at=AT)

    assert Opinion.objects.count() == 0
