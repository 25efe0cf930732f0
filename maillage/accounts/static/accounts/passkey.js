// Shows what needs a script, and says in French when the browser or the key refused.
for (const hidden of document.querySelectorAll("[data-needs-script]")) hidden.hidden = false;
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.getElementById("passkey-refused");
  if (place) place.hidden = false;
});
