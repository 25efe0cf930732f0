"""The portrait of a liaison officer: cleaned, shown while the mandate runs, gone with its file."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.images import get_image_model

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.kernel.actions import erase_person, export_person, load_values, person_of, purge
from maillage.kernel.models import JournalEntry
from maillage.kernel.uploads import clean_picture
from maillage.space import actions
from maillage.space.models import Portrait
from tests.accounts.people import holder
from tests.factories import AT, commune, epci, person, territory
from tests.space.pictures import hidden_in, photograph, sent

pytestmark = pytest.mark.django_db
PAGE = "/moi/referent/portrait/"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path, wagtail_roots: None) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": "/media/"},
        },
    }
    return tmp_path


def files(media: Path) -> list[Path]:
    return sorted(path for path in media.rglob("*") if path.is_file())


@pytest.fixture
def rachid() -> User:
    north = epci("CC du Nord")
    territory([commune("80620", "Péronne", of=north)], [north])
    found = person("rachid@exemple.test", first_name="Rachid", last_name="Essai")
    Mandate.objects.create(user=found, role=Role.LIAISON_OFFICER, epci=north, start_date=date(2026, 1, 1))
    return found


def show(of: User, colour: str = "teal") -> Portrait:
    return actions.show_portrait(picture=clean_picture(BytesIO(photograph(colour))), of=of, at=AT)


def officers(client: Client) -> str:
    return client.get("/referents/").content.decode()


def test_a_portrait_is_shown_without_what_the_telephone_hid_in_it(client: Client, rachid: User, media: Path) -> None:
    client.force_login(rachid)
    assert 'aria-hidden="true">R<' in officers(client)
    assert client.post(PAGE, {"file": sent(), "consent": "on"}).status_code == 302
    assert 'alt="Portrait de Rachid Essai"' in officers(client)
    assert 'alt="Portrait de Rachid Essai"' in client.get(PAGE).content.decode()
    assert [hidden_in(path.read_bytes()) for path in files(media)] == [[], []]  # the picture, and how it was drawn
    assert "Rachid" not in get_image_model().objects.get().title


def test_without_agreement_or_with_a_lie_nothing_is_kept(client: Client, rachid: User, media: Path) -> None:
    client.force_login(rachid)
    for said, words in (
        ({"file": sent()}, "Sans votre accord"),
        ({"consent": "on"}, "Votre portrait"),
        ({"file": sent(b"pas une image"), "consent": "on"}, "image"),
    ):
        answer = client.post(PAGE, said)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert (Portrait.objects.count(), files(media)) == (0, [])


def test_too_heavy_a_request_is_not_even_read(client: Client, rachid: User) -> None:
    client.force_login(rachid)
    answer = client.generic("POST", PAGE, b"", CONTENT_LENGTH=str(20_000_000))
    assert answer.status_code == 413


def test_the_form_asks_a_token(rachid: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(rachid)
    assert strict.post(PAGE, {"remove": "1"}).status_code == 403


@pytest.mark.parametrize("role", [None, Role.AGENT])
def test_who_is_no_officer_reads_why_not(client: Client, role: Role | None) -> None:
    client.force_login(holder(role))
    answer = client.get(PAGE)
    assert (answer.status_code, "référentes et référents" in answer.content.decode()) == (403, True)


def test_a_portrait_that_is_replaced_or_withdrawn_leaves_at_once(
    client: Client, rachid: User, media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    client.force_login(rachid)
    show(rachid)
    officers(client)
    first = files(media)
    with django_capture_on_commit_callbacks(execute=True):
        show(rachid, "crimson")
    assert (len(first), set(first) & set(files(media))) == (2, set())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(PAGE, {"remove": "1"})
    assert (files(media), get_image_model().objects.count()) == ([], 0)
    assert 'aria-hidden="true">R<' in officers(client)
    verbs = JournalEntry.objects.filter(object_type="accounts.user").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["show_portrait", "show_portrait", "withdraw_portrait"]


def test_after_the_mandate_the_face_is_not_shown_and_a_month_later_it_is_gone(
    client: Client, rachid: User, media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    load_values()
    show(rachid)
    Mandate.objects.update(end_date=timezone.localdate() - timedelta(days=1))
    assert "Portrait de" not in officers(client)
    now = timezone.now()
    purge(at=now)
    assert Portrait.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        purge(at=now + timedelta(days=40))
    assert (Portrait.objects.count(), files(media)) == (0, [])


def test_a_person_takes_their_portrait_and_leaves_none_behind(
    rachid: User, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    load_values()
    show(rachid)
    assert export_person(person=person_of(rachid), to=BytesIO(), at=AT)["Votre portrait"] == 1
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=person_of(rachid), by=rachid, at=AT)
    assert (Portrait.objects.count(), files(media)) == (0, [])


def test_the_page_of_officers_asks_no_more_questions_for_more_faces(
    client: Client, rachid: User, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    client.force_login(rachid)  # nothing is kept for somebody who is known
    show(rachid)
    officers(client)
    with django_assert_max_num_queries(40) as one:  # type: ignore[operator]
        officers(client)
    before = len(one)  # the next request empties the log
    more = [epci(f"CC {name}") for name in ("Deux", "Trois", "Quatre")]
    home = Mandate.objects.get().epci.territories.get()  # type: ignore[union-attr]
    for each in more:
        each.territories.add(home)
        commune(f"8000{more.index(each)}", f"Ville {each}", column=2 + more.index(each), of=each)
        other = person(f"{each.siren}@exemple.test", first_name="Salima", last_name=each.name)
        Mandate.objects.create(user=other, role=Role.LIAISON_OFFICER, epci=each, start_date=date(2026, 1, 1))
        show(other)
    assert officers(client).count("Portrait de") == 4
    with django_assert_max_num_queries(before):  # type: ignore[operator]
        officers(client)
