"""What journeys of calls and grants share: example people at work, applications by the verbs, acts of a page."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from maillage.accounts.models import User
from maillage.calls import actions, keys
from maillage.calls.enums import CallState
from maillage.calls.models import Application, Call
from maillage.calls.phrases.review import ITEMS
from maillage.directory.models import Organisation
from maillage.kernel.uploads import check_document
from maillage.space.enums import Part
from maillage.space.models import Membership
from tests.browser.fixtures import DESK, Axe, Visit, let_in, overflow
from tests.calls.drafts import SAID
from tests.calls.world import a_structure
from tests.journeys.walking import Walk

MODEL, CALL = "Manger d’ici", "Manger d’ici, la suite"
KITCHEN, SHOP, GARDEN = "La cuisine du bourg", "Le comptoir des voisins", "Le jardin de tous"


def person(name: str) -> User:
    return User.objects.get(is_example=True, first_name=name)


def at_work(visit: Visit, name: str, width: int = DESK) -> Walk:
    """Somebody of the example world, signed in."""
    page = visit("/sante/vif", width=width)
    let_in(page, person(name))
    return Walk(page)


def told(page: Page, path: str) -> str:
    home = "/".join(page.url.split("/")[:3])
    return page.request.get(home + path).text()


def fill_in(place: Page | Locator, **typed: str) -> None:
    """By the name of each field: words, or what is chosen in a list (its value, or its rank after the empty one)."""
    for name, words in typed.items():
        field = place.locator(f'[name="{name}"]')
        fold = field.locator("xpath=ancestor::details[not(@open)]")
        if fold.count():
            fold.first.locator("summary").first.click()
        if field.evaluate("one => one.tagName") != "SELECT":
            field.fill(words)
        elif words.isdecimal():
            field.select_option(index=int(words))
        else:
            field.select_option(words)


def act(walk: Walk, scope: str, button: str, **typed: str) -> None:
    """Open one act of a page of the back office, fill it in, send it."""
    place = walk.page.locator(f"#{scope}")
    place.locator("summary").click()
    fill_in(place, **typed)
    with walk.page.expect_navigation():
        place.get_by_role("button", name=button).click()
    expect(walk.page.locator(".messages .success")).to_be_visible()


def six_steps(walk: Walk, call: Call, paper: Path, axe: Axe) -> list[str]:
    """All that is asked, page after page; gives what axe finds on the longest one."""
    page, starts = walk.page, timezone.localdate() + timedelta(days=60)
    expect(page.get_by_label("Nom légal")).not_to_have_value("")
    go_on(walk, siret="12345678200010", representative="Alice Exemple", representative_role="Présidente")
    page.locator("[name=is_economic][value=no]").check()
    page.locator("[name=recovers_vat][value=no]").check()
    go_on(walk, title=KITCHEN, summary="Cuisiner à plusieurs.", commune="1", requested="5 000",
          starts_on=str(starts), ends_on=str(starts + timedelta(days=300)))  # fmt: skip
    fill_in(page, **{"a:606": "4 000", "a:641": "6 000", "f:744:0:label": "Le territoire", "f:744:0:amount": "5 000"})
    fill_in(page, **{"a:7OWN": "5 000"})
    expect(page.locator("[data-total=charges]")).to_have_text("10\u202f000,00\u00a0€")
    found = axe(page)
    go_on(walk)
    said = {"number": "40", "text": "Le dernier commerce a fermé."}
    asked = call.forms.latest("number").blocks
    go_on(walk, **{f"{keys.BLOCK}{one['key']}": said[one["kind"]] for one in asked if one["kind"] in said})
    for piece in call.pieces.filter(is_required=True).order_by("position"):
        part = page.locator(f"#piece-{piece.pk}")
        kept = part.get_by_role("button", name="Reprendre de notre profil")
        if not kept.count():
            part.get_by_label("Le fichier").set_input_files(paper)
        with page.expect_navigation():
            (kept if kept.count() else part.get_by_role("button", name="Joindre")).click()
    walk.link("Continuer")
    for name in ("cer_at", "honour_at"):
        for box in page.locator(f"[name={name}]").all():
            box.check()
    go_on(walk, honour_by="Alice Exemple")
    return found


def go_on(walk: Walk, **typed: str) -> None:
    """Write, wait until the page says that it is kept, and turn it."""
    fill_in(walk.page, **typed)
    walk.page.keyboard.press("Tab")
    walk.page.wait_for_timeout(600)
    expect(walk.page.locator("#etape")).not_to_have_class(re.compile("htmx-request"))
    expect(walk.page.locator("#etat")).to_contain_text("C’est enregistré")
    expect(walk.page.locator("#manques")).to_have_text("")
    walk.button("Enregistrer et continuer")


def ready(
    call: Call, name: str, paper: Path, *, days: int = 0, organisation: Organisation | None = None
) -> Application:
    """By the verbs: a draft that lacks nothing, written so many days ago by who manages its organisation."""
    at = timezone.now() - timedelta(days=days)
    made = organisation or a_structure(f"{name}, l’association", status="published")[0]
    author = Membership.objects.get(organisation=made, part=Part.MANAGER).user
    draft = actions.begin_application(call=call, organisation=made, by=author, at=at)
    answers = {"number": "40", "text": "Le besoin est dit.", "yes_no": True, "choice": "Plus tard"}
    values = {key: value for key, value in SAID.items() if not key.startswith(keys.BLOCK)} | {"title": name}
    values |= {f"{keys.BLOCK}{one['key']}": answers[one["kind"]] for one in draft.form.blocks}
    kept = actions.save_application(application=draft, values=values, version=draft.version, by=author, at=at)
    with paper.open("rb") as held:
        document = check_document(held)
    for piece in call.pieces.filter(is_required=True).order_by("position"):
        actions.add_file(application=kept, piece=piece, document=document, by=author, at=at)
    kept.refresh_from_db()
    return kept


def send(one: Application, *, days: int = 0) -> Application:
    at = timezone.now() - timedelta(days=days)
    return actions.submit_application(application=one, version=one.version, by=one.author, at=at)


def examined(paper: Path) -> tuple[Call, list[Application]]:
    """By the verbs: a call that closed, and three applications that are admissible, Alice's first."""
    bruno, now = person("Bruno"), timezone.now()
    began = now - timedelta(days=40)
    model = Call.objects.get(title__startswith=MODEL)
    call = actions.copy_call(call=model, title=CALL, by=bruno, at=began)
    dates = {"opens_at": began, "closes_at": now - timedelta(days=20), "line": model.line}
    call = actions.revise_call(call=call, facts=actions.CallFacts(dates), by=bruno, at=began)
    call = actions.publish_call(call=call, by=bruno, at=began)
    alices = Membership.objects.get(user=person("Alice"), part=Part.MANAGER).organisation
    holders = {KITCHEN: alices, SHOP: None, GARDEN: None}
    sent = [send(ready(call, name, paper, days=30, organisation=one), days=29) for name, one in holders.items()]
    call = actions.move_call(call=call, to=CallState.REVIEW, by=bruno, at=now - timedelta(days=19))
    for one in sent:
        points = dict.fromkeys(ITEMS, (True, ""))
        actions.check_admissibility(application=one, points=points, by=bruno, at=now)
        actions.declare_admissible(application=one, by=bruno, at=now)
    return call, list(call.applications.order_by("number"))


