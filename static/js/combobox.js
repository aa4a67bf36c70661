// Makes a search field and its list of suggestions a combobox: arrows, Enter, Escape, and the
// attributes that a screen reader announces. Missing from the platform: <datalist> takes no markup,
// leads nowhere and can't be asked again at each letter.

const OPTION = '[role="option"]';

// Fields whose list was closed: an answer that comes late opens it no more.
const dismissed = new WeakSet();

function parts(field) {
  const list = field.closest("[data-combobox]").querySelector(".suggestions");
  return { list, options: [...list.querySelectorAll(OPTION)] };
}

function activate(field, options, active) {
  for (const option of options) option.setAttribute("aria-selected", option === active);
  if (active) {
    field.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function close(field) {
  dismissed.add(field);
  const { list } = parts(field);
  list.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function prepare(root) {
  for (const field of root.querySelectorAll("[data-combobox] input:not([role])")) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", "suggestions");
    field.setAttribute("aria-expanded", "false");
  }
}

document.addEventListener("input", (event) => {
  dismissed.delete(event.target);
  const field = event.target.closest?.("[data-combobox] input");
  // What was chosen was chosen for other words.
  if (field) activate(field, parts(field).options, undefined);
});

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-combobox] input");
  if (!field) return;
  const { options } = parts(field);
  const current = options.findIndex((option) => option.ariaSelected === "true");
  if (event.key === "Escape" && options.length) {
    close(field);
    event.preventDefault();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
    // One place more than there are options: the text as it was typed.
    const places = options.length + 1;
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = (((current + 1 + step) % places) + places) % places;
    activate(field, options, options[next - 1]);
    event.preventDefault();
  } else if (event.key === "Enter" && current >= 0) {
    event.preventDefault();
    options[current].querySelector("a").click();
  }
});

document.addEventListener("focusout", (event) => {
  const box = event.target.closest?.("[data-combobox]");
  if (box && event.relatedTarget && !box.contains(event.relatedTarget)) {
    close(box.querySelector("input"));
  }
});

document.addEventListener("click", (event) => {
  for (const field of document.querySelectorAll('[data-combobox] input[aria-expanded="true"]')) {
    if (!field.closest("[data-combobox]").contains(event.target)) close(field);
  }
});

document.addEventListener("submit", (event) => {
  const field = event.target.querySelector("[data-combobox] input");
  if (field) close(field);
});

document.addEventListener("htmx:afterSwap", (event) => {
  const box = event.target.closest?.("[data-combobox]");
  if (box) {
    const field = box.querySelector("input");
    if (dismissed.has(field) || document.activeElement !== field) close(field);
    field.setAttribute("aria-expanded", String(parts(field).options.length > 0));
    field.removeAttribute("aria-activedescendant");
  }
  prepare(document);
});

prepare(document);
