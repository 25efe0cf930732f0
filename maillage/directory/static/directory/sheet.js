// <print-page>: a button that prints; people without script use their browser's menu.
class PrintPage extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => window.print());
  }
}
customElements.define("print-page", PrintPage);
