"""What agents do: the lists, verify, the heads of themes; and Wagtail's editor, which the journal follows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from maillage.accounts.enums import Role
from maillage.content import actions
from maillage.content.models import Hub, Resource, Upkeep
from maillage.kernel.models import JournalEntry
from tests.accounts.people import holder
from tests.content.world import AT, agent, made, theme, with_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(agent())
    return client


def test_lists_are_walked_through_and_one_button_verifies(office: Client) -> None:
    row = with_file()
    page = office.get("/gestion/ressources/?liste=a-verifier").content.decode()
    assert "Modèle de budget" in page
    answer = office.post(f"/gestion/ressources/{row.pk}/verifier/")
    assert answer.status_code == 302
    assert Upkeep.objects.get().verified_by == agent()
    assert "Aucune ressource" in office.get("/gestion/ressources/?liste=a-verifier&q=rien").content.decode()
    assert office.post("/gestion/ressources/999/verifier/").status_code == 404


def test_the_head_of_a_theme_is_written(office: Client) -> None:
    theme()
    assert "Culture" in office.get("/gestion/ressources/themes/").content.decode()
    assert office.get("/gestion/ressources/themes/culture/").status_code == 200
    too_long = office.post("/gestion/ressources/themes/culture/", {"introduction": "a" * 1_501})
    assert too_long.status_code == 422
    assert office.post("/gestion/ressources/themes/culture/", {"introduction": "Jouer."}).status_code == 302
    assert Hub.objects.get().introduction == "Jouer."
    assert office.get("/gestion/ressources/themes/rien/").status_code == 404


def _typed(**values: Any) -> dict[str, Any]:
    said = {"title": "À la main", "slug": "", "summary": "Écrite dans l’éditeur.", "type": "fiche", "readers": [],
            "themes": [], "body": streamfield([("note", "Retenez ceci.")]), "document": "", "link": "", "aids": [],
            "action-publish": "1", **values}  # fmt: skip
    # A list would become "readers-0".
    lists = {name: said.pop(name) for name in ("readers", "themes", "aids")}
    return {**nested_form_data(said), **lists}


def test_an_agent_writes_in_the_page_editor_and_the_journal_says_so(office: Client) -> None:
    assert office.get("/gestion/ressources/nouvelle/")["Location"] == "/gestion/ressources/"
    actions.index_page()
    opened = office.get("/gestion/ressources/nouvelle/")
    assert opened.status_code == 302
    editor = office.get(opened["Location"]).content.decode()
    assert "data-document-chooser" in editor
    assert "new DocumentChooser(" not in editor
    sent = office.post(opened["Location"], _typed(readers=["association"], themes=[theme().pk]))
    assert sent.status_code == 302
    row = Resource.objects.get()
    assert (row.slug, row.live, row.reader_key, row.owner) == ("a-la-main", True, " association ", agent())
    assert "retenez ceci" in row.words_key
    assert list(row.themes.all()) == [theme()]
    edit = f"/gestion/pages/{row.pk}/edit/"
    assert office.get(edit).status_code == 200
    assert office.post(edit, _typed(title="Autrement")).status_code == 302
    assert office.post(f"/gestion/pages/{row.pk}/unpublish/").status_code == 302
    verbs = list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["publish_resource", "publish_resource", "withdraw_resource"]
    assert JournalEntry.objects.filter(actor_id=agent().pk).count() == 3
    assert Upkeep.objects.filter(resource=row).exists()
    assert not Resource.objects.get().live
    Upkeep.objects.all().delete()
    assert "Autrement" in office.get("/gestion/ressources/?liste=brouillons").content.decode()


def test_a_link_that_is_not_safe_is_refused_in_the_editor(office: Client) -> None:
    index = actions.index_page()
    sent = office.post(f"/gestion/pages/add/content/resource/{index.pk}/", _typed(link="http://a.test/"))
    assert (sent.status_code, Resource.objects.count()) == (200, 0)


def test_the_editor_is_closed_above_resources_and_to_others(office: Client) -> None:
    row = made()
    root = Page.objects.get(depth=1)
    assert office.get(f"/gestion/pages/{root.pk}/edit/").status_code in {302, 404}
    assert office.get(f"/gestion/pages/{Page.objects.get(slug='home').pk}/edit/").status_code in {302, 404}
    other = Client()
    other.force_login(holder(Role.BUYER, email="marcel@exemple.test"))
    assert other.get(f"/gestion/pages/{row.pk}/edit/").status_code in {302, 403}


def test_documents_are_for_the_back_office_and_read_there(office: Client) -> None:
    row = with_file()
    assert office.get("/gestion/documents/").status_code == 200
    assert row.document is not None
    given = office.get(row.document.url)
    assert b"".join(given.streaming_content) == b"a;b\r\n"  # type: ignore[attr-defined]
    assert Client().get(row.document.url).status_code == 302


def test_the_home_of_the_back_office_says_what_is_to_be_looked_at(office: Client) -> None:
    made()
    assert "1 ressource à vérifier" in office.get("/gestion/").content.decode().replace("\u00a0", " ")
    actions.verify(resource=Resource.objects.get(), by=None, at=AT)


def _preview(office: Client, path: str, **values: Any) -> Any:
    """What the editor shows of a form that was not saved: it sends it, then frames the answer."""
    assert office.post(path, _typed(**values)).json()["is_valid"] is True
    return office.get(f"{path}?mode=")


def test_the_editor_shows_a_page_before_it_is_saved_and_frames_nothing_else(office: Client) -> None:
    row = with_file()
    index = actions.index_page()
    for path in (
        reverse("wagtailadmin_pages:preview_on_edit", args=[row.pk]),
        reverse("wagtailadmin_pages:preview_on_add", args=["content", "resource", index.pk]),
    ):
        shown = _preview(office, path, title="Pas encore enregistrée", link="https://exemple.test/page")
        assert shown.status_code == 200
        assert "Pas encore enregistrée" in shown.content.decode()
        assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
        assert shown["X-Frame-Options"] == "SAMEORIGIN"
        assert Client().get(f"{path}?mode=").status_code == 302
    assert not Resource.objects.filter(title="Pas encore enregistrée").exists()
    published = office.get(row.get_absolute_url())
    assert "frame-ancestors 'none'" in published["Content-Security-Policy"]
    assert published["X-Frame-Options"] == "DENY"
