// Starts Wagtail's picture chooser from a data attribute: its own start is an inline script, which our
// content policy stops. Promise: each [data-picture-chooser] = {"id", "options"} gets its chooser, once.
document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-picture-chooser]")) {
    const { id, options } = JSON.parse(place.dataset.pictureChooser);
    new window.ImageChooser(id, options);
  }
});
