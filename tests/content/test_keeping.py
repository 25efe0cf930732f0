"""What is known of a resource: verified on a day, opened so often by nobody in particular, dead or alive."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from maillage.content import actions, phrases
from maillage.content.models import Resource, Upkeep
from maillage.content.queries import office_panel, office_resources
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import ToDo
from tests.content.world import AT, ON, Web, agent, made, with_file

pytestmark = pytest.mark.django_db


def test_somebody_verifies_a_resource_on_a_day_that_is_over() -> None:
    row = made()
    upkeep = actions.verify(resource=row, by=agent(), at=AT)
    assert (upkeep.verified_on, upkeep.verified_by) == (ON, agent())
    actions.verify(resource=row, by=agent(), at=AT, on=ON - timedelta(days=3))
    assert Upkeep.objects.get().verified_on == ON - timedelta(days=3)
    with pytest.raises(actions.ContentRefused) as refusal:
        actions.verify(resource=row, by=agent(), at=AT, on=ON + timedelta(days=1))
    assert refusal.value.phrase == phrases.NOT_YET
    assert JournalEntry.objects.filter(verb="verify_resource").count() == 2


def test_publishing_an_older_text_takes_no_verification_back() -> None:
    row = made()
    first = row.save_revision()
    actions.verify(resource=row, by=agent(), at=AT)
    first.publish(skip_permission_checks=True)
    assert Upkeep.objects.get().verified_on == ON


def test_after_a_year_a_resource_is_to_verify_again() -> None:
    old, fresh, never = made("Vieille"), made("Fraîche"), made("Jamais")
    actions.verify(resource=old, by=agent(), at=AT, on=ON - timedelta(days=366))
    actions.verify(resource=fresh, by=agent(), at=AT, on=ON - timedelta(days=364))
    assert list(office_resources("a-verifier", words="", on=ON)) == [never, old]
    assert list(office_resources("publiees", words="fraiche", on=ON)) == [fresh]
    assert list(office_resources("brouillons", words="", on=ON)) == []


def test_uses_are_counted_without_the_journal() -> None:
    row = made()
    before = JournalEntry.objects.count()
    assert [actions.count_use(resource=row), actions.count_use(resource=row)] == [True, True]
    assert (Upkeep.objects.get().uses, JournalEntry.objects.count()) == (2, before)


def test_a_dead_link_is_a_to_do_once_and_closes_by_itself() -> None:
    row = made(link="https://a.test/mort")
    made("Autre", link="https://a.test/bon")
    made("Exemple", link="https://a.test/mort", is_example=True)
    for day in (0, 1):
        assert actions.check_links(at=AT + timedelta(days=day), ask=Web(mort="404")) == (2, 1)
    to_do = ToDo.objects.get()
    assert (to_do.object_type, to_do.object_id, to_do.done_at) == ("content.resource", row.pk, None)
    assert list(Resource.objects.broken()) == [row]
    panel = office_panel(agent())
    assert panel is not None
    assert panel["broken"] == 1
    actions.check_links(at=AT + timedelta(days=2), ask=Web(mort="silent"))
    assert Upkeep.objects.get(resource=row).trouble_words == "page introuvable"
    actions.check_links(at=AT + timedelta(days=3), ask=Web())
    to_do.refresh_from_db()
    assert (Upkeep.objects.get(resource=row).trouble, to_do.done_at) == ("", AT + timedelta(days=3))


def test_a_missing_file_is_a_to_do_too() -> None:
    row = with_file()
    assert row.document is not None
    assert actions.check_links(at=AT, ask=Web()) == (1, 0)
    row.document.file.storage.delete(row.document.file.name)
    assert actions.check_links(at=AT, ask=Web()) == (1, 1)
    assert (Upkeep.objects.get().trouble, ToDo.objects.get().title) == (
        "file", phrases.MISSING_FILE.format(title="Modèle de budget")
    )  # fmt: skip


def test_when_our_own_network_is_cut_links_stay_as_they_were_known() -> None:
    made(link="https://a.test/un")
    assert actions.check_links(at=AT, ask=Web(un="silent")) == (0, 0)
    assert (Upkeep.objects.get().trouble, ToDo.objects.count()) == ("", 0)


def test_the_command_asks_every_room() -> None:
    said = StringIO()
    call_command("check_links", stdout=said)
    assert [line.partition("\u00a0")[0] for line in said.getvalue().splitlines()] == ["Aides", "Ressources"]
