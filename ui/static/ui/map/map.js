// <territory-map>: the map of the directory. The page works without it, with a drawing and a list.
// Leaflet only writes styles through the object model, which the site's strict policy allows.

import { FIRST_ZOOM, LAST_ZOOM, cellBox, cellsOf, framed, nameOf, placeOf, radiusOf, shortCount, structures, tilesFor } from "./grid.js";
import { chooseNames, drawGround, namesAt } from "./ground.js";
import { Panel } from "./panel.js";
import { TileStore } from "./tiles.js";

const STEP = 160;
const CLOSE_UP = 15;

class TerritoryMap extends HTMLElement {
  connectedCallback() {
    const L = (this.L = globalThis.L);
    if (this.map || !L) return;
    const { tiles, edition, query, panel } = this.dataset;
    this.canvas = this.querySelector(".map-canvas");
    this.status = this.querySelector(".map-status");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = L.map(this.canvas, {
      zoomControl: false, attributionControl: Boolean(this.dataset.background), minZoom: FIRST_ZOOM, maxZoom: LAST_ZOOM,
      zoomSnap: 0.5, maxBounds: [[-85.06, -180], [85.06, 180]], maxBoundsViscosity: 1, keyboardPanDelta: STEP / 2,
      zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm,
    });
    this.map.createPane("names").setAttribute("aria-hidden", "true");
    this.symbols = new Map();
    this.names = [];
    this.written = L.layerGroup().addTo(this.map);
    this.store = new TileStore({ root: tiles, query, edition });
    this.store.onNewEdition = () => {
      this.panel.forget();
      this.draw();
    };
    this.panel = new Panel({
      element: document.getElementById("map-panel"), root: panel, query,
      say: (words) => this.say(words), show: (point, from) => this.showPoint(point, from),
    });
    this.drawBackground();
    this.lookFirst();
    this.map.on("moveend", () => this.draw());
    this.addEventListener("click", (event) => this.press(event.target.closest("[data-map]")?.dataset.map));
    this.addEventListener("keydown", (event) => this.key(event));
    document.querySelector(".map-form")?.addEventListener("submit", ({ target }) => this.keepPlace(target));
    this.loadGround();
    this.draw();
  }

  // Looking

  lookFirst() {
    const kept = /^#carte=(\d+(?:\.5)?)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(location.hash);
    const [west, south, east, north] = this.dataset.box.split(",").map(Number);
    this.start = [[south, west], [north, east]];
    if (kept) this.map.setView([Number(kept[2]), Number(kept[3])], Number(kept[1]), { animate: false });
    else this.map.fitBounds(this.start, { animate: false, maxZoom: CLOSE_UP, padding: [8, 8] });
  }

