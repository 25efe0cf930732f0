"""Take the pictures of the back office's guide again: `python -m tools.guide_pictures`.

Makes a throwaway site with example data, imports an invented file, and photographs three screens into
docs/guide/images/. Needs chromium; touches no other data.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.fixtures import ARGUMENTS, CHROMIUM
from tools.example_site import example_site

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/guide/images"
LARGEST = 150_000
SIZE = {"width": 1280, "height": 860}
# Invented, and said so: two names that are nearly one make a pair to look at.
TABLE = """Nom;Commune;Code postal;Objet;Site internet
Atelier vélo du port (exemple);Péronne;80200;Réparer et prêter des vélos.;www.velo.example.org
Les ateliers vélo du port (exemple);Péronne;80200;Apprendre à réparer son vélo.;
Café des deux rives (exemple);Ham;80400;Se retrouver, manger, jouer.;www.cafe.example.org
Jardin partagé (exemple);Nesle;80190;Cultiver ensemble.;
"""


def signed_in(browser: Browser, address: str, session: str, **how: object) -> Page:
    """A page of the back office, as the agent."""
    context = browser.new_context(**{"viewport": SIZE, "locale": "fr-FR", **how})  # type: ignore[arg-type]
    context.add_cookies([{"name": "session", "value": session, "url": address}])
    return context.new_page()


def import_the_table(page: Page, address: str) -> None:
    """Send the invented file and wait for its preview."""
    page.goto(f"{address}/gestion/annuaire/imports/nouveau/")
    page.fill("[name=label]", "Forum des associations (exemple)")
    page.set_input_files("[name=file]", {"name": "forum.csv", "mimeType": "text/csv", "buffer": TABLE.encode("utf-8")})
    page.get_by_role("button", name="Envoyer le fichier").click()
    page.get_by_role("button", name="Voir ce qui changerait").click()
    page.get_by_role("button", name="Lancer l’import").wait_for(timeout=120_000)


def keep(page: Page, name: str) -> None:
    """Photograph the window, in at most 150 kB."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for colours in (256, 128, 64):
        content = io.BytesIO()
        picture.quantize(colours).save(content, "PNG", optimize=True)
        if content.tell() <= LARGEST:
            break
    (FOLDER / f"{name}.png").write_bytes(content.getvalue())
    print(f"docs/guide/images/{name}.png", content.tell() // 1000, "kB")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with example_site() as (address, session), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = signed_in(browser, address, session)
        page.goto(f"{address}/gestion/annuaire/")
        keep(page, "gestion-structures")
        import_the_table(page, address)
        page.locator("details summary").first.click()
        keep(page, "gestion-import")
        page.get_by_role("button", name="Lancer l’import").click()
        page.get_by_role("link", name="Relire les fiches à qualifier").wait_for(timeout=120_000)
        page.goto(f"{address}/gestion/annuaire/doublons/?page=1")
        page.get_by_role("link", name="Atelier vélo du port (exemple)").first.click()
        keep(page, "gestion-doublon")
        browser.close()


if __name__ == "__main__":
    main()
