"""The example world of the space, made by the verbs, twice without harm."""

from __future__ import annotations

import pytest

from maillage.accounts.seeds import seed_people
from maillage.outbox.models import Climb, Letter
from maillage.space.checks import find_breaches
from maillage.space.models import MissingActor, Portrait, Suggestion
from maillage.space.queries_history import acts_on
from maillage.space.queries_profile import profile_for
from maillage.space.seeds.answers import plant_answers as plant
from maillage.space.seeds.attachments import plant_profile
from maillage.space.seeds.people import plant_people
from maillage.space.seeds.portrait import face, plant_portrait
from maillage.space.seeds.sheet import drawing, plant_sheet
from tests.factories import small_territory
from tests.space.world import AT, leave, links_in, manager, sheet

pytestmark = pytest.mark.django_db


def test_planting_twice_gives_one_officer_a_cc_one_suggestion_and_one_letter() -> None:
    small_territory()
    seed_people(AT)
    for rank, name in enumerate(("Un", "Deux", "Trois")):
        sheet(name, is_example=True, activities="Couture", age_days=100 - rank, email="")
    assert len(list(find_breaches())) == 3
    first = plant("demo", AT, lambda _: None)
    assert first == {
        "référentes et référents": 3, "propositions": 1, "fiches à confirmer": 1, "structures proposées": 1,
    }  # fmt: skip
    assert plant("demo", AT, lambda _: None)["propositions"] == 0
    assert list(find_breaches()) == []
    assert (Suggestion.objects.count(), Climb.objects.count(), MissingActor.objects.count()) == (1, 1, 1)
    assert Letter.objects.filter(kind="space.missing").count() == 1
    assert Letter.objects.filter(kind="space.freshness").count() == 1
    (letter,) = [one for one in leave(AT) if one.to == ["alice@exemple.maillage.test"]]
    assert set(links_in(letter)) >= {"Toujours valable", "Modifier", "La structure a fermé"}


def test_the_profile_of_an_example_has_two_documents_and_one_expires_soon() -> None:
    one = sheet("Un", is_example=True)
    manager(one, "alice@exemple.maillage.test")
    assert plant_profile("demo", AT, lambda _: None) == {"pièces de profil d’exemple": 2}
    assert plant_profile("demo", AT, lambda _: None) == {}
    told = profile_for(one)
    assert [(kept.kind, kept.extension, kept.is_soon_over(AT.date())) for kept in told.attachments] == [
        ("insurance", "pdf", True),
        ("statutes", "pdf", False),
    ]
    assert told.facts["representative_name"].words == "Alice (exemple)"
    assert find_spoilt() == []


def find_spoilt() -> list[str]:
    return [one.message for one in find_breaches() if one.check == "space.attachments"]


@pytest.mark.usefixtures("wagtail_roots")
def test_the_example_sheet_has_a_picture_a_history_and_a_change_that_waits() -> None:
    small_territory()
    seed_people(AT)
    one = sheet("Un", is_example=True)
    sheet("Deux", is_example=True)
    assert plant_sheet("demo", AT, lambda _: None) == {}
    plant_people("demo", AT, lambda _: None)
    assert plant_sheet("demo", AT, lambda _: None)["images d’exemple"] == 1
    assert plant_sheet("demo", AT, lambda _: None) == {}
    one.refresh_from_db()
    assert one.picture is not None
    assert one.picture_credit == "Dessin d’exemple, fait par ce site"
    names = acts_on(one).exclude(verb="create").values_list("actor_label", flat=True)
    assert list(names) == ["Inès (enseignante)", "Alice (structure)", "Alice (structure)"]
    waits = Suggestion.objects.get()
    assert (str(waits.user), list(waits.facts)) == ("Inès (enseignante)", ["place.opening_hours"])
    one.picture.file.delete(save=False)


@pytest.mark.usefixtures("wagtail_roots")
def test_one_example_officer_has_a_portrait_and_the_others_have_none() -> None:
    small_territory()
    seed_people(AT)
    assert plant_portrait("demo", AT, lambda _: None) == {}
    plant("demo", AT, lambda _: None)
    assert plant_portrait("demo", AT, lambda _: None) == {"portraits d’exemple": 1}
    assert plant_portrait("demo", AT, lambda _: None) == {}
    one = Portrait.objects.get()
    assert one.alt == "Portrait de Rachid (référent)"
    one.picture.file.delete(save=False)


def test_the_drawings_are_the_same_at_each_seed() -> None:
    assert drawing() == drawing()
    assert face() == face()
