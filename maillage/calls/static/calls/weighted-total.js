// <weighted-total>: says the total of a hundred while points are chosen. Selects hold data-weight.
// Without script, the page says it once the review is handed in.
const told = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 });
class WeightedTotal extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.tell());
    this.tell();
  }

  tell() {
    const fields = [...this.querySelectorAll("[data-weight]")];
    const given = fields.filter((one) => one.value !== "");
    const weights = fields.reduce((sum, one) => sum + Number(one.dataset.weight), 0);
    const points = given.reduce((sum, one) => sum + Number(one.dataset.weight) * Number(one.value), 0);
    const place = this.querySelector("[data-total]");
    const left = fields.length - given.length;
    place.hidden = false;
    place.textContent = `Total : ${told.format((points * 20) / weights)} sur 100${left ? `, ${left} à noter` : ""}`;
  }
}
customElements.define("weighted-total", WeightedTotal);
