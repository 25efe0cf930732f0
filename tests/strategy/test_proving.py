"""What the platform holds, attached to the measures that it proves: by hand or by a rule, said on both sides."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.kernel.models import JournalEntry
from maillage.strategy import actions
from maillage.strategy.checks import find_breaches
from maillage.strategy.models import Evidence, EvidenceCount, Measure
from maillage.strategy.queries import evidence
from tests.accounts.people import holder
from tests.factories import AT, organisation
from tests.strategy.world import KIND, Things, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(monkeypatch: pytest.MonkeyPatch) -> Things:
    cache.clear()
    return Things(monkeypatch)


def attach(measure: Measure, key: int) -> Evidence:
    return actions.attach_evidence(measure=measure, object_type=KIND, object_id=key, by=None, at=AT)


def counted(measure: Measure) -> int:
    return sum(EvidenceCount.objects.filter(measure=measure).values_list("count", flat=True))


def test_a_proof_is_attached_once_and_counted(things: Things) -> None:
    measure = plan()
    attach(measure, 7)
    attach(measure, 7)
    assert (counted(measure), Evidence.objects.count()) == (1, 1)
    assert JournalEntry.objects.filter(verb="attach_evidence").count() == 1
    assert list(find_breaches()) == []


@pytest.mark.parametrize(("kind", "key"), [(KIND, 99_999), ("essai.autre", 1)])
def test_what_nobody_may_see_proves_nothing(things: Things, kind: str, key: int) -> None:
    measure = plan()
    with pytest.raises(actions.SteeringRefused):
        actions.attach_evidence(measure=measure, object_type=kind, object_id=key, by=None, at=AT)
    assert counted(measure) == 0


def test_a_rule_attaches_follows_and_lets_go(things: Things) -> None:
    measure = plan()
    things.fitting = set(range(1, 1_201))
    assert actions.use_rule(measure=measure, key="essai.rule", by=None, at=AT) == 1_200
    assert actions.apply_rules(at=AT) == 0
    things.fitting = {2, 3, 1_500}
    assert actions.apply_rules(at=AT) == 1_198 + 1
    assert set(Evidence.objects.values_list("object_id", flat=True)) == {2, 3, 1_500}
    assert counted(measure) == 3
    assert actions.drop_rule(measure=measure, key="essai.rule", by=None, at=AT) == 3
    assert (counted(measure), actions.apply_rules(at=AT), list(find_breaches())) == (0, 0, [])


def test_what_a_person_attached_outlives_the_rule(things: Things) -> None:
    measure = plan()
    things.fitting = {1, 2}
    actions.use_rule(measure=measure, key="essai.rule", by=None, at=AT)
    attach(measure, 1)
    attach(measure, 9)
    actions.drop_rule(measure=measure, key="essai.rule", by=None, at=AT)
    assert set(Evidence.objects.values_list("object_id", flat=True)) == {1, 9}
    assert counted(measure) == 2


def test_a_detached_proof_is_gone_once(things: Things) -> None:
    measure = plan()
    proof = attach(measure, 7)
    actions.detach_evidence(evidence=proof, by=None, at=AT)
    actions.detach_evidence(evidence=proof, by=None, at=AT)
    assert (counted(measure), JournalEntry.objects.filter(verb="detach_evidence").count()) == (0, 1)


def test_an_unknown_rule_is_refused(things: Things) -> None:
    with pytest.raises(actions.SteeringRefused):
        actions.use_rule(measure=plan(), key="essai.rien", by=None, at=AT)


def test_a_wrong_count_is_a_breach(things: Things) -> None:
    measure = plan()
    attach(measure, 7)
    EvidenceCount.objects.update(count=3)
    (breach,) = find_breaches()
    assert "3 comptées, 1 attachées" in breach.message


def test_a_proof_is_by_hand_or_by_rule_never_both(things: Things) -> None:
    measure = plan()
    attach(measure, 7)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(rule="essai.rule", by=holder(Role.AGENT))


def test_the_page_of_a_measure_shows_the_last_ones_and_leads_to_all(client: Client, things: Things) -> None:
    measure = plan()
    for key in range(1, 31):
        attach(measure, key)
    html = client.get("/strategie/1.1/").content.decode()
    assert "30\xa0choses" in html
    assert html.count("/choses/") == evidence.LATEST
    page = client.get(f"/strategie/1.1/preuves/?quoi={KIND}&page=2").content.decode()
    assert page.count("/choses/") == 10


@pytest.mark.parametrize("many", [1, 300])
def test_however_many_proofs_the_page_asks_as_much(
    client: Client, things: Things, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    measure = plan()
    things.fitting = set(range(1, many + 1))
    actions.use_rule(measure=measure, key="essai.rule", by=None, at=AT)
    with django_assert_max_num_queries(24):
        assert client.get("/strategie/1.1/").status_code == 200
    assert things.calls == 1


def test_what_is_no_longer_public_is_not_named(client: Client, things: Things) -> None:
    measure = plan()
    attach(measure, 7)
    things.seen = set()
    assert "Chose 7" not in client.get("/strategie/1.1/").content.decode()
    assert "N’est plus public" in client.get("/strategie/1.1/preuves/").content.decode()


def test_an_organisation_says_which_measure_it_proves(client: Client) -> None:
    cache.clear()
    measure, one = plan(), organisation("Le Fil vert", status="published")
    actions.attach_evidence(measure=measure, object_type="directory.organisation", object_id=one.pk, by=None, at=AT)
    assert "/strategie/1.1/" in client.get(one.get_absolute_url()).content.decode()
    assert "Le Fil vert" in client.get("/strategie/1.1/").content.decode()


def test_the_directory_offers_a_rule_for_each_theme() -> None:
    measure, one = plan(), organisation("Le Fil vert", status="published")
    organisation("Ailleurs", status="published")
    term = Term.objects.create(kind=TermKind.THEME, code="essai", label="Essai")
    one.terms.add(term)
    assert actions.use_rule(measure=measure, key="directory.theme:essai", by=None, at=AT) == 1
    assert Evidence.objects.get().object_id == one.pk


@pytest.mark.usefixtures("wagtail_roots")
def test_an_agent_searches_attaches_and_chooses_a_rule(client: Client, things: Things) -> None:
    measure = plan()
    client.force_login(holder(Role.AGENT))
    page = f"/gestion/strategie/mesures/{measure.pk}/"
    assert f'value="{KIND}:7"' in client.get(f"{page}?preuve=sept").content.decode()
    client.post(f"{page}preuves/", {"what": f"{KIND}:7"})
    things.fitting = {8}
    client.post(f"{page}regles/", {"rule": "essai.rule"})
    assert counted(measure) == 2
    client.post(f"/gestion/strategie/preuves/{Evidence.objects.get(object_id=7).pk}/retirer/")
    client.post(f"{page}regles/", {"rule": "essai.rule", "off": "1"})
    assert counted(measure) == 0
    assert "n’existe plus" in client.post(f"{page}preuves/", {"what": "rien"}, follow=True).content.decode()
