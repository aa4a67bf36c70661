// Makes a search field and its list of suggestions a combobox: arrows, Home, End, Enter, Escape, and
// the attributes that a screen reader announces. Missing from the platform: <datalist> takes no
// markup, leads nowhere and can't be asked again at each letter.

const FIELD = "[data-combobox] input";
const OPTION = '[role="option"]';

// Fields whose list was closed: an answer that comes late opens it no more.
const dismissed = new WeakSet();

function parts(field) {
  const list = field.closest("[data-combobox]").querySelector('[role="listbox"]');
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

function show(field) {
  const { list, options } = parts(field);
  list.hidden = !options.length;
  field.setAttribute("aria-expanded", String(!list.hidden));
  activate(field, options, undefined);
}

function close(field) {
  dismissed.add(field);
  const { list, options } = parts(field);
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  activate(field, options, undefined);
}

// One place more than there are options: the text as it was typed.
function placeAfter(key, current, count) {
  const places = count + 1;
  const moved = {
    ArrowDown: (current + 1) % places,
    ArrowUp: (current - 1 + places) % places,
    Home: current && 1,
    End: current && count,
  };
  return moved[key] ?? current;
}

document.addEventListener("input", (event) => {
  const field = event.target.closest?.(FIELD);
  if (!field) return;
  dismissed.delete(field);
  // What was chosen was chosen for other words.
  activate(field, parts(field).options, undefined);
});

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.(FIELD);
  if (!field || event.isComposing) return;
  const { list, options } = parts(field);
  const current = options.findIndex((option) => option.ariaSelected === "true") + 1;
  if (list.hidden) {
    if (event.key !== "ArrowDown" || !options.length) return;
    dismissed.delete(field);
    show(field);
    event.preventDefault();
  } else if (event.key === "Escape") {
    close(field);
    event.preventDefault();
  } else if (event.key === "Enter" && current) {
    options[current - 1].click();
    event.preventDefault();
  } else {
    const next = placeAfter(event.key, current, options.length);
    if (next === current) return;
    activate(field, options, options[next - 1]);
    event.preventDefault();
  }
});

// The button beside the field is elsewhere too: only the list itself may take the focus.
document.addEventListener("focusout", (event) => {
  const field = event.target.closest?.(FIELD);
  const goesTo = event.relatedTarget;
  if (field && goesTo && !parts(field).list.contains(goesTo)) close(field);
});

document.addEventListener("click", (event) => {
  for (const field of document.querySelectorAll(`${FIELD}[aria-expanded="true"]`)) {
    if (!field.closest("[data-combobox]").contains(event.target)) close(field);
  }
});

document.addEventListener("submit", (event) => {
  const field = event.target.querySelector(FIELD);
  if (!field) return;
  close(field);
  // A keyboard drawn on the screen would hide what was found.
  if (matchMedia("(pointer: coarse)").matches) field.blur();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const field = event.target.closest?.("[data-combobox]")?.querySelector("input");
  if (!field) return;
  if (dismissed.has(field) || document.activeElement !== field) close(field);
  else show(field);
});

for (const field of document.querySelectorAll(FIELD)) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", parts(field).list.id);
  field.setAttribute("aria-expanded", "false");
}
