"""Figures that indicators follow, of officers, sheets and messages."""

from __future__ import annotations

import pytest
from django.test import Client

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate
from maillage.space import actions
from maillage.space.gauges import GAUGES, held_sheets, messages, officers
from maillage.territories.models import Epci
from tests.factories import person, small_territory
from tests.space.world import AT, manager, sheet
from tests.strategy.counting import differing

pytestmark = pytest.mark.django_db
ON = AT.date()


def test_officers_are_as_many_as_their_page_names(client: Client) -> None:
    home = small_territory()
    epcis = list(Epci.objects.filter(territories=home).order_by("position"))
    for rank, one in enumerate(epcis[:2]):
        for turn in range(2 - rank):  # two in the first: one seat all the same
            who = person(f"referent-{rank}-{turn}@exemple.test", first_name=f"Référent{rank}{turn}")
            Mandate.objects.create(user=who, role=Role.LIAISON_OFFICER, epci=one, start_date=ON)
    figure = officers(ON)
    assert (figure.value, figure.whole, list(figure.parts.values())) == (2, 3, [1, 1, 0])
    page = client.get(figure.path).content.decode()
    assert (page.count("/ecrire/"), "Référent00" in page, "Référent10" in page) == (figure.value, True, True)


def test_a_sheet_is_held_while_its_manager_may_enter() -> None:
    small_territory()
    held, _ = sheet("Tenue", place__commune_id="80620"), sheet("Libre", place__commune_id="80829")
    keeper = manager(held)
    figure = held_sheets(ON)
    assert (figure.value, figure.whole, list(figure.parts.values())) == (1, 2, [1])
    assert differing(GAUGES, ON) == {}
    keeper.is_active = False
    keeper.save()
    assert (held_sheets(ON).value, held_sheets(ON).parts) == (0, {})


def test_messages_count_once_they_left_and_not_their_words() -> None:
    small_territory()
    one, nowhere = sheet("Ici", place__commune_id="80620"), sheet("Nulle part")
    said = {"name": "Chloé", "email": "chloe@exemple.test", "words": "Bonjour."}
    for to in (one, one, nowhere):
        actions.relay(message=actions.write_message(to=to, at=AT, **said), at=AT)
    actions.write_message(to=one, at=AT, **said)
    figure = messages(ON)
    assert (figure.value, list(figure.parts.values()), figure.is_people) == (3, [2], False)
    assert differing(GAUGES, ON) == {}


def test_the_list_of_messages_names_no_writer_and_no_officer() -> None:
    officer, to = person("referent@exemple.test", first_name="Renée"), sheet("Ici")
    said = {"name": "Chloé", "email": "chloe@exemple.test", "words": "Bonjour."}
    for one in (officer, to, to):
        actions.relay(message=actions.write_message(to=one, at=AT, **said), at=AT)
    listing = next(one.listing for one in GAUGES if one.key == "space.messages")
    assert listing is not None
    told = [(line.title, line.value) for line in listing.read(ON, None).every()]
    assert told == [("Ici", 2), ("Référentes et référents des communautés de communes", 1)]
    assert not listing.is_public
