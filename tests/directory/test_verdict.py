"""Who decides whether a sheet belongs to the ESS: a person, or again the rule."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from maillage.accounts.enums import Role
from maillage.directory import actions
from maillage.directory.facts import facts_of
from maillage.directory.models import Organisation
from maillage.directory.queries.verdicts import rule_says
from maillage.kernel.models import JournalEntry, Source
from tests.accounts.people import holder
from tests.directory.importing import bring, own_files
from tests.factories import AT, human_source, siren

__all__ = ["own_files"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
VERDICT = ("ess_verdict", "ess_reason", "ess_overridden", "ess_note")
LINES = ("Nom;SIREN;Catégorie juridique;ESUS", f"Les Ateliers;{siren(1)};9220;", f"Le Relais;{siren(2)};5710;oui")


def verdict(organisation: Organisation) -> tuple[object, ...]:
    facts = facts_of(Organisation.objects.get(pk=organisation.pk))
    return tuple(facts[name] for name in VERDICT)


def overruled(name: str) -> Organisation:
    bring(*LINES)
    made = Organisation.objects.get(name=name)
    facts = {"ess_verdict": "no", "ess_reason": "person", "ess_overridden": True, "ess_note": "Dissoute en fait."}
    actions.revise_organisation(organisation=made, facts=facts, source=human_source(), by=None, at=AT)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(("name", "reason"), [("Les Ateliers", "core_category"), ("Le Relais", "esus")])
def test_the_rule_decides_again_with_what_the_sheet_and_its_history_say(name: str, reason: str) -> None:
    made = overruled(name)
    assert rule_says(made) == {"ess_verdict": "yes", "ess_reason": reason}
    actions.follow_rule(organisation=made, by=None, at=AT)
    assert verdict(made) == ("yes", reason, False, "")
    origins = Source.objects.in_bulk(set(Organisation.objects.get(pk=made.pk).sources.values()))
    sources = Organisation.objects.get(pk=made.pk).sources
    assert {origins[sources[field]].title for field in VERDICT} == {"Règle de l’ESS"}


def test_imports_may_change_it_again() -> None:
    made = overruled("Les Ateliers")
    bring(LINES[0], f"Les Ateliers;{siren(1)};5710;", label="Autre")
    assert verdict(made)[0] == "no"
    actions.follow_rule(organisation=made, by=None, at=AT)
    assert verdict(made)[:2] == ("no", "commercial_without_flag")
    bring(LINES[0], f"Les Ateliers;{siren(1)};9220;", label="Autre")
    assert verdict(made)[:2] == ("yes", "core_category")


def test_the_history_gives_the_decision_of_the_person_back() -> None:
    made = overruled("Les Ateliers")
    before = verdict(made)
    actions.follow_rule(organisation=made, by=None, at=AT)
    act = JournalEntry.objects.get(verb="follow_rule")
    actions.revert_to(act=act, source=human_source(), by=None, at=AT)
    assert verdict(made) == before


def test_nothing_is_written_when_nobody_had_decided() -> None:
    bring(*LINES)
    made = Organisation.objects.get(name="Les Ateliers")
    assert actions.follow_rule(organisation=made, by=None, at=AT) == {}
    assert not JournalEntry.objects.filter(verb="follow_rule").exists()


def test_the_screen_says_what_the_rule_says_before_it_does_it(client: Client) -> None:
    made = overruled("Les Ateliers")
    client.force_login(holder(Role.AGENT))
    address = reverse("directory_office:follow_rule", args=[made.pk])
    assert address in client.get(reverse("directory_office:sheet", args=[made.pk])).content.decode()
    page = client.get(address).content.decode()
    assert "Sa forme juridique relève de l’ESS" in page
    assert "Dissoute en fait." in page
    assert verdict(made)[0] == "no"
    client.post(address)
    assert verdict(made)[0] == "yes"
    assert address not in client.get(reverse("directory_office:sheet", args=[made.pk])).content.decode()