def recuse_from(juror: Walk, home: str, away: Application) -> None:
    """The title is read once, to stay away from it; then nowhere."""
    page, path = juror.page, f"/moi/jury/{away.call.slug}/"
    page.goto(f"{home}/moi/jury/")
    juror.link(CALL)
    juror.link(f"Je me déporte de {away.title}")
    fill_in(page, reason="Ma sœur y jardine.")
    juror.button("Me déporter")
    page.locator("[name=agrees]").check()
    juror.button("Je le promets, lire les dossiers")
    juror.reads(KITCHEN, SHOP)
    assert KITCHEN in told(page, path)
    for one in (path, "/moi/jury/", "/moi/", f"{path}{away.reference}/"):
        assert away.title not in told(page, one), one
    assert page.request.get(f"{home}{path}{away.reference}/").status == 404


def give_points(juror: Walk, one: Application, axe: Axe) -> None:
    page = juror.page
    juror.link(one.title)
    first, *others = page.locator("[data-weight]").all()
    first.select_option("3")
    expect(page.locator("[data-total]")).to_contain_text("à noter")
    for field in others:
        field.select_option("4")
    expect(page.locator("[data-total]")).to_have_text("Total : 75 sur 100")
    assert overflow(page) + axe(page) == []
    juror.button("Rendre mon avis")
    juror.reads("Votre avis est rendu. Merci.")


def pay(first: Walk, second: Walk, place: str, kind: str) -> None:
    """One writes the payment order down, another confirms it."""
    first.page.goto(place)
    row = first.page.locator("tr", has_text=kind)
    row.locator("summary").click()
    fill_in(row, order_number=f"EX-{kind}")
    first.button(f"Noter le paiement : {kind}")
    first.reads("Une autre personne le confirme")
    second.page.goto(place)
    second.button(f"Confirmer ce versement : {kind}")
    second.reads("Versement confirmé.")


def report(walk: Walk, place: str, axe: Axe) -> None:
    page = walk.page
    page.goto(place)
    walk.link("Écrire le bilan")
    fill_in(page, done="Douze repas, tenus au bourg.", gaps="L’animatrice est arrivée au printemps.")
    fill_in(page, r601="1 000", r641="2 000", r7OWN="1 500")
    page.get_by_label("744 Communautés de communes, communes, PETR").fill("1 500")
    fill_in(page, honour_by="Alice Exemple")
    assert axe(page) == []
    walk.button("Remettre le bilan")
    walk.reads("Bilan remis. Nous le lisons.")
