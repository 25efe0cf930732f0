"""The pages of this room in a real browser: nothing that axe finds, nothing that sticks out, by keyboard."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from maillage.kernel.models import JournalEntry
from maillage.kernel.uploads import clean_picture
from maillage.outbox.models import Letter
from maillage.space import actions
from maillage.space.models import MissingActor, Portrait, Suggestion
from tests.browser.fixtures import DESK, PHONE, Axe, HtmlValidate, Visit, let_in, overflow
from tests.factories import commune, epci, territory
from tests.space.pictures import photograph
from tests.space.test_attachments import keep
from tests.space.test_missing import missing
from tests.space.test_suggestions import officer, propose
from tests.space.world import manager, sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.mark.usefixtures("wagtail_roots")
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(visit: Visit, axe: Axe, width: int) -> None:
    north = epci("CC du Nord")
    one = sheet(place__commune_id=commune("80620", "Péronne", of=north).pk)
    territory([], [north, epci("CC de l’Est")])
    alice, rachid = manager(one), officer(north)
    actions.put_portrait(officer=rachid, picture=clean_picture(BytesIO(photograph())), at=timezone.now())
    suggestion = propose(one)
    actor = missing(commune("80829", "Y", column=1, of=north), facts={"name": one.name, "activities": "Couture"})
    piece = keep(one, expires_on=timezone.localdate() + timedelta(days=3))
    actions.set_contributors_wait(organisation=one, is_on=True, by=alice, at=timezone.now())
    actions.revise_or_propose(organisation=one, facts={"services": "Vélo"}, by=alice, at=timezone.now())
    act = JournalEntry.objects.filter(verb="revise").latest("pk")
    call_command("rebuild_index", verbosity=0)
    faults: dict[str, list[str]] = {}
    asked = {
        "/referents/": None,
        one.get_absolute_url(): None,
        "/annuaire/": None,
        "/annuaire/proposer/": None,
        f"/moi/structures-proposees/{actor.pk}/": rachid,
        f"/moi/structures/{one.pk}/profil/": alice,
        f"/moi/structures/{one.pk}/profil/pieces/nouvelle/": alice,
        f"/moi/structures/{one.pk}/profil/pieces/{piece.pk}/remplacer/": alice,
        f"/moi/structures/{one.pk}/profil/pieces/{piece.pk}/retirer/": alice,
        f"{one.get_absolute_url()}corriger/": None,
        f"{one.get_absolute_url()}ecrire/": None,
        f"/referents/{north.siren}/ecrire/": None,
        f"/moi/structures/{one.pk}/": alice,
        f"/moi/structures/{one.pk}/image/": alice,
        f"/moi/structures/{one.pk}/historique/": alice,
        f"/moi/structures/{one.pk}/historique/{act.pk}/": alice,
        f"/moi/structures/{one.pk}/propositions/": alice,
        f"/moi/propositions/{suggestion.pk}/": alice,
        "/moi/propositions/": rachid,
        "/moi/referent/portrait/": rachid,
        "/communes/80620-peronne/": None,
    }
    for path, person in asked.items():
        page = visit("/contact/", width=width)
        if person is not None:
            let_in(page, person)
        page.goto(page.url.replace("/contact/", path))
        found = overflow(page) + axe(page)
        if found:
            faults[path] = found
        page.context.close()
    assert faults == {}


def test_a_visitor_proposes_and_the_manager_keeps_half_by_keyboard_on_a_phone(visit: Visit) -> None:
    one = sheet(services="Couture")
    alice = manager(one)
    page = visit(f"{one.get_absolute_url()}corriger/", width=PHONE)
    page.get_by_label("Qu’est-ce qui ne va pas").fill("C’est aussi ouvert le samedi.")
    page.get_by_text("La structure nom, présentation, activités").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Services rendus").fill("Couture et vélo")
    page.get_by_label("Sigle").fill("ADP")
    page.wait_for_timeout(2_100)  # a person takes longer than a machine
    page.get_by_role("button", name="Proposer ces corrections").press("Enter")
    page.get_by_role("heading", name="Merci, c’est noté").wait_for()
    suggestion = Suggestion.objects.get()
    let_in(page, alice)
    page.goto(page.url.replace(f"{one.get_absolute_url()}corriger/", f"/moi/structures/{one.pk}/propositions/"))
    page.get_by_role("link", name="Atelier du Port").press("Enter")
    page.get_by_label("Garder : Services rendus").press("Space")
    page.get_by_role("button", name="Enregistrer ma décision").press("Enter")
    page.get_by_text("La fiche est corrigée.").wait_for()
    suggestion.refresh_from_db()
    one.refresh_from_db()
    assert suggestion.verdicts == {"acronym": False, "services": True}
    assert (one.services, one.acronym) == ("Couture et vélo", "")
    assert Letter.objects.filter(kind="space.suggestion").count() == 1


def test_a_visitor_proposes_what_is_missing_by_keyboard_on_a_phone_without_script(visit: Visit) -> None:
    north = epci("CC du Nord")
    here = commune("80620", "Péronne", of=north)
    territory([here], [north])
    sheet("Les Vélos du canal", place__commune_id=here.pk, services="Couture")
    page = visit("/annuaire/proposer/", width=PHONE, javascript=False)
    page.get_by_label("Son nom").fill("Vélos du canal")
    page.get_by_label("Sa commune").select_option(label="Péronne")
    page.get_by_label("Ce qu’elle fait").fill("Elle répare des vélos.")
    page.wait_for_timeout(2_100)
    page.get_by_role("button", name="Proposer cette structure").press("Enter")
    page.get_by_role("heading", name="Est-ce l’une de celles-ci").wait_for()
    assert overflow(page) == []
    page.get_by_role("button", name="Revoir mes réponses").press("Enter")
    page.get_by_label("Son nom").fill("Vélos du canal et de la Somme")
    page.get_by_role("button", name="Proposer cette structure").press("Enter")
    page.get_by_role("button", name="Non, elle manque").press("Enter")
    page.get_by_role("heading", name="Merci, c’est noté").wait_for()
    kept = MissingActor.objects.get()
    assert (kept.proposed_name, kept.commune) == ("Vélos du canal et de la Somme", here)


def test_what_is_being_typed_stays_while_the_field_before_is_saved(visit: Visit) -> None:
    one = sheet(services="Couture")
    alice = manager(one)
    page = visit("/contact/", width=PHONE, quiet=False)
    let_in(page, alice)
    page.goto(page.url.replace("/contact/", f"/moi/structures/{one.pk}/"))
    page.get_by_label("Sigle").fill("ADP")
    page.wait_for_timeout(2_100)  # a person takes longer than a machine
    page.get_by_label("Services rendus").press("Control+End")
    page.get_by_label("Services rendus").press_sequentially(" et vélo", delay=150)
    page.get_by_text("C’est enregistré.").wait_for()
    assert page.get_by_label("Services rendus").input_value() == "Couture et vélo"
    assert page.locator("#initial-id_acronym").get_attribute("value") == "ADP"
    assert page.locator("#id_acronym_note").inner_text().startswith("Public · Dit par vous le")
    page.get_by_label("Site internet").fill("pas une adresse")
    page.get_by_label("Site internet").press("Tab")
    page.get_by_text("Pas enregistré.").wait_for()
    page.get_by_label("Site internet").fill("")
    page.get_by_label("Site internet").press("Tab")
    page.get_by_text("C’est enregistré.").wait_for()
    # The session ends in another tab: the words stay here, and a sentence says what to do.
    page.context.clear_cookies(name="session")
    page.get_by_label("Présentation").fill("Nous réparons tout.")
    page.get_by_label("Présentation").press("Tab")
    page.get_by_role("link", name="Connectez-vous dans un nouvel onglet").wait_for()
    assert page.get_by_label("Présentation").input_value() == "Nous réparons tout."
    let_in(page, alice)
    page.get_by_role("button", name="Enregistrer", exact=True).press("Enter")
    page.get_by_text("C’est enregistré.").wait_for()
    one.refresh_from_db()
    assert (one.acronym, one.services, one.website) == ("ADP", "Couture et vélo", "")
    assert one.description == "Nous réparons tout."


@pytest.mark.usefixtures("wagtail_roots")
def test_the_picture_is_sent_and_taken_away_without_a_script(visit: Visit, tmp_path: Path) -> None:
    one = sheet()
    alice = manager(one)
    photo = tmp_path / "IMG_2041.jpg"
    photo.write_bytes(photograph())
    page = visit("/contact/", width=PHONE, javascript=False)
    let_in(page, alice)
    page.goto(page.url.replace("/contact/", f"/moi/structures/{one.pk}/image/"))
    page.get_by_label("Votre image").set_input_files(photo)
    page.get_by_label("Décrivez-la en quelques mots").fill("L’atelier")
    page.get_by_label("J’ai l’accord des personnes reconnaissables").press("Space")
    page.get_by_role("button", name="Enregistrer l’image").press("Enter")
    shown = page.get_by_role("img", name="L’atelier")
    shown.wait_for()
    assert shown.evaluate("image => image.naturalWidth") > 0
    page.get_by_role("button", name="Retirer l’image").press("Enter")
    page.get_by_text("L’image est retirée").wait_for()
    one.refresh_from_db()
    assert one.picture_id is None


@pytest.mark.usefixtures("wagtail_roots")
def test_a_portrait_is_put_and_withdrawn_by_keyboard_without_a_script(
    visit: Visit, tmp_path: Path, html_validate: HtmlValidate
) -> None:
    north = epci("CC du Nord")
    territory([], [north])
    rachid = officer(north)
    photo = tmp_path / "IMG_2041.jpg"
    photo.write_bytes(photograph())
    page = visit("/contact/", width=PHONE, javascript=False)
    let_in(page, rachid)
    page.goto(page.url.replace("/contact/", "/moi/"))
    page.get_by_role("link", name="Mon portrait").press("Enter")
    page.get_by_label("Votre portrait").set_input_files(photo)
    page.get_by_label("J’accepte que ce portrait soit public sur la page des référents").press("Space")
    page.get_by_role("button", name="Montrer ce portrait").press("Enter")
    page.get_by_text("votre portrait se voit").wait_for()
    page.get_by_role("main").get_by_role("link", name="page des référentes et référents").press("Enter")
    shown = page.get_by_role("img", name="Portrait de Rachid")
    shown.scroll_into_view_if_needed()
    shown.wait_for()
    page.go_back()
    assert html_validate({"portrait": page.content()}) == []
    page.get_by_role("button", name="Retirer mon portrait").press("Enter")
    page.get_by_text("Votre portrait est retiré").wait_for()
    assert Portrait.objects.count() == 0


def test_the_own_pages_are_valid_html(html_validate: HtmlValidate) -> None:
    one = sheet(services="Couture")
    alice = manager(one)
    actions.revise_or_propose(organisation=one, facts={"services": "Vélo"}, by=alice, at=timezone.now())
    act = JournalEntry.objects.filter(verb="revise").latest("pk")
    client = Client()
    client.force_login(alice)
    pages = {
        name: client.get(f"/moi/structures/{one.pk}/{path}").content.decode()
        for name, path in (
            ("sheet", ""),
            ("image", "image/"),
            ("acts", "historique/"),
            ("back", f"historique/{act.pk}/"),
        )
    }
    client.logout()
    answer = client.post(f"/moi/structures/{one.pk}/", {"name": "A" * 50}, headers={"Sec-Fetch-Site": "same-origin"})
    assert html_validate({**pages, "kept": answer.content.decode()}) == []
