// Runs before the first paint, hence a plain script in the head: a stored choice never flashes.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const choice = localStorage.getItem("theme");
    if (root.dataset.theme) return;
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
  } catch {
    // Storage refused (private window): the system's preference stands.
  }
})();
