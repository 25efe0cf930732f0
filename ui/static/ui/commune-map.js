// <commune-map>: one stop of the Tab key for the whole drawing; arrows go to the nearest commune on that side.
// Without this file every commune is a stop of its own, and the link before the drawing leads past them.
const SIDES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class CommuneMap extends HTMLElement {
  connectedCallback() {
    this.links = [...this.querySelectorAll("svg a")];
    this.stop(this.links[0]);
    this.addEventListener("focusin", ({ target }) => this.links.includes(target) && this.stop(target));
    this.addEventListener("keydown", (event) => {
      const next = this.links.includes(event.target) && this.next(event);
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  }

  stop(link) {
    for (const one of this.links) one.setAttribute("tabindex", one === link ? "0" : "-1");
  }

  next({ key, target, ctrlKey, altKey, metaKey }) {
    if (ctrlKey || altKey || metaKey) return null;
    if (key === "Home") return this.links[0];
    if (key === "End") return this.links.at(-1);
    if (!SIDES[key]) return null;
    const [x, y] = middle(target);
    const [across, down] = SIDES[key];
    let best = null;
    let least = Infinity;
    for (const link of this.links) {
      const [dx, dy] = [middle(link)[0] - x, middle(link)[1] - y];
      const ahead = dx * across + dy * down;
      const aside = Math.abs(dx * down + dy * across);
      // Going straight on weighs twice: what stands aside is for the other arrows.
      if (link !== target && ahead > 0 && aside <= 2 * ahead && ahead + 2 * aside < least) [best, least] = [link, ahead + 2 * aside];
    }
    return best ?? target;
  }
}

function middle(link) {
  const { x, y, width, height } = link.getBBox();
  return [x + width / 2, y + height / 2];
}

customElements.define("commune-map", CommuneMap);
