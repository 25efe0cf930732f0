// <search-suggest data-url>: a combobox around a search field; without it the form works all the same.
let made = 0;

class SearchSuggest extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    if (!this.dataset.url || this.list) return;
    this.list = document.createElement("ul");
    Object.assign(this.list, { className: "suggestions", id: `suggestions-${++made}`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.append(this.list);
    const state = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(state)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), 120);
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.show([]));
    // The field must keep the focus, or the list would close before the choice.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => this.choose(target.closest("li")));
  }

  async ask() {
    const q = this.input.value.trim();
    this.pending?.abort();
    if (q.length < 2) return this.show([]);
    this.pending = new AbortController();
    try {
      const answer = await fetch(`${this.dataset.url}?${new URLSearchParams({ q })}`, { signal: this.pending.signal });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch {
      // Slow line or no line: one can still press Enter.
    }
  }

  show(items) {
    const options = items.slice(0, 8).map((item, rank) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${rank}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(item.label);
      option.dataset.label = item.label;
      if (item.note) option.append(Object.assign(document.createElement("small"), { textContent: item.note }));
      if (item.url?.startsWith("/")) option.dataset.url = item.url;
      return option;
    });
    this.list.replaceChildren(...options);
    this.list.hidden = options.length === 0;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const options = [...this.list.children];
    const at = options.findIndex((option) => option.ariaSelected === "true");
    if (event.key === "Escape" && options.length) {
      this.show([]);
    } else if (event.key === "Enter" && at >= 0) {
      this.choose(options[at]);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      const next = (at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1) + options.length) % options.length;
      options.forEach((option, rank) => option.setAttribute("aria-selected", String(rank === next)));
      this.input.setAttribute("aria-activedescendant", options[next].id);
    } else {
      return;
    }
    event.preventDefault();
  }

  choose(option) {
    if (!option) return;
    if (option.dataset.url) {
      location.assign(option.dataset.url);
      return;
    }
    this.input.value = option.dataset.label;
    this.show([]);
    this.closest("form").requestSubmit();
  }
}
customElements.define("search-suggest", SearchSuggest);
