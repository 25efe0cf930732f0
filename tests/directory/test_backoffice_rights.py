"""People × screens: who opens what in the back office of the directory."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from wagtail.admin.urls import reports

from maillage.accounts.enums import BACK_OFFICE_ROLES, Role
from maillage.directory.backoffice import urls
from maillage.directory.models import DuplicatePair, ImportRun, Organisation
from maillage.kernel.models import JournalEntry
from tests.accounts.people import holder
from tests.factories import AT, organisation

pytestmark = pytest.mark.django_db
POST_ONLY = {
    "bulk", "set_status", "verify", "settle_doubt", "preview_import", "start_import", "stop_import", "abandon_import",
    "distinct",
}  # fmt: skip


@pytest.fixture
def world() -> dict[str, tuple[object, ...]]:
    """{screen: arguments of its address}, with one object of each kind."""
    first, second = organisation("Une", ess_overridden=True), organisation("Deux")
    run = ImportRun.objects.create(kind="file", label="Essai", started_at=AT, has_shrunk=True)
    pair = DuplicatePair.objects.create(first=first, second=second, reason="noms proches", likeness=90, created_at=AT)
    act = JournalEntry.objects.order_by("pk").first()
    flag = first.flags.first()
    assert act is not None
    assert flag is not None
    of_import = dict.fromkeys(
        (
            "import",
            "import_columns",
            "preview_import",
            "start_import",
            "stop_import",
            "undo_import",
            "import_report",
            "abandon_import",
            "force_import",
        ),
        (run.pk,),
    )
    return {
        **dict.fromkeys(("sheets", "bulk", "add_sheet", "imports", "new_import", "new_api_import", "new_sirene_import",
                       "duplicates"), ()),
        **dict.fromkeys(("sheet", "set_status", "verify", "follow_rule", "history"), (first.pk,)),
        **of_import,
        **dict.fromkeys(("duplicate", "distinct", "unmerge"), (pair.pk,)),
        "undo_batch": ("bulk:0",), "revert": (act.pk,), "settle_doubt": (flag.pk,),
    }  # fmt: skip


def status(client: Client, name: str, args: tuple[object, ...]) -> int:
    address = reverse(f"directory_office:{name}", args=args)
    answer = client.post(address) if name in POST_ONLY else client.get(address)
    return answer.status_code


def test_every_screen_stands_behind_a_rule(world: dict[str, tuple[object, ...]]) -> None:
    screens = [pattern for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)]
    assert {pattern.name for pattern in screens} == world.keys()
    assert [pattern.name for pattern in screens if not hasattr(pattern.callback, "rule")] == []


@pytest.mark.parametrize("role", [role for role in Role if role in BACK_OFFICE_ROLES])
def test_agents_and_administrators_open_every_screen(
    client: Client, role: Role, world: dict[str, tuple[object, ...]]
) -> None:
    client.force_login(holder(role))
    seen = {name: status(client, name, args) for name, args in world.items()}
    assert {name: code for name, code in seen.items() if code not in (200, 302)} == {}
    assert {name for name, code in seen.items() if code == 302} == POST_ONLY


@pytest.mark.parametrize("role", [None, *(role for role in Role if role not in BACK_OFFICE_ROLES)])
def test_the_others_open_none_and_change_nothing(
    client: Client, role: Role | None, world: dict[str, tuple[object, ...]]
) -> None:
    client.force_login(holder(role))
    before = JournalEntry.objects.count()
    for name, args in world.items():
        address = reverse(f"directory_office:{name}", args=args)
        for answer in (client.get(address), client.post(address, {"status": "published", "name": "Pirate"})):
            assert answer.status_code == 403
    assert JournalEntry.objects.count() == before
    assert not Organisation.objects.published().exists()


REPORTS = [pattern.name for pattern in reports.urlpatterns if pattern.name]


@pytest.mark.usefixtures("wagtail_roots")
@pytest.mark.parametrize("name", REPORTS)
def test_the_reports_of_wagtail_are_for_administrators(client: Client, name: str) -> None:
    address = reverse(f"wagtailadmin_reports:{name}")
    assert client.get(address)["Location"].startswith("/connexion/")
    client.force_login(holder(Role.AGENT))
    refused = client.get(address)
    assert (refused.status_code, "administratrices" in refused.content.decode()) == (403, True)
    client.force_login(holder(Role.ADMINISTRATOR))
    assert client.get(address).status_code == 200


def test_a_stranger_is_sent_to_the_sign_in_page_and_comes_back(client: Client) -> None:
    address = reverse("directory_office:sheets")
    assert client.get(address)["Location"] == f"/connexion/?next={address}"


def test_a_cross_site_post_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(holder(Role.AGENT))
    made = organisation("Une")
    answer = strict.post(reverse("directory_office:set_status", args=[made.pk]), {"status": "published"})
    assert answer.status_code == 403
    made.refresh_from_db()
    assert not made.is_public


def test_an_agent_sees_the_menu_of_the_directory_of_pictures_and_of_documents_only(client: Client) -> None:
    client.force_login(holder(Role.AGENT))
    page = client.get("/gestion/").content.decode()
    assert "Structures" in page
    assert "Personnes et mandats" not in page
    for opened in ("images", "documents"):
        assert client.get(f"/gestion/{opened}/").status_code == 200, opened
    for closed in ("sites", "redirects", "collections", "workflows/list"):
        assert client.get(f"/gestion/{closed}/").status_code == 302, closed
