"""The sheet in its people's hands: only what they change is written, and never over another's change."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from maillage.directory import actions as directory
from maillage.directory.models import Organisation
from maillage.kernel.models import JournalEntry, Source
from maillage.space import actions
from maillage.space.enums import Part
from maillage.space.forms import OwnSheetForm
from tests.factories import AT, human_source, small_territory
from tests.space.people import OWN_ADDRESS, known

pytestmark = pytest.mark.django_db


def public_page(made: Organisation) -> str:
    """As a stranger reads it, and not as it was kept: inside a test nothing is committed."""
    cache.clear()
    return Client().get(made.get_absolute_url()).content.decode()


@pytest.fixture
def made(client: Client) -> Organisation:
    small_territory()
    made = known()
    held = actions.admit(organisation=made, email=OWN_ADDRESS, part=Part.MANAGER, by=None, at=AT)
    client.force_login(held.user)
    return made


def filled(made: Organisation, **said: Any) -> dict[str, Any]:
    """What a browser sends: the values of the page as it was opened, and what was typed."""
    form = OwnSheetForm(organisation=made)
    sent: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        sent[f"initial-{name}"] = str(value) if isinstance(value, bool) else value
        if value is True:
            sent[name] = "on"
        elif value is not False:
            sent[name] = value
    return {**sent, **said}


def test_a_change_is_written_with_who_said_it(client: Client, made: Organisation) -> None:
    before = JournalEntry.objects.filter(verb="revise").count()
    answer = client.post(f"/moi/structures/{made.pk}/", filled(made, description="Nous réparons des vélos."))
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.description == "Nous réparons des vélos."
    [entry] = JournalEntry.objects.filter(verb="revise").order_by("-pk")[: 1 + before]
    assert list(entry.changes) == ["description"]
    said = Source.objects.get(pk=made.sources["description"])
    assert (said.kind, said.title) == (Source.Kind.OWNER, "Le Fil vert, par ses membres")


def test_the_contact_is_shown_only_when_they_say_so(client: Client, made: Organisation) -> None:
    assert OWN_ADDRESS not in public_page(made)
    client.post(f"/moi/structures/{made.pk}/", filled(made, contact_is_public="on"))
    assert OWN_ADDRESS in public_page(made)
    made.refresh_from_db()
    client.post(f"/moi/structures/{made.pk}/", filled(made) | {"contact_is_public": ""})
    assert OWN_ADDRESS not in public_page(made)


def test_what_another_changed_meanwhile_is_not_overwritten_in_silence(client: Client, made: Organisation) -> None:
    opened = filled(made, description="Ma version.", phone="03 22 00 00 01")
    directory.revise_organisation(
        organisation=made, facts={"description": "Sa version."}, source=human_source(), by=None, at=AT
    )
    answer = client.post(f"/moi/structures/{made.pk}/", opened)
    page = answer.content.decode()
    assert (answer.status_code, "Sa version." in page, "Ma version." in page) == (422, True, True)
    made.refresh_from_db()
    assert (made.description, made.phone) == ("Sa version.", "")
    client.post(f"/moi/structures/{made.pk}/", {**opened, "initial-description": "Sa version."})
    made.refresh_from_db()
    assert (made.description, made.phone) == ("Ma version.", "03 22 00 00 01")


def test_a_wrong_value_is_said_at_its_field_and_nothing_is_written(client: Client, made: Organisation) -> None:
    answer = client.post(f"/moi/structures/{made.pk}/", filled(made, name="", website="pas une adresse"))
    assert answer.status_code == 422
    assert answer.content.decode().count("field-error") == 2
    made.refresh_from_db()
    assert made.name == "Le Fil vert"


def test_it_is_saved_as_one_goes(client: Client, made: Organisation) -> None:
    answer = client.post(
        f"/moi/structures/{made.pk}/", filled(made, activities="Réemploi"), headers={"HX-Request": "true"}
    )
    said = answer.content.decode()
    assert said.startswith("C’est enregistré. (")
    # Only what was saved starts anew: what is being typed in another field stays on the page.
    assert re.findall(r'name="(initial-[^"]+)"', said) == ["initial-activities"]
    assert "Dit par vous le" in said


def test_the_page_costs_the_same_whatever_the_people(
    client: Client, made: Organisation, django_assert_max_num_queries: Any
) -> None:
    for rank in range(5):
        actions.admit(organisation=made, email=f"p{rank}@exemple.test", part=Part.CONTRIBUTOR, by=None, at=AT)
    with django_assert_max_num_queries(10):
        client.get(f"/moi/structures/{made.pk}/personnes/")
