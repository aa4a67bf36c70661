// Keeps open what was open when a swap brings the same <details> anew.
// Missing from the platform: whether a <details> is open is no part of a form.

let open = new Map();

document.addEventListener("htmx:beforeSwap", (event) => {
  const all = event.detail.target.querySelectorAll("details[id]");
  open = new Map([...all].map((details) => [details.id, details.open]));
});

document.addEventListener("htmx:afterSwap", () => {
  for (const [id, wasOpen] of open) {
    const details = document.getElementById(id);
    if (details) details.open = wasOpen;
  }
  open = new Map();
});
