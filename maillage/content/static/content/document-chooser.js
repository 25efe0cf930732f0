// Starts Wagtail's document chooser from a data attribute: its own start is an inline script, which our
// content policy stops. Promise: each [data-document-chooser] = {"id", "options"} gets its chooser, once.
document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-document-chooser]")) {
    const { id, options } = JSON.parse(place.dataset.documentChooser);
    new window.DocumentChooser(id, options);
  }
});
