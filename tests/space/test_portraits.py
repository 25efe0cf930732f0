"""The portrait of a liaison officer: put by themself, shown while the mandate runs, gone with its file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings
from wagtail.images import get_image_model

from maillage.accounts.actions import delegate
from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.kernel import once
from maillage.kernel.actions import erase_person, export_person, load_values, person_of, purge
from maillage.kernel.models import JournalEntry
from maillage.kernel.uploads import clean_picture
from maillage.space import actions
from maillage.space.actions import portraits
from maillage.space.models import Portrait
from maillage.space.queries_officers import PORTRAIT, seats, with_portraits
from maillage.territories.models import Epci
from tests.accounts.people import holder
from tests.factories import commune, epci, person, territory
from tests.forms import form_in
from tests.space.pictures import OWNER, hidden_in, kept_in, photograph, sent
from tests.space.test_suggestions import officer
from tests.space.world import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
PAGE = "/moi/referent/portrait/"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.STORAGES = kept_in(tmp_path, settings.STORAGES)
    return tmp_path


def files(media: Path) -> list[Path]:
    return sorted(path for path in media.rglob("*") if path.is_file())


@pytest.fixture
def north() -> Epci:
    made = epci("CC du Nord")
    territory([commune("80620", "Péronne", of=made)], [made])
    return made


@pytest.fixture
def rachid(north: Epci) -> User:
    user = officer(north)
    User.objects.filter(pk=user.pk).update(last_name="Exemple")
    user.refresh_from_db()
    return user


@pytest.fixture
def send(client: Client, rachid: User) -> Callable[..., Any]:
    client.force_login(rachid)

    def post(**said: Any) -> Any:
        told = {"file": sent(), "consent": "on", **said}
        return client.post(PAGE, {name: value for name, value in told.items() if value is not None})

    return post


def put(user: User, colour: str = "teal") -> Portrait:
    return actions.put_portrait(officer=user, picture=clean_picture(BytesIO(photograph(colour))), at=AT)


def officers_page() -> str:
    cache.clear()
    return Client().get("/referents/").content.decode()


def test_a_portrait_is_public_without_what_the_telephone_hid_in_it(
    send: Callable[..., Any], rachid: User, media: Path
) -> None:
    assert hidden_in(photograph())
    assert send().status_code == 302
    (kept,) = files(media)
    assert (hidden_in(kept.read_bytes()), OWNER.encode() in kept.read_bytes()) == ([], False)
    assert "IMG_2041" not in kept.name
    act = JournalEntry.objects.get(verb="put_portrait")
    assert (act.actor_id, act.object_id, act.note) == (rachid.pk, rachid.pk, "Accord pour que ce portrait soit public")
    (image,) = [word for word in officers_page().split("<img ")[1:] if "Portrait" in word]
    assert 'alt="Portrait de Rachid Exemple"' in image
    drawn = image.split(">")[0].split()
    assert {'width="80"', 'height="80"', 'loading="lazy"'} <= set(drawn)
    cache.clear()
    assert 'alt="Portrait de Rachid Exemple"' in Client().get("/communes/80620-peronne/").content.decode()


def test_without_a_portrait_the_initials_stand_in_its_place(rachid: User) -> None:
    assert '<span class="portrait portrait-none" aria-hidden="true">RE</span>' in officers_page()
    cache.clear()
    assert 'class="portrait' not in Client().get("/communes/80620-peronne/").content.decode()


@pytest.mark.parametrize(
    ("first", "last", "initials"),
    [("Rachid", "Exemple", "RE"), ("Édith", "", "É"), ("Rachid", "(référent)", "R"), ("", "", "")],
)
def test_initials_are_letters(first: str, last: str, initials: str) -> None:
    assert User(first_name=first, last_name=last).initials == initials


def test_what_is_read_aloud_is_good_french() -> None:
    told = [Portrait(user=User(first_name=name)).alt for name in ("Rachid", "Édith", "")]
    assert told == ["Portrait de Rachid", "Portrait d’Édith", "Portrait de la personne référente"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"file": None}, "file"),
        ({"consent": None}, "consent"),
        ({"file": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, "file"),
        ({"file": b"%PDF-1.7"}, "file"),
    ],
    ids=["no file", "no consent", "drawing", "lie"],
)
def test_a_refusal_says_where_and_leaves_no_file(
    send: Callable[..., Any], media: Path, said: dict[str, Any], field: str
) -> None:
    if isinstance(said.get("file"), bytes):
        said = {"file": sent(said["file"])}
    answer = send(**said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (files(media), get_image_model().objects.count(), Portrait.objects.count()) == ([], 0, 0)


def test_too_heavy_a_request_is_not_even_read_and_a_token_is_asked(client: Client, rachid: User) -> None:
    client.force_login(rachid)
    answer = client.post(PAGE, b"", "multipart/form-data", CONTENT_LENGTH="9000000")
    assert (answer.status_code, "8\u00a0Mo" in answer.content.decode()) == (413, True)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(rachid)
    assert strict.post(PAGE, {"withdraw": "1"}).status_code == 403


def test_a_replaced_portrait_leaves_with_its_file_and_renditions(
    rachid: User, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    put(rachid).picture.get_rendition(PORTRAIT)
    old = files(media)
    assert len(old) == 2
    with django_capture_on_commit_callbacks(execute=True):
        put(rachid, "navy")
    assert (Portrait.objects.count(), get_image_model().objects.count()) == (1, 1)
    assert len(files(media)) == 1
    assert files(media)[0] not in old


def test_a_withdrawn_portrait_leaves_at_once_with_its_file_and_renditions(
    client: Client, rachid: User, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        put(rachid)
    assert "Portrait de Rachid" in Client().get("/referents/").content.decode()  # kept for strangers, with a rendition
    assert len(files(media)) == 2
    client.force_login(rachid)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(PAGE, {"withdraw": "1"})["Location"] == PAGE
    assert "Portrait de Rachid" not in Client().get("/referents/").content.decode()
    assert (files(media), get_image_model().objects.count(), Portrait.objects.count()) == ([], 0, 0)
    act = JournalEntry.objects.get(verb="withdraw_portrait")
    assert (act.actor_id, act.object_id) == (rachid.pk, rachid.pk)


def test_a_file_whose_portrait_is_not_written_does_not_stay(
    rachid: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(portraits, "journal", refuse)
    with pytest.raises(DatabaseError):
        put(rachid)
    assert (files(media), get_image_model().objects.count()) == ([], 0)


def test_a_form_sent_twice_puts_one_portrait_and_another_picture_is_not_taken_for_it(
    client: Client, rachid: User
) -> None:
    client.force_login(rachid)
    key = {once.FIELD: form_in(client.get(PAGE).content.decode(), "")[once.FIELD], "consent": "on"}
    answers = [client.post(PAGE, {**key, "file": sent()}).status_code for _ in range(2)]
    other = client.post(PAGE, {**key, "file": SimpleUploadedFile("b.jpg", photograph("navy"), "image/jpeg")})
    assert (answers, other.status_code) == ([302, 302], 409)
    assert "Ce formulaire est déjà parti" in other.content.decode()
    assert JournalEntry.objects.filter(verb="put_portrait").count() == 1


def test_only_a_mandate_of_ones_own_that_runs_opens_the_page(client: Client, north: Epci, rachid: User) -> None:
    salima = officer(epci("CC de l’Est"), "salima@exemple.test", end=AT.date())
    agent = holder(Role.AGENT, second_factor=False)
    today = AT.date()
    delegate(giver=rachid, taker=agent, start_date=today, end_date=today, by=rachid, at=AT)
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        for user in (salima, person("chloe@exemple.test")):
            client.force_login(user)
            assert client.get(PAGE).status_code == 403
            assert client.post(PAGE, {"file": sent(), "consent": "on"}).status_code == 403
    with time_machine.travel(AT, tick=False):
        client.force_login(salima)
        page = client.get("/moi/").content.decode()
        assert f'href="{PAGE}"' in page
        assert f'href="{PAGE}"' in client.get("/moi/referent/").content.decode()
        assert client.get(PAGE).status_code == 200
        client.force_login(agent)
        assert client.get(PAGE).status_code == 403
        assert f'href="{PAGE}"' not in client.get("/moi/").content.decode()
    assert Portrait.objects.count() == 0


def test_it_is_not_shown_before_or_after_the_mandate_nor_with_a_closed_account(rachid: User) -> None:
    put(rachid)
    mandate = Mandate.objects.get(user=rachid)
    mandate.start_date = mandate.end_date = AT.date()
    mandate.save()

    def shown(days: int) -> bool:
        with time_machine.travel(AT + timedelta(days=days), tick=False):
            return "Portrait de Rachid" in officers_page()

    assert [shown(days) for days in (-1, 0, 1)] == [False, True, False]
    User.objects.filter(pk=rachid.pk).update(is_active=False)
    assert not shown(0)


def test_whoever_stands_in_shows_their_own_face_or_none(north: Epci, rachid: User) -> None:
    jeanne = officer(epci("CC du Sud"), "jeanne@exemple.test")
    bruno = holder(Role.AGENT, first_name="Bruno")
    put(rachid)
    put(bruno)  # from a mandate of before: today he is an agent only
    today = AT.date()

    def faces() -> tuple[str, str]:
        [seat] = with_portraits([one for one in seats(today) if one.epci == north], today)
        return str(seat.portrait), str(seat.stand_in_portrait)

    first = delegate(giver=rachid, taker=bruno, start_date=today, end_date=today, by=rachid, at=AT)
    assert faces() == ("Portrait de Rachid Exemple", "None")
    first.delete()
    delegate(giver=rachid, taker=jeanne, start_date=today, end_date=today, by=rachid, at=AT)
    assert faces() == ("Portrait de Rachid Exemple", "None")
    User.objects.filter(pk=jeanne.pk).update(first_name="Jeanne")
    put(jeanne, "navy")
    assert faces() == ("Portrait de Rachid Exemple", "Portrait de Jeanne")
    with time_machine.travel(AT, tick=False):
        assert officers_page().count('alt="Portrait de Jeanne"') == 1


def test_one_portrait_or_three_are_read_at_one_count(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    places = [epci(f"CC {number}") for number in range(3)]
    territory([], places)
    people = [officer(place, f"p{number}@exemple.test") for number, place in enumerate(places)]
    for number in (1, 3):
        for user in people[:number]:
            put(user).picture.get_rendition(PORTRAIT)
        found = seats(AT.date())
        with django_assert_num_queries(3):
            shown = [one.portrait for one in with_portraits(found, AT.date()) if one.portrait]
            assert len([one.picture.get_rendition(PORTRAIT).url for one in shown]) == number


def test_the_archive_of_a_person_holds_their_portrait(rachid: User, media: Path) -> None:
    load_values()
    made = put(rachid)
    held = io.BytesIO()
    export_person(person=person_of(rachid), to=held, at=AT)
    opened = zipfile.ZipFile(held)
    told = {one["sujet"]: one for one in json.loads(opened.read("donnees.json"))}
    assert opened.read(f"fichiers/{made.picture.file.name}") == files(media)[0].read_bytes()
    (row,) = told["Votre portrait"]["lignes"]
    assert row["accord pour qu’il soit public"] == AT.isoformat()
    assert told["Votre portrait"]["durée"] == "36 mois depuis la fin du dernier mandat de référent"
    assert "Images que vous avez ajoutées" not in told  # it would say that the picture stays


def test_whoever_leaves_takes_their_portrait_along_and_the_others_stay(
    north: Epci, rachid: User, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    load_values()
    other = put(officer(epci("CC du Sud"), "jeanne@exemple.test"))
    stays = files(media)
    put(rachid).picture.get_rendition(PORTRAIT)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=person_of(rachid), by=rachid, at=AT)
    assert files(media) == stays
    assert [one.pk for one in Portrait.objects.all()] == [other.pk]
    assert [one.pk for one in get_image_model().objects.all()] == [other.picture_id]


@pytest.mark.parametrize(
    ("ends", "goes"),
    [([date(2023, 11, 24)], True), ([date(2023, 11, 25)], False), ([date(2020, 1, 1), None], False), ([], True)],
    ids=["over", "not yet", "a new mandate", "no mandate any more"],
)
def test_the_purge_takes_it_with_the_card(
    north: Epci, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ends: list[date | None], *, goes: bool,
) -> None:  # fmt: skip
    load_values()
    user = person("jeanne@exemple.test")
    for number, end in enumerate(ends):
        Mandate.objects.create(
            user=user, role=Role.LIAISON_OFFICER, epci=north, start_date=date(2019, 1, 1 + number), end_date=end
        )
    put(user).picture.get_rendition(PORTRAIT)
    assert purge(at=AT, dry_run=True).get("space.Portrait", 0) == int(goes)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge(at=AT).get("space.Portrait", 0) == int(goes)
    assert (Portrait.objects.count(), len(files(media))) == ((0, 0) if goes else (1, 2))
    assert purge(at=AT) == {}


def test_agents_do_not_meet_portraits_among_the_pictures(client: Client, rachid: User) -> None:
    made = put(rachid)
    other = get_image_model().objects.create(title="Atelier", file=sent())
    client.force_login(holder(Role.AGENT))
    for path in ("chooser/results/", ""):
        listed = client.get(f"/gestion/images/{path}").content.decode()
        assert (f"/{other.pk}/" in listed, f"/{made.picture_id}/" in listed) == (True, False)
    assert client.get(f"/gestion/images/chooser/{made.picture_id}/").status_code == 404
    for path in (f"{made.picture_id}/", f"{made.picture_id}/delete/"):
        assert client.post(f"/gestion/images/{path}", {"title": "Le mien"})["Location"] == "/gestion/"
    client.post(f"/gestion/bulk/wagtailimages/image/delete/?id={made.picture_id}&id={other.pk}")
    assert [one.pk for one in get_image_model().objects.all()] == [made.picture_id]


def test_agents_read_in_the_feed_who_put_and_who_withdrew(client: Client, rachid: User) -> None:
    put(rachid)
    actions.withdraw_portrait(officer=rachid, at=AT)
    client.force_login(holder(Role.AGENT))
    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        page = client.get("/gestion/").content.decode()
    assert "Rachid Exemple montre son portrait sur la page des référents" in page
    assert "Rachid Exemple retire son portrait de la page des référents" in page


def test_an_agreement_is_taken_back_after_the_mandate_too_and_nothing_new_is_put(client: Client, rachid: User) -> None:
    put(rachid)
    Mandate.objects.filter(user=rachid).update(end_date=AT.date())
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        client.force_login(rachid)
        page = client.get(PAGE)
        assert (page.status_code, "Votre mandat est fini" in page.content.decode()) == (200, True)
        assert client.post(PAGE, {"file": sent(), "consent": "on"}).status_code == 403
        assert Portrait.objects.count() == 1
        assert client.post(PAGE, {"withdraw": "1"}).headers["Location"] == "/moi/"
        assert Portrait.objects.count() == 0
        assert client.get(PAGE).status_code == 403
