// After a swap of the list, leaves the visitor where they were: the focus, the text of the search
// field, the height of the page, its place in the history, the drawer of the filters.
// Missing from the platform: what replaces an element inherits neither its focus nor what is being
// typed, and no link closes a <details>.

const field = document.querySelector("#recherche");
let focused = null;
let scrolled = 0;

function goTo(element) {
  element.focus();
  element.scrollIntoView({ block: "start" });
}

function refocus(id) {
  const same = document.getElementById(id);
  same?.focus({ preventScroll: true });
  if (document.activeElement !== document.body) return;
  (same?.closest("details")?.querySelector("summary") ?? document.querySelector("#resultats")).focus();
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  focused = detail.target.contains(document.activeElement) ? document.activeElement : null;
  scrolled = scrollY;
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const asked = detail.target.querySelector("[data-text]")?.dataset.text;
  if (asked === undefined) return;
  // Unless something else was typed meanwhile, the field says what the list was asked.
  const isUntouched = field.value === field.defaultValue;
  field.defaultValue = asked;
  if (isUntouched) field.value = asked;
  // The last chip is gone, a box is disabled: the nearest thing that still takes the focus.
  if (focused && document.activeElement === document.body) refocus(focused.id);
  focused = null;
  // What came stood closed for a moment, and the browser followed the results below it.
  scrollTo({ top: scrolled, behavior: "instant" });
});

// Not by a header of the answer: a 304 repeats those of another place.
document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
  if (detail.history.path === location.pathname + location.search) detail.history.type = "replace";
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-fold]");
  if (!link) return;
  document.getElementById(link.dataset.fold).open = false;
  goTo(document.querySelector(link.hash));
  event.preventDefault();
});
