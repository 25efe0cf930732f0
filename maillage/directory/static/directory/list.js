// The two behaviours of the list; without this file the form is sent and the page answers.

/** <near-me>: asks the position only when its button is pressed, then asks the list again around it. */
class NearMe extends HTMLElement {
  connectedCallback() {
    this.said = this.querySelector("[role=status]");
    this.querySelector("button").addEventListener("click", () => this.ask());
    if (!("geolocation" in navigator)) this.hidden = true;
  }

  ask() {
    this.said.textContent = "Votre appareil cherche où vous êtes…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.go(coords),
      () => (this.said.textContent = "Position refusée ou introuvable : écrivez plutôt votre commune."),
      { timeout: 10000, maximumAge: 300000 },
    );
  }

  go({ latitude, longitude }) {
    const form = this.closest("form");
    const query = new URLSearchParams(new FormData(form));
    for (const name of ["lieu", "commune", "bbox", "page", "tri"]) query.delete(name);
    // A hundred metres are precise enough to find who is near.
    query.set("lat", latitude.toFixed(3));
    query.set("lon", longitude.toFixed(3));
    location.assign(`${form.getAttribute("action")}?${query}`);
  }
}
customElements.define("near-me", NearMe);

/** <keep-open>: what was unfolded stays unfolded when the list is swapped, and the hand stays where it was. */
class KeepOpen extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:beforeSwap", () => {
      this.opened = new Map([...this.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
      this.hand = document.activeElement?.id;
    });
    this.addEventListener("htmx:afterSettle", () => {
      for (const [id, open] of this.opened ?? []) {
        const one = document.getElementById(id);
        if (one) one.open = open;
      }
      // What was folded when it arrived could not take the focus back.
      if (this.hand && document.activeElement === document.body) document.getElementById(this.hand)?.focus({ preventScroll: true });
    });
  }
}
customElements.define("keep-open", KeepOpen);
