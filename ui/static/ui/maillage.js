// The few behaviours of every page. Each element works, or is not needed, without this file.

/** <theme-choice>: radios that keep the person's choice of light or dark on this device. */
class ThemeChoice extends HTMLElement {
  connectedCallback() {
    const root = document.documentElement;
    const current = root.dataset.theme ?? "";
    for (const radio of this.querySelectorAll("input")) radio.checked = radio.value === current;
    this.addEventListener("change", ({ target }) => {
      if (target.value) root.dataset.theme = target.value;
      else delete root.dataset.theme;
      try {
        if (target.value) localStorage.setItem("theme", target.value);
        else localStorage.removeItem("theme");
      } catch {
        // Storage refused: the choice lasts as long as the page.
      }
    });
  }
}
customElements.define("theme-choice", ThemeChoice);
