// <grant-sheet data-base="cents" data-most="cents">: says anew, while amounts are typed, what the envelope bears.
// Rows hold data-row, with data-cents (of a decision that no longer changes) or an input data-amount.
const SPACES = /[\s\u00a0\u202f]/g;
const euros = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR" });

function cents(text) {
  const bare = text.replace(SPACES, "").replace("€", "").replace(",", ".");
  return /^\d+(\.\d{1,2})?$/.test(bare) ? Math.round(Number(bare) * 100) : 0;
}

class GrantSheet extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", () => this.count());
    this.count();
  }

  count() {
    const most = Number(this.dataset.most);
    let together = Number(this.dataset.base);
    for (const row of this.querySelectorAll("[data-row]")) {
      const typed = row.querySelector("[data-amount]");
      const outcome = row.querySelector("select")?.value ?? "";
      const counts = typed !== null && outcome !== "refused" && outcome !== "dropped";
      if (counts) together += cents(typed.value);
      const shown = row.querySelector("[data-together]");
      shown.textContent = euros.format(together / 100);
      shown.classList.toggle("is-bad", counts && together > most);
    }
  }
}
customElements.define("grant-sheet", GrantSheet);
