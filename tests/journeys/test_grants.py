"""A call, from the day it is copied to the last euro that comes back: who asks, who reads, who decides, who pays.

Two stories on the seeded platform: a call is published and answered, on a phone for one, too late for another; then
a call that is examined goes through its jury, its deliberation, its payments and its report. One page is then written
by keyboard, without script.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from maillage.calls import actions
from maillage.calls.enums import ApplicationState, Sense
from maillage.calls.models import Application, Call
from maillage.grants.models import Decision
from tests.browser.fixtures import PHONE, TABLET, Axe, Visit, let_in
from tests.journeys.granting import (
    CALL,
    GARDEN,
    KITCHEN,
    MODEL,
    SHOP,
    act,
    at_work,
    examined,
    fill_in,
    give_points,
    pay,
    person,
    ready,
    recuse_from,
    report,
    send,
    six_steps,
    told,
)  # fmt: skip
from tests.journeys.test_by_letters import come_in, drawn, title
from tests.journeys.walking import Walk, empty_the_tray

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
ALICE, LATE = "alice@exemple.maillage.test", "Le four d’après"


def test_a_call_is_published_answered_on_a_phone_and_closed(
    lived_in: LiveServer, visit: Visit, axe: Axe, tmp_path: Path
) -> None:
    office, paper = at_work(visit, "Bruno"), drawn(tmp_path / "piece.jpg")

    # Bruno starts from a call that went well, gives it dates, and publishes it.
    office.page.goto(f"{lived_in.url}/gestion/appels/")
    office.link(MODEL)
    fill_in(office.page.locator("form", has_text="Copier cet appel"), title=CALL)
    office.button("Copier cet appel")
    office.link("Texte, argent et dates")
    today = timezone.localdate()
    dates = {"opens_at_0": str(today - timedelta(days=1)), "closes_at_0": str(today + timedelta(days=30))}
    fill_in(office.page, **dates, opens_at_1="08:00", closes_at_1="12:00", line="2")
    office.button("Enregistrer")
    office.button("Publier l’appel")
    office.reads("Publié : la page est publique")
    call = Call.objects.get(title=CALL)

    # Alice asks, on her phone: six pages, then the number of her receipt.
    page = visit("/", width=PHONE)
    walk = Walk(page)
    empty_the_tray()
    come_in(page, ALICE)
    page.goto(f"{lived_in.url}{call.get_absolute_url()}")
    walk.link("Demander cette aide")
    walk.button("Commencer ma demande")
    assert six_steps(walk, call, paper, axe) == []
    walk.reads("Tout est là")
    walk.button("Envoyer ma demande")
    asked = Application.objects.get(call=call)
    assert asked.number
    walk.reads(f"Elle porte le numéro {asked.number}", "Votre dépôt")
    assert axe(page) == []
    receipt = page.request.get(f"{page.url}recepisse.pdf")
    assert (receipt.status, receipt.headers["content-type"]) == (200, "application/pdf")
    walk.letter("Votre demande", ALICE)
    walk.reads(asked.number)

    # Two others send theirs; a fourth presses the button once the call is over, and loses nothing.
    for name in (SHOP, GARDEN):
        send(ready(call, name, paper))
    draft = ready(call, LATE, paper)
    tardy = Walk(visit("/sante/vif", width=PHONE, quiet=False))  # the refusal is a 409, which the console tells
    assert draft.author is not None
    let_in(tardy.page, draft.author)
    tardy.page.goto(f"{lived_in.url}{draft.get_absolute_url()}")
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now())
    tardy.button("Envoyer ma demande")
    tardy.reads("Cet appel est clos depuis", "tout ce que vous y avez écrit est gardé")
    draft.refresh_from_db()
    assert (draft.state, draft.number, draft.title) == (ApplicationState.DRAFT, None, LATE)

    # Bruno opens the examination, reads, and says that Alice's is admissible.
    office.page.goto(f"{lived_in.url}/gestion/appels/{call.pk}/")
    office.button("En instruction")
    office.page.goto(f"{lived_in.url}/gestion/demandes/?liste=a-examiner&appel={call.pk}")
    expect(office.page.get_by_text(LATE)).to_have_count(0)
    office.link(KITCHEN)
    act(office, "points", "Enregistrer les points")
    office.button("Déclarer recevable")
    asked.refresh_from_db()
    assert asked.state == ApplicationState.REVIEW


def test_an_application_goes_from_its_jury_to_its_last_payment(
    lived_in: LiveServer, visit: Visit, axe: Axe, tmp_path: Path
) -> None:
    call, (kitchen, shop, garden) = examined(drawn(tmp_path / "piece.jpg"))
    bruno, agnes = at_work(visit, "Bruno"), at_work(visit, "Agnès")

    # Two people are named; one of them knows somebody of the garden.
    for name in ("Édith", "Colette"):
        bruno.page.goto(f"{lived_in.url}/gestion/demandes/jury/{call.pk}/")
        fill_in(bruno.page, email=person(name).email)
        bruno.button("Nommer au jury et lui écrire")
    bruno.reads("2 membres")
    juror = at_work(visit, "Édith", width=TABLET)
    recuse_from(juror, lived_in.url, garden)
    give_points(juror, kitchen, axe)
    assert kitchen.reviews.get().total == Decimal(75)

    # The committee gives its opinion, and the sheet goes to the council.
    bruno.page.goto(f"{lived_in.url}/gestion/demandes/?liste=en-instruction&appel={call.pk}")
    bruno.link(KITCHEN)
    act(bruno, "opinion", "Noter cet avis", sense="favourable", proposed="4 500")
    said = actions.Said(Sense.UNFAVOURABLE, timezone.localdate(), words="Le local n’est pas trouvé.")
    actions.give_opinion(application=shop, said=said, by=person("Bruno"), at=timezone.now())
    bruno.page.goto(f"{lived_in.url}/gestion/subventions/")
    bruno.link(CALL)
    fill_in(bruno.page, **{f"d{kitchen.pk}-outcome": "granted", f"d{kitchen.pk}-amount": "4 500,00"})
    fill_in(bruno.page, **{f"d{shop.pk}-outcome": "refused", f"d{shop.pk}-why": "subject"})
    fill_in(bruno.page, **{f"d{shop.pk}-reason": "Le comptoir n’a pas encore de local."})
    assert axe(bruno.page) == []
    bruno.button("Préparer ces décisions")
    bruno.reads("Décisions préparées : 2")
    agnes.page.goto(f"{lived_in.url}/gestion/subventions/")
    agnes.link(CALL)
    agnes.link("Confirmer (2)")
    fill_in(agnes.page, number="2026-118")
    assert axe(agnes.page) == []
    agnes.button("Confirmer ces décisions")
    agnes.reads("Décisions confirmées : 2")

    # Alice learns it; the agreement is signed, the advance paid by one and confirmed by the other.
    alice = at_work(visit, "Alice", width=PHONE)
    alice.letter("Votre demande d’aide est acceptée", ALICE)
    alice.reads("délibération n° 2026-118")
    decision = Decision.objects.get(application=kitchen)
    place = f"{lived_in.url}/gestion/subventions/aides/{decision.pk}/"
    bruno.page.goto(place)
    act(bruno, "agreement", "Établir")
    act(bruno, "sign", "Noter la signature")
    pay(bruno, agnes, place, "Avance")

    # It cost far less than forecast: what was paid too much comes back, and all is settled.
    report(alice, f"{lived_in.url}/moi/aides/{kitchen.reference}/", axe)
    bruno.page.goto(place)
    bruno.reads("L’animatrice est arrivée au printemps.")
    act(bruno, "accept", "Accepter", eligible="3 000")
    back = decision.agreement.instalments.get(kind="clawback")
    assert back.amount == Decimal(900)
    bruno.reads("Reversement", "900")
    assert axe(bruno.page) == []
    pay(bruno, agnes, place, "Reversement")
    agnes.reads("Soldé")

    # Everybody reads it.
    anyone = Walk(visit("/subventions/", width=PHONE))
    anyone.reads(KITCHEN, "Délibération 2026-118")
    line = next(one for one in told(anyone.page, "/subventions.csv").splitlines() if "2026-118" in one)
    assert "4500" in line.replace(" ", "")
    assert SHOP not in told(anyone.page, "/subventions.csv")


def test_an_application_is_written_by_keyboard_without_script(lived_in: LiveServer, visit: Visit) -> None:
    call = Call.objects.get(title__startswith=MODEL)
    page = visit("/sante/vif", width=PHONE, javascript=False)
    let_in(page, person("Alice"))
    page.goto(f"{lived_in.url}/appels/{call.slug}/demander/")
    walk = Walk(page)
    walk.button("Commencer ma demande")

    field = page.get_by_label("À quel titre")
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Trésorière")
    walk.button("Enregistrer et continuer")

    expect(title(page)).to_have_text("Le projet")
    assert Application.objects.filter(call=call, representative_role="Trésorière").count() == 1
