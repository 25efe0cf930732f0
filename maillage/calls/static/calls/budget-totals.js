// <budget-totals>: sums the amounts as they are typed. Without script, the page says the totals once it is saved.
const euros = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR" });
const cents = (text) => {
  const bare = text.replace(/[\s\u00a0\u202f'€]/g, "").replace(",", ".");
  return /^\d+(\.\d{1,2})?$/.test(bare) ? Math.round(Number(bare) * 100) : 0;
};
class BudgetTotals extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", () => this.tell());
    this.tell();
  }
  tell() {
    const sums = { charges: 0, products: 0 };
    for (const field of this.querySelectorAll("[data-side]")) {
      const state = this.querySelector(`[name="${field.name.replace(/:amount$/, ":funding")}"]`);
      const counts = state === field || state?.value !== "refused";
      if (counts && field.dataset.side in sums) sums[field.dataset.side] += cents(field.value);
    }
    for (const place of this.querySelectorAll("[data-total]")) {
      place.textContent = euros.format(sums[place.dataset.total] / 100);
    }
    this.querySelector("[data-gap]").textContent = euros.format((sums.products - sums.charges) / 100);
  }
}
customElements.define("budget-totals", BudgetTotals);
