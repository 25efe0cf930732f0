"""Begin, write and send an application; every way out of each verb."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from maillage.calls import actions
from maillage.calls.actions import ApplicationLacks, ApplicationMoved, CallRefused
from maillage.calls.checks import find_breaches
from maillage.calls.enums import ApplicationState, CallKind
from maillage.calls.gauges import GAUGES, fields_not_retyped
from maillage.calls.models import Application, CallForm, Completion, Numbering, Reopening
from maillage.calls.phrases import applying as phrases
from maillage.calls.queries.missing import misfits, missing
from maillage.calls.queries.own import is_open_for, own_panel, receipt_of
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Letter
from maillage.territories.models import Commune
from tests.calls.drafts import BUDGET, SAID, a_draft, a_ready, manager_of, sent, with_profile
from tests.calls.world import AT, a_call, a_structure, agent, an_application, later
from tests.strategy.counting import differing

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


# Begin.


def test_a_draft_holds_what_the_site_knows_and_says_from_where() -> None:
    made, alice = a_structure("Le Relais", family="association", rna="W802000001", email="contact@relais.test")
    with_profile(made)

    draft = actions.begin_application(call=a_call(), organisation=made, by=alice, at=AT)

    assert (draft.legal_name, draft.rna, draft.representative) == ("Le Relais", "W802000001", "Alice Martin")
    assert draft.answers == {"structure:email": "contact@relais.test", "structure:volunteers": "14"}
    assert draft.origins["representative"] == "Repris du profil privé de la structure"
    assert draft.origins["legal_name"].startswith("Repris de la fiche de l’annuaire")


def test_one_organisation_has_one_draft_for_a_call() -> None:
    draft = a_draft()

    again = a_draft(draft.call, organisation=draft.organisation)

    assert again.pk == draft.pk
    assert JournalEntry.objects.filter(verb="begin_application").count() == 1


def test_another_may_be_begun_once_the_first_was_sent() -> None:
    one = sent()

    another = a_draft(one.call, organisation=one.organisation)

    assert another.pk != one.pk


@pytest.mark.parametrize(("days", "words"), [(-2, "ouvre"), (31, "clos depuis")])
def test_nothing_is_begun_before_the_call_opens_nor_after_it_ends(days: int, words: str) -> None:
    made, alice = a_structure()

    with pytest.raises(CallRefused, match=words):
        actions.begin_application(call=a_call(), organisation=made, by=alice, at=later(days))
    assert not Application.objects.exists()


# Write.


def test_what_is_typed_is_kept_and_is_no_longer_taken_from_elsewhere() -> None:
    made, alice = a_structure("Le Relais", family="association", rna="W802000001")
    draft = a_draft(organisation=made)
    assert set(draft.origins) == {"legal_name", "rna"}

    kept = actions.save_application(
        application=draft, values={"legal_name": "Le Relais de Péronne", "rna": "W802000001", "title": "Un lieu"},
        version=0, by=alice, at=later(),
    )  # fmt: skip

    assert (kept.legal_name, kept.title, kept.version, kept.changed_at) == (
        "Le Relais de Péronne", "Un lieu", 1, later()
    )  # fmt: skip
    assert set(kept.origins) == {"rna"}


def test_saving_the_same_values_writes_nothing() -> None:
    one = a_ready()

    again = actions.save_application(application=one, values=SAID, version=one.version, by=one.author, at=later())

    assert again.version == one.version
    assert again.changed_at == AT


def test_who_read_an_older_version_is_told_and_nothing_is_written() -> None:
    draft = a_draft()
    actions.save_application(application=draft, values={"title": "Premier"}, version=0, by=draft.author, at=AT)

    with pytest.raises(ApplicationMoved) as moved:
        actions.save_application(application=draft, values={"title": "Second"}, version=0, by=draft.author, at=AT)

    assert moved.value.application.title == "Premier"
    assert Application.objects.get().title == "Premier"


def test_the_journal_says_which_fields_changed_and_never_what_they_say() -> None:
    draft = a_draft()

    actions.save_application(
        application=draft, values={"title": "Secret", "block:besoin": "Secret"}, version=0, by=draft.author, at=AT
    )

    entry = JournalEntry.objects.get(verb="save_application")
    assert entry.changes == {"fields": [None, ["block:besoin", "title"]]}


def test_what_is_no_key_is_a_mistake_of_ours() -> None:
    draft = a_draft()

    with pytest.raises((KeyError, AttributeError)):
        actions.save_application(application=draft, values={"state": "granted"}, version=0, by=draft.author, at=AT)
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_a_sent_application_does_not_change_any_more() -> None:
    one = sent()

    with pytest.raises(CallRefused, match="déposé"):
        actions.save_application(
            application=one, values={"title": "Autre"}, version=one.version, by=one.author, at=later()
        )


def test_a_draft_is_still_written_after_the_call_ended() -> None:
    draft = a_draft()

    kept = actions.save_application(
        application=draft, values={"title": "Gardé"}, version=0, by=draft.author, at=later(40)
    )

    assert kept.title == "Gardé"


# Send.


def test_sending_gives_a_number_a_digest_and_a_receipt() -> None:
    one = sent()

    assert one.state == ApplicationState.SUBMITTED
    assert (one.number, one.submitted_at) == ("AAP-2026-0001", AT)
    assert len(one.digest) == 64
    letter = Letter.objects.get(kind="calls.receipt")
    assert (letter.object_id, letter.mailbox.user) == (one.pk, one.author)
    assert list(find_breaches()) == []


def test_numbers_follow_each_other_by_kind_and_year() -> None:
    numbers = [sent().number for _ in range(2)]
    numbers.append(sent(a_ready(a_call(kind=CallKind.INTEREST))).number)

    assert numbers == ["AAP-2026-0001", "AAP-2026-0002", "AMI-2026-0001"]


def test_the_clock_of_the_server_closes_the_call() -> None:
    on_time, late = a_ready(), a_ready()
    assert on_time.call.closes_at is not None
    assert late.call.closes_at is not None

    sent(on_time, at=on_time.call.closes_at - SECOND)
    with pytest.raises(CallRefused, match="tout ce que vous y avez écrit est gardé"):
        sent(late, at=late.call.closes_at)

    kept = Application.objects.get(pk=late.pk)
    assert (kept.state, kept.number, kept.title) == (ApplicationState.DRAFT, None, SAID["title"])
    assert Numbering.objects.get().last == 1


@pytest.mark.parametrize("is_for_all", [True, False])
def test_a_reopening_lets_it_through_until_its_own_end(is_for_all: bool) -> None:
    one, other = a_ready(), a_ready()
    other = a_ready(one.call)
    Reopening.objects.create(
        call=one.call, application=None if is_for_all else one, until=later(40), reason="Panne", at=later(31)
    )

    assert is_open_for(one.call, one, later(39))
    assert bool(is_open_for(one.call, other, later(39))) is is_for_all
    assert not is_open_for(one.call, one, later(40))
    assert sent(one, at=later(39)).number == "AAP-2027-0001"


def test_what_is_missing_is_said_by_step_and_no_number_is_lost() -> None:
    draft = a_draft()

    with pytest.raises(ApplicationLacks) as refused:
        sent(draft)

    steps = list(dict.fromkeys(one.step.value for one in refused.value.lacks))
    assert steps == ["structure", "projet", "budget", "questions", "attestations"]
    assert not Numbering.objects.exists()


def test_sending_twice_is_refused() -> None:
    one = a_ready()
    sent(one)

    with pytest.raises(CallRefused, match="déposé"):
        sent(one)
    assert Numbering.objects.get().last == 1


def test_sending_what_somebody_just_changed_is_refused() -> None:
    one = a_ready()
    actions.save_application(application=one, values={"title": "Autre"}, version=1, by=one.author, at=AT)

    with pytest.raises(ApplicationMoved):
        sent(one)


def test_the_digest_changes_with_what_was_said() -> None:
    first, second = sent(), sent(a_ready(title="Un autre projet"))

    assert first.digest != second.digest
    Application.objects.filter(pk=first.pk).update(title="Retouché")
    assert [one.check for one in find_breaches()] == ["calls.digests"]


def test_a_number_with_a_gap_is_seen() -> None:
    one = sent()
    Numbering.objects.update(last=3)

    told = [(one.check, one.subject) for one in find_breaches()]

    assert told == [("calls.numbers", "AAP-2026-0002"), ("calls.numbers", "AAP-2026-0003")]
    assert one.number == "AAP-2026-0001"


# What is missing, what does not fit.


@pytest.mark.parametrize(
    ("traits", "instead", "words"),
    [
        ({"least": Decimal(6000)}, {}, "plus petite"),
        ({"most": Decimal(4000)}, {}, "plus grande"),
        ({"max_rate": Decimal(40)}, {}, "4\u202f000,20\u00a0€ au plus"),
        ({"own_share": Decimal(60)}, {}, "60\u00a0% de ressources"),
        ({"project_from": SAID["ends_on"]}, {}, "sort de la période"),
        ({}, {"budget": BUDGET[:-1]}, "Il manque 800,00\u00a0€"),
        ({}, {"requested": Decimal(5001)}, "n’est pas dans vos recettes"),
        ({}, {"cer_at": False}, "contrat d’engagement républicain"),
        ({}, {"block__besoin": ""}, "À quel besoin répondez-vous"),
    ],
)
def test_each_thing_that_is_missing_is_said(traits: dict[str, Any], instead: dict[str, Any], words: str) -> None:
    one = a_ready(a_call(**traits), **instead)

    [lack] = missing(one)

    assert words in lack.words


def test_a_company_does_not_subscribe_to_the_republican_commitment() -> None:
    made, _ = a_structure(family="commercial_ess", legal_form="5710")

    assert missing(a_ready(organisation=made, cer_at=False)) == []


def test_who_does_not_fit_the_call_is_told_and_may_still_send() -> None:
    call = a_call(families=["foundation"])
    call.communes.set([Commune.objects.get(pk="80829")])
    one = a_ready(call)

    told = misfits(call, one.organisation, Commune.objects.get(pk="80620"))

    assert told == [
        "Cet appel s’adresse à d’autres structures que la vôtre\u00a0: fondation.",
        "Cet appel soutient des projets menés ailleurs que dans la commune choisie\u00a0: Y.",
    ]
    assert sent(one).number


def test_a_draft_answers_its_own_version_of_the_form_for_ever() -> None:
    one = a_ready()
    newer = [{"key": "autre", "kind": "text", "label": "Une autre question", "required": True, "options": []}]
    CallForm.objects.create(call=one.call, number=2, blocks=newer, made_at=AT, fixed_at=AT)

    kept = Application.objects.get(pk=one.pk)

    assert (kept.form.number, missing(kept)) == (1, [])
    assert a_draft(one.call).form.number == 2


# Complete.


def incomplete(*fields: str) -> Application:
    """A sent application that the territory opened again for some fields."""
    one = sent()
    Application.objects.filter(pk=one.pk).update(state=ApplicationState.INCOMPLETE, reopened=list(fields))
    Completion.objects.create(
        application=one, fields=list(fields), words="Précisez.", due_on=later(10).date(), asked_at=later()
    )
    one.refresh_from_db()
    return one


def test_only_what_was_opened_again_changes() -> None:
    one = incomplete("summary")

    with pytest.raises(CallRefused, match="Titre du projet") as refused:
        actions.save_application(
            application=one, values={"summary": "Mieux", "title": "Autre"}, version=one.version, by=one.author,
            at=later(),
        )  # fmt: skip
    kept = actions.save_application(
        application=one, values={"summary": "Mieux", "title": one.title}, version=one.version, by=one.author, at=later()
    )

    assert refused.value.field == "title"
    assert kept.summary == "Mieux"


def test_completing_keeps_the_number_and_the_first_receipt_and_answers_the_request() -> None:
    one = incomplete("summary")
    first = receipt_of(one)
    kept = actions.save_application(
        application=one, values={"summary": "Mieux"}, version=one.version, by=one.author, at=later(50)
    )

    again = sent(kept, at=later(50))

    assert (again.number, again.state, again.reopened) == ("AAP-2026-0001", ApplicationState.SUBMITTED, [])
    assert again.digest != one.digest
    assert receipt_of(again) == first
    assert Completion.objects.get().answered_at == later(50)
    assert Letter.objects.filter(kind="calls.receipt").count() == 1
    assert Letter.objects.filter(kind="calls.completed").count() == 1


# Withdraw, remind, forget.


@pytest.mark.parametrize("state", [ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.OPINION])
def test_an_application_is_taken_back_until_it_is_decided(state: ApplicationState) -> None:
    one = an_application(state=state)

    gone = actions.withdraw_application(application=one, by=None, at=later())

    assert (gone.state, gone.withdrawn_at) == (ApplicationState.WITHDRAWN, later())


@pytest.mark.parametrize("state", [ApplicationState.GRANTED, ApplicationState.WITHDRAWN, ApplicationState.SETTLED])
def test_it_is_not_taken_back_after(state: ApplicationState) -> None:
    one = an_application(state=state)

    with pytest.raises(CallRefused, match="ne peut plus être retiré"):
        actions.withdraw_application(application=one, by=None, at=later())


def test_a_draft_left_alone_is_reminded_once_a_week_before_the_end() -> None:
    draft, _ = a_draft(), sent()

    told = [actions.remind_drafts(at=later(days)) for days in (22, 23, 24, 31)]

    assert told == [0, 1, 0, 0]
    assert Letter.objects.get(kind="calls.draft").mailbox.user == draft.author


def test_a_draft_is_forgotten_a_year_after_its_last_change() -> None:
    a_draft()
    sent()

    assert actions.forget_drafts(at=later(360)) == 0
    assert actions.forget_drafts(at=later(367)) == 1
    assert Application.objects.get().state == ApplicationState.SUBMITTED


# Who reads what.


def test_a_draft_is_read_by_its_people_alone() -> None:
    draft = a_draft()
    stranger = a_structure()[1]

    readers = [
        Application.objects.visible_to(one, on=AT.date()).count()
        for one in (manager_of(draft.organisation), stranger, agent())
    ]

    assert readers == [1, 0, 0]


def test_the_space_says_what_was_not_typed_again_and_the_gauge_counts_what_was_sent() -> None:
    made, alice = a_structure("Le Relais", family="association", rna="W802000001")
    one = a_ready(organisation=made)

    panel = own_panel(alice)
    before = fields_not_retyped(AT.date()).value
    sent(one)

    assert panel is not None
    assert panel["not_retyped"] == "2\u00a0champs non ressaisis"
    assert (before, fields_not_retyped(AT.date()).value) == (0, 2)
    assert differing(GAUGES, AT.date()) == {}
    assert own_panel(agent()) is None


def test_phrases_name_each_state_for_applicants() -> None:
    assert set(phrases.OWN_STATES) == set(ApplicationState)