  place() {
    const { lat, lng } = this.map.getCenter();
    return `#carte=${this.map.getZoom()}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
  }

  keepPlace(form) {
    // A new place is asked for: the map goes there. Else it stays where the visitor looks.
    const asked = new FormData(form);
    const before = new URLSearchParams(this.dataset.query);
    if (!asked.get("lieu") && !before.get("commune") && !before.get("lat")) form.action = form.getAttribute("action").split("#")[0] + this.place();
  }

  frame() {
    const bounds = this.map.getBounds();
    return { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() };
  }

  // Drawing

  async draw() {
    const zoom = Math.floor(this.map.getZoom());
    const bounds = this.map.getBounds();
    const [min, max] = [bounds.getNorthWest(), bounds.getSouthEast()].map((corner) => this.map.project(corner, zoom));
    history.replaceState(history.state, "", this.place());
    this.panel.follow(this.frame());
    const tiles = tilesFor(zoom, { left: min.x, top: min.y, right: max.x, bottom: max.y });
    const turn = (this.turn = (this.turn ?? 0) + 1);
    try {
      const columns = await Promise.all(tiles.map((tile) => this.store.get(tile)));
      if (turn !== this.turn) return;
      this.drawCells(tiles.flatMap((tile, rank) => cellsOf(tile, columns[rank])));
      this.drawNames();
      this.dataset.drawn = String(turn);
    } catch {
      if (turn === this.turn) this.say("La carte n’a pas pu se charger : vérifiez votre connexion, puis déplacez-la.");
    }
  }

  drawCells(cells) {
    const wanted = new Map(cells.map((cell) => [nameOf(cell), cell]));
    const focused = document.activeElement;
    for (const [name, symbol] of this.symbols) {
      if (wanted.has(name)) continue;
      // What had the focus is gone: the map itself takes it, so that the keyboard is not thrown out.
      if (symbol.getElement() === focused) this.canvas.focus({ preventScroll: true });
      symbol.remove();
      this.symbols.delete(name);
    }
    for (const [name, cell] of wanted) {
      if (!this.symbols.has(name)) this.symbols.set(name, this.symbolOf(cell));
    }
  }

  symbolOf(cell) {
    const { L, map } = this;
    const at = placeOf(cell);
    const isOne = cell.count === 1;
    const size = isOne ? 28 : 2 * radiusOf(cell.count);
    const icon = L.divIcon({
      className: isOne ? "map-one" : `map-group${cell.isStack ? " map-stack" : ""}`,
      iconSize: [size, size], html: isOne ? "" : `<span>${shortCount(cell.count)}</span>`,
    });
    const symbol = L.marker(map.unproject([at.x, at.y], cell.level + FIRST_ZOOM), { icon, riseOnHover: true }).addTo(map);
    symbol.cell = { ...cell, ...at };
    const element = symbol.getElement();
    const does = isOne ? "1 structure, voir sa fiche" : `${structures(cell.count)}, ${cell.isStack ? "les voir" : "agrandir"}`;
    element.setAttribute("aria-label", does);
    element.title = does;
    symbol.on("click", () => this.open(symbol));
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.open(symbol);
    });
    return symbol;
  }

  drawNames() {
    const { L, map } = this;
    this.written.clearLayers();
    const size = map.getSize();
    const near = namesAt(this.names, map.getZoom())
      .map((name) => ({ ...name, ...map.latLngToContainerPoint([name.lat, name.lon]) }))
      .filter(({ x, y }) => x > 0 && y > 0 && x < size.x && y < size.y);
    const discs = [...this.symbols.values()].map((symbol) => ({
      ...map.latLngToContainerPoint(symbol.getLatLng()), radius: radiusOf(symbol.cell.count),
    }));
    for (const { name, x, y } of chooseNames(near, discs, { width: size.x, height: size.y })) {
      const html = Object.assign(document.createElement("span"), { textContent: name.text });
      const icon = L.divIcon({ className: `map-name map-name-${name.level}`, iconSize: [0, 0], html });
      L.marker(map.containerPointToLatLng([x, y]), { icon, interactive: false, keyboard: false, pane: "names" }).addTo(this.written);
    }
  }

  async loadGround() {
    if (this.dataset.ground) {
      try {
        const answer = await fetch(this.dataset.ground, { credentials: "same-origin" });
        if (answer.ok) this.names = drawGround(this.L, this.map, await answer.json());
        this.drawNames();
      } catch {
        // The organisations matter more than the ground they stand on.
      }
    }
    const [lat, lon, km] = (this.dataset.circle ?? "").split(",").map(Number);
    if (Number.isFinite(lon) && km) {
      this.L.circle([lat, lon], { radius: km * 1000, className: "map-circle", interactive: false }).addTo(this.map);
    }
  }

  drawBackground() {
    const { background, credit } = this.dataset;
    if (!background) return;
    this.map.attributionControl.setPrefix(false);
    this.L.tileLayer(background, { attribution: credit, maxZoom: LAST_ZOOM, crossOrigin: true }).addTo(this.map);
  }

  // Opening

  open(symbol) {
    const { cell } = symbol;
    const zoom = cell.level + FIRST_ZOOM;
    if (cell.count === 1) return this.openCard(`${this.dataset.card}${cell.id}/`, symbol.getLatLng(), symbol.getElement());
    if (!cell.isStack && zoom < LAST_ZOOM) return this.map.setView(symbol.getLatLng(), Math.min(this.map.getZoom() + 2, LAST_ZOOM));
    const { left, top, right, bottom } = cellBox(cell);
    const [north, south] = [[left, top], [right, bottom]].map((corner) => this.map.unproject(corner, zoom));
    const frame = { west: north.lng, south: south.lat, east: south.lng, north: north.lat };
    return this.openCard(`${this.dataset.panel}pile/?${framed(this.dataset.query, frame)}`, symbol.getLatLng(), symbol.getElement());
  }

  showPoint({ id, lat, lon }, from) {
    this.map.setView([lat, lon], Math.max(this.map.getZoom(), 12), { animate: false });
    this.canvas.scrollIntoView({ block: "nearest" });
    this.openCard(`${this.dataset.card}${id}/`, [lat, lon], from);
  }

  async openCard(address, place, from) {
    this.from = from;
    const content = document.createElement("div");
    content.className = "map-popup";
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      content.innerHTML = await answer.text();
    } catch {
      this.say("Cette fiche n’a pas pu se charger : réessayez dans un moment.");
      return;
    }
    const close = Object.assign(document.createElement("button"), { type: "button", className: "map-close", textContent: "Fermer" });
    close.addEventListener("click", () => this.close());
    content.append(close);
    // The card keeps clear of the two buttons on the right.
    const maxWidth = Math.min(300, this.canvas.clientWidth - 112);
    const room = { autoPanPaddingTopLeft: [12, 12], autoPanPaddingBottomRight: [64, 12] };
    this.popup = this.L.popup({ closeButton: false, maxWidth, minWidth: Math.min(200, maxWidth), maxHeight: 300, offset: [0, -6], ...room })
      .setLatLng(place).setContent(content).openOn(this.map);
    content.querySelector("a")?.focus({ preventScroll: true });
  }

  close() {
    if (!this.popup?.isOpen()) return false;
    this.map.closePopup(this.popup);
    const back = this.from?.isConnected ? this.from : this.canvas;
    back.focus({ preventScroll: true });
    return true;
  }

  // Hands and keys

  key(event) {
    if (event.key === "Escape" && this.close()) event.stopPropagation();
  }

  press(what) {
    const moves = { west: [-STEP, 0], east: [STEP, 0], north: [0, -STEP], south: [0, STEP] };
    if (what in moves) this.map.panBy(moves[what]);
    else if (what === "in") this.map.zoomIn();
    else if (what === "out") this.map.zoomOut();
    else if (what === "home") this.map.fitBounds(this.start, { maxZoom: CLOSE_UP, padding: [8, 8] });
    else if (what === "locate") this.locate();
  }

  locate() {
    if (!navigator.geolocation) return this.say("Votre appareil ne sait pas dire où il est.");
    this.say("Votre appareil cherche où vous êtes…");
    // The position stays here: only the frame of the map is sent, as when one moves it by hand.
    return navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const here = [coords.latitude, coords.longitude];
        const icon = this.L.divIcon({ className: "map-me", iconSize: [22, 22] });
        this.me?.remove();
        this.me = this.L.marker(here, { icon, interactive: false, keyboard: false, zIndexOffset: 1000 }).addTo(this.map);
        this.map.setView(here, 13);
        this.say("La carte est centrée sur votre position.");
      },
      () => this.say("Position refusée ou introuvable : écrivez plutôt votre commune."),
      { timeout: 10000, maximumAge: 300000 },
    );
  }

  say(words) {
    this.status.textContent = words;
  }
}
customElements.define("territory-map", TerritoryMap);
