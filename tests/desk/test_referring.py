"""Introduce a project to a partner: with the holder's word, answered from a letter, asked again, rated."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from maillage.desk import actions, phrases
from maillage.desk.enums import Outcome, Stage, Turn, Usefulness
from maillage.desk.models import Partner, Referral
from maillage.desk.queries import partners, proposals, sleeping_partners
from maillage.outbox import actions as outbox
from maillage.outbox.models import Climb, ToDo
from maillage.territories.models import Commune, Epci
from tests.desk.world import (
    AT,
    CHLOE,
    PARTNER,
    agent,
    chloe,
    click,
    followed,
    later,
    partner,
    posted,
    referred,
    requested,
    words,
)

pytestmark = pytest.mark.django_db


def agreed() -> Referral:
    one = referred(project := followed())
    return actions.agree_referral(referral=one, at=AT, by=chloe(project))


def test_nothing_is_told_before_the_holder_agrees() -> None:
    one = referred(followed())
    assert posted("desk.referral") == [CHLOE]
    assert one.shared in words("desk.referral")
    assert posted("desk.partner") == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.update(state=Turn.ASKED)


def test_the_holder_agrees_from_the_letter_and_the_partner_is_asked(client: Client) -> None:
    one = referred(followed())
    path = click("desk.referral", "desk.agree")
    client.get(path)
    assert posted("desk.partner") == []
    client.post(path)
    client.post(path)
    one.refresh_from_db()
    assert (one.state, posted("desk.partner")) == (Turn.ASKED, [PARTNER])
    assert one.shared in words("desk.partner")
    assert "Chloé" not in words("desk.partner")
    assert CHLOE not in words("desk.partner")


def test_the_holder_would_rather_not(client: Client) -> None:
    one = referred(project := followed())
    client.post(click("desk.referral", "desk.refuse"))
    one.refresh_from_db()
    assert (one.state, posted("desk.partner")) == (Turn.REFUSED, [])
    with pytest.raises(actions.DeskRefused):
        actions.agree_referral(referral=one, at=AT, by=chloe(project))
    # Another day, with other words, the same partner may be proposed again.
    referred(project, one.partner)


def test_what_was_told_cannot_be_taken_back() -> None:
    with pytest.raises(actions.DeskRefused, match="déjà été sollicité"):
        actions.refuse_referral(referral=agreed(), at=AT, by=None)


@pytest.mark.parametrize(
    ("purpose", "state"),
    [("desk.take", Turn.TAKEN), ("desk.not_us", Turn.NOT_FOR_US), ("desk.already", Turn.ALREADY)],
)
def test_the_partner_answers_from_its_letter(client: Client, purpose: str, state: Turn) -> None:
    one = agreed()
    path = click("desk.partner", purpose)
    assert one.shared in client.get(path).content.decode()
    client.post(path)
    one.refresh_from_db()
    assert (one.state, one.answered_at is not None) == (state, True)
    assert not Climb.objects.filter(closed_at=None).exists()
    assert posted("desk.referral_answered") == [CHLOE]
    assert posted("desk.partner_said") == ["agent@exemple.test"]
    assert words("desk.partner") == ""


def test_a_partner_reads_nothing_of_another(client: Client) -> None:
    first = agreed()
    other = partner("L’autre réseau", email="autre@partenaire.test")
    second = referred(first.project, other)
    actions.agree_referral(referral=second, at=AT, by=chloe(first.project))
    actions.answer_referral(referral=first, state=Turn.TAKEN, at=AT, words="Nous l’appelons.")
    letter, page = words("desk.partner"), client.get(click("desk.partner", "desk.take")).content.decode()
    for told in (letter, page):
        assert "Le réseau" not in told
        assert "Nous l’appelons." not in told


def test_a_partner_who_says_nothing_is_asked_twice_then_called() -> None:
    agreed()
    for days, letters in ((8, 1), (9, 2), (20, 2), (21, 3), (44, 3)):
        outbox.take_steps(at=later(days))
        assert len(posted("desk.partner")) == letters, days
    said = [("Nous vous avons écrit le" in words("desk.partner", at=later(days))) for days in (1, 9, 21)]
    assert said == [False, True, True]
    assert not ToDo.objects.exists()
    outbox.take_steps(at=later(45))
    assert [one.title for one in ToDo.objects.all()] == [phrases.CALL_PARTNER_LATE]


def test_an_answer_ends_what_was_asked_of_the_agents() -> None:
    one = agreed()
    for days in (9, 21, 45):
        outbox.take_steps(at=later(days))
    actions.answer_referral(referral=one, state=Turn.TAKEN, at=later(46), by=agent())
    assert not ToDo.objects.filter(done_at=None).exists()


def test_a_partner_without_an_address_is_called() -> None:
    one = referred(project := followed(), partner(email=""))
    actions.agree_referral(referral=one, at=AT, by=None, noted_by=agent())
    one.refresh_from_db()
    assert (one.state, one.consent_noted_by) == (Turn.ASKED, agent())
    assert [(to_do.title, to_do.owner) for to_do in ToDo.objects.all()] == [(phrases.CALL_PARTNER, project.adviser)]


def test_once_it_is_over_the_holder_says_whether_it_helped(client: Client) -> None:
    one = agreed()
    with pytest.raises(actions.DeskRefused):
        actions.rate_referral(referral=one, usefulness=Usefulness.YES, at=AT, by=None)
    actions.close_referral(referral=one, by=agent(), at=AT)
    assert posted("desk.useful") == [CHLOE]
    client.post(click("desk.useful", "desk.useful_partly"))
    one.refresh_from_db()
    assert one.usefulness == Usefulness.PARTLY
    with pytest.raises(actions.DeskRefused):
        actions.close_referral(referral=one, by=agent(), at=AT)
    with pytest.raises(actions.DeskRefused):
        actions.answer_referral(referral=one, state=Turn.TAKEN, at=AT)


def test_the_same_partner_is_not_proposed_twice_at_once() -> None:
    one = referred(project := followed())
    with pytest.raises(actions.DeskRefused) as refusal:
        referred(project, one.partner)
    assert refusal.value.field == "partner"


@pytest.mark.parametrize("empty", ["why", "shared"])
def test_a_proposal_says_why_and_what_would_be_told(empty: str) -> None:
    told = {"why": "Il aide.", "shared": "Un groupe.", empty: " "}
    with pytest.raises(actions.DeskRefused) as refusal:
        actions.propose_referral(project=followed(), partner=partner(), by=agent(), at=AT, **told)
    assert refusal.value.field == empty


def test_a_closed_file_asks_nothing_more_of_partners_nor_of_agents() -> None:
    one = agreed()
    for days in (9, 21, 45):
        outbox.take_steps(at=later(days))
    assert ToDo.objects.filter(done_at=None).count() == 1
    result = actions.Result(Outcome.ABANDONED, "Le groupe s’arrête.")
    actions.close_project(project=one.project, result=result, by=agent(), at=AT)
    one.refresh_from_db()
    assert one.state == Turn.CLOSED
    assert not ToDo.objects.filter(done_at=None).exists()
    assert not Climb.objects.filter(closed_at=None).exists()
    assert words("desk.partner") == ""


def test_partners_are_proposed_by_theme_place_and_stage_with_reasons() -> None:
    here, there = Epci.objects.order_by("pk")[:2]
    town = Commune.objects.filter(epci=here).order_by("pk").first()
    project = requested(commune=town)
    partner("Partout")
    partner("Ici", places=[here], stages=[Stage.IDEA])
    partner("Ailleurs", places=[there])
    partner("Plus tard", stages=[Stage.SCALING])
    partner("Parti", is_active=False)
    found = proposals(project)
    assert [(one.partner.name, one.fits) for one in found] == [
        ("Ici", True), ("Partout", True), ("Ailleurs", False), ("Plus tard", False),
    ]  # fmt: skip
    assert found[0].reasons == ("tous les thèmes", f"présent à {here.short_name}", "étape « juste une idée »")
    assert found[2].gaps == ("d’autres communautés de communes",)


def test_a_name_is_of_one_partner() -> None:
    one = partner()
    with pytest.raises(actions.DeskRefused) as refusal:
        partner()
    assert refusal.value.field == "name"
    facts = actions.PartnerFacts(name="Le grand réseau", brings="Tout.")
    assert actions.save_partner(facts=facts, by=agent(), at=AT, partner=one).pk == one.pk
    assert Partner.objects.count() == 1


def test_the_list_says_who_does_not_answer() -> None:
    one = partner()
    for number in range(6):
        project = followed(email=f"p{number}@exemple.test")
        made = referred(project, one)
        actions.agree_referral(referral=made, at=AT, by=chloe(project))
    assert [(row.name, row.asked, row.waiting) for row in partners()] == [("Le réseau", 6, 6)]
    assert sleeping_partners(later(29)) == []
    assert sleeping_partners(later(31)) == [one]
