// Keeps [data-refresh="milliseconds"] up to date: asks the page again and takes the same element from it.
// Stops when the element no longer carries the attribute; without script, the page has a link that does it.
const seek = async (place) => {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(place.id);
  if (!fresh) return;
  if (!fresh.hasAttribute("data-refresh")) return location.reload();
  place.replaceChildren(...fresh.childNodes);
  wait(place);
};
const wait = (place) => setTimeout(() => seek(place), Number(place.dataset.refresh));
document.querySelectorAll("[data-refresh]").forEach(wait);
