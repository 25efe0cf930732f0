"""The picture of a sheet: cleaned, described, shown, replaced, and gone with its file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.images import get_image_model
from wagtail.models import UploadedFile

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.directory import pictures as directory_pictures
from maillage.directory.actions import SheetRefused
from maillage.directory.models import Organisation
from maillage.kernel.models import JournalEntry
from maillage.kernel.uploads import UploadRefused, clean_picture
from maillage.outbox.models import Letter
from maillage.space import actions
from maillage.space.actions.leaving_pictures import forget_unused
from maillage.space.enums import Part
from maillage.space.models import Suggestion
from tests.accounts.people import holder
from tests.space.pictures import OWNER, hidden_in, kept_in, photograph, sent
from tests.space.world import AT, manager, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path, wagtail_roots: None) -> Path:
    settings.STORAGES = kept_in(tmp_path, settings.STORAGES)
    return tmp_path


def files(media: Path) -> list[Path]:
    return sorted(path for path in media.rglob("*") if path.is_file())


@pytest.fixture
def one() -> Organisation:
    return sheet()


@pytest.fixture
def alice(one: Organisation) -> User:
    return manager(one)


@pytest.fixture
def send(client: Client, one: Organisation, alice: User) -> Callable[..., Any]:
    client.force_login(alice)
    path = f"/moi/structures/{one.pk}/image/"

    def post(**said: Any) -> Any:
        start = client.get(path).context["form"].initial["shown"]
        told = {"alt": "L’atelier et ses établis", "credit": "Jeanne", "consent": "on", "shown": start, **said}
        return client.post(path, {name: value for name, value in told.items() if value is not None})

    return post


def keep(one: Organisation, by: User, colour: str = "teal", **words: str) -> Suggestion | None:
    said = {"alt": "L’atelier", "credit": "", **words}
    return actions.show_picture(
        organisation=one, picture=clean_picture(BytesIO(photograph(colour))), by=by, at=AT, **said
    )


def test_a_picture_is_shown_without_what_the_telephone_hid_in_it(
    client: Client, one: Organisation, alice: User, send: Callable[..., Any], media: Path
) -> None:
    assert hidden_in(photograph())
    assert send(file=sent()).status_code == 302
    one.refresh_from_db()
    assert (one.picture_alt, one.picture_credit) == ("L’atelier et ses établis", "Jeanne")
    (kept,) = files(media)
    assert hidden_in(kept.read_bytes()) == []
    assert OWNER.encode() not in kept.read_bytes()
    assert "IMG_2041" not in kept.name
    act = JournalEntry.objects.filter(verb="revise").latest("pk")
    assert (act.actor_id, act.note) == (alice.pk, "Accord des personnes reconnaissables confirmé")
    cache.clear()
    page = Client().get(one.get_absolute_url()).content.decode()
    assert 'alt="L’atelier et ses établis"' in page
    assert "Jeanne" in page


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"file": None}, "file"),
        ({"alt": ""}, "alt"),
        ({"consent": None}, "consent"),
        ({"file": sent(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "dessin.svg")}, "file"),
        ({"file": sent(b"%PDF-1.7", "photo.jpg")}, "file"),
    ],
    ids=["no file", "no words", "no consent", "drawing", "lie"],
)
def test_a_refusal_says_where_and_leaves_no_file(
    send: Callable[..., Any], one: Organisation, media: Path, said: dict[str, Any], field: str
) -> None:
    if said.get("file"):
        said["file"].seek(0)
    answer = send(**{"file": sent(), **said})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"]["credit"].value() == "Jeanne"
    assert (files(media), get_image_model().objects.count()) == ([], 0)


def test_a_file_whose_sheet_is_refused_does_not_stay(one: Organisation, alice: User, media: Path) -> None:
    with pytest.raises(SheetRefused, match="Décrivez l’image"):
        keep(one, alice, alt=" ")
    assert (files(media), get_image_model().objects.count()) == ([], 0)


def test_too_heavy_a_request_is_not_even_read(client: Client, one: Organisation, alice: User) -> None:
    client.force_login(alice)
    answer = client.post(f"/moi/structures/{one.pk}/image/", b"", "multipart/form-data", CONTENT_LENGTH="9000000")
    assert (answer.status_code, "8\u00a0Mo" in answer.content.decode()) == (413, True)


def test_the_form_asks_a_token(one: Organisation, alice: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    assert strict.post(f"/moi/structures/{one.pk}/image/", {"remove": "1"}).status_code == 403


def test_a_replaced_picture_leaves_with_its_file_and_renditions(
    one: Organisation, alice: User, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    keep(one, alice)
    one.refresh_from_db()
    assert one.picture is not None
    one.picture.get_rendition("max-100x100")
    old = files(media)
    assert len(old) == 2
    with django_capture_on_commit_callbacks(execute=True):
        keep(one, alice, "navy")
    assert get_image_model().objects.count() == 1
    assert len(files(media)) == 1
    assert files(media)[0] not in old


def test_words_are_changed_without_a_new_file(
    send: Callable[..., Any], one: Organisation, alice: User, media: Path
) -> None:
    keep(one, alice)
    one.refresh_from_db()
    before = one.picture_id
    assert send(file=None, consent=None, alt="L’atelier, côté rue").status_code == 302
    one.refresh_from_db()
    assert (one.picture_id, one.picture_alt) == (before, "L’atelier, côté rue")
    assert len([path for path in files(media) if path.parent.name == "original_images"]) == 1


def test_a_removed_picture_leaves_and_an_act_cannot_bring_it_back(
    client: Client, one: Organisation, alice: User, media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    keep(one, alice)
    client.force_login(alice)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/moi/structures/{one.pk}/image/", {"remove": "1"})
    one.refresh_from_db()
    assert (one.picture_id, one.picture_alt, files(media), get_image_model().objects.count()) == (None, "", [], 0)
    act = JournalEntry.objects.filter(verb="revise").latest("pk")
    page = client.get(f"/moi/structures/{one.pk}/historique/{act.pk}/").content.decode()
    assert "L’image d’avant est effacée" in page
    today = actions.shown_today(one, act)
    assert actions.give_back(organisation=one, act=act, fields=["picture_id"], today=today, by=alice, at=AT) == {}


def test_nobody_replaces_a_picture_they_have_not_seen(send: Callable[..., Any], one: Organisation, alice: User) -> None:
    keep(one, alice)
    answer = send(file=sent(), shown="")
    assert answer.status_code == 422
    assert "entre-temps" in answer.content.decode()


def test_a_picture_that_another_sheet_shows_stays(one: Organisation, alice: User) -> None:
    keep(one, alice)
    one.refresh_from_db()
    other = sheet("Ailleurs")
    Organisation.objects.filter(pk=other.pk).update(picture=one.picture, picture_alt="La même")
    actions.remove_picture(organisation=one, by=alice, at=AT)
    assert get_image_model().objects.count() == 1
    Organisation.objects.filter(pk=other.pk).update(picture=None, picture_alt="")
    assert forget_unused([one.picture_id, None]) == 1


def test_a_contributors_picture_waits_and_is_decided_with_its_words(
    client: Client, one: Organisation, alice: User, media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    keep(one, alice)
    actions.set_contributors_wait(organisation=one, is_on=True, by=alice, at=AT)
    ines = manager(one, "ines@exemple.test", Part.CONTRIBUTOR)
    first = keep(one, ines, "navy", alt="La façade")
    assert first is not None
    proposed = first.facts["picture_id"]
    one.refresh_from_db()
    assert one.picture_alt == "L’atelier"
    assert forget_unused([proposed]) == 0
    with django_capture_on_commit_callbacks(execute=True):
        second = keep(one, ines, "red", alt="La façade repeinte")
    assert second is not None
    assert (second.pk, second.facts["picture_id"] != proposed) == (first.pk, True)
    assert not get_image_model().objects.filter(pk=proposed).exists()
    assert Letter.objects.filter(kind="space.suggestion").count() == 1
    client.force_login(ines)
    assert "attend l’accord d’alice@exemple.test" in client.get(f"/moi/structures/{one.pk}/image/").content.decode()
    client.force_login(alice)
    page = client.get(f"/moi/propositions/{second.pk}/").content.decode()
    assert page.count('name="keep"') == 1
    assert 'alt="La façade repeinte"' in page
    with django_capture_on_commit_callbacks(execute=True):
        actions.decide(suggestion=second, kept=["picture_id"], reason="", today=None, by=alice, at=AT)
    one.refresh_from_db()
    assert (one.picture_id, one.picture_alt) == (second.facts["picture_id"], "La façade repeinte")
    assert get_image_model().objects.count() == 1
    originals = [path for path in files(media) if path.parent.name == "original_images"]
    assert len(originals) == 1


def test_a_refused_picture_leaves(
    one: Organisation, alice: User, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    actions.set_contributors_wait(organisation=one, is_on=True, by=alice, at=AT)
    waits = keep(one, manager(one, "ines@exemple.test", Part.CONTRIBUTOR))
    assert waits is not None
    with django_capture_on_commit_callbacks(execute=True):
        actions.decide(suggestion=waits, kept=[], reason="Trop sombre.", today=None, by=alice, at=AT)
    assert (files(media), get_image_model().objects.count()) == ([], 0)


def test_an_agents_upload_is_cleaned_by_every_door_of_wagtail(client: Client, media: Path) -> None:
    client.force_login(holder(Role.AGENT))
    told = {"image-chooser-upload-title": "Atelier", "image-chooser-upload-file": sent()}
    assert client.post("/gestion/images/chooser/create/", told).status_code == 200
    assert client.post("/gestion/images/add/", {"title": "Atelier", "file": sent()}).status_code == 302
    many = {"title": "x" * 300, "files[]": sent()}
    assert client.post("/gestion/images/multiple/add/", many).json()["success"] is True
    assert (get_image_model().objects.count(), UploadedFile.objects.count()) == (2, 1)
    kept = [path.read_bytes() for path in files(media)]
    assert len(kept) >= 3
    assert [hidden_in(content) for content in kept if OWNER.encode() in content or hidden_in(content)] == []


def test_an_agent_reads_why_a_lie_is_refused(client: Client, media: Path) -> None:
    client.force_login(holder(Role.AGENT))
    answer = client.post("/gestion/images/add/", {"title": "Atelier", "file": sent(photograph()[:300])})
    assert answer.status_code == 200
    assert (files(media), get_image_model().objects.count()) == ([], 0)


def test_what_goes_round_the_forms_is_cleaned_or_refused(media: Path) -> None:
    made = get_image_model().objects.create(title="Atelier", file=sent())
    (kept,) = files(media)
    assert hidden_in(kept.read_bytes()) == []
    assert made.file_size == made.file.size
    with pytest.raises(UploadRefused):
        UploadedFile.objects.create(file=sent(b"rien"))
    assert directory_pictures.is_stored(made.file)


def test_a_deleted_picture_leaves_no_task_behind(
    media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    made = get_image_model().objects.create(title="Atelier", file=sent())
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        made.delete()
    # Wagtail's own way would write the keys of the storage among the arguments of a task.
    assert [getattr(one, "func", None) for one in callbacks] == [made.file.storage.delete]
    assert files(media) == []
