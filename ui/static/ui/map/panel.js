// The list beside the map: what is in view, page by page; each line can show its point.

import { framed } from "./grid.js";

const WAIT = 250;

export class Panel {
  /** element: the section to fill; root: address of the list in view; query: of the page. */
  constructor({ element, root, query, say, show, fetch = globalThis.fetch.bind(globalThis) }) {
    Object.assign(this, { element, root, query, say, show, fetch });
    this.kept = new Map();
    element.addEventListener("click", ({ target }) => this.pressed(target.closest("button")));
  }

  /** Ask for what is in this frame, once the map has come to rest. */
  follow(frame) {
    this.frame = frame;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), WAIT);
  }

  forget() {
    this.kept.clear();
  }

  async load(page = 1) {
    const address = `${this.root}?${framed(this.query, this.frame, page)}`;
    this.wanted = address;
    try {
      const html = this.kept.get(address) ?? (await this.ask(address));
      // A slow answer must not replace that of a later move.
      if (this.wanted !== address) return;
      this.element.innerHTML = html;
      this.say(this.element.querySelector("h2").textContent.trim());
      if (page > 1 || this.turned) this.element.querySelector("h2").focus();
      this.turned = false;
    } catch {
      if (this.wanted === address) this.say("La liste n’a pas pu se charger : vérifiez votre connexion.");
    }
  }

  async ask(address) {
    const answer = await this.fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    this.kept.set(address, html);
    if (this.kept.size > 40) this.kept.delete(this.kept.keys().next().value);
    return html;
  }

  pressed(button) {
    if (button?.dataset.page) {
      this.turned = true;
      this.load(Number(button.dataset.page));
    } else if (button?.dataset.point) {
      const [lat, lon] = button.dataset.point.split(",").map(Number);
      this.show({ id: button.dataset.id, lat, lon }, button);
    }
  }
}
