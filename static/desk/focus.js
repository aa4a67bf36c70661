// Leads to a field: where a list of things to see to points, and at first where a form begins.
// Missing from the platform: a link to a block moves no focus, nor does one to a field that a
// library has put aside; a label has no part in the scrolling to its field.

const FIELD =
  'input:not([type="hidden"], [type="submit"], [type="button"], [type="range"], [name$="-DELETE"]), textarea, select';
const ASIDE = ".hidden, [hidden], .desk-panel"; // the panel's steps are no part of what is written

export function firstField(root) {
  return [...root.querySelectorAll(FIELD)].find((field) => !field.disabled && !field.closest(ASIDE));
}

// select2 puts a box of its own in the place of a <select>.
function shown(field) {
  const isAside = field.classList.contains("select2-hidden-accessible");
  const box = isAside && field.parentElement.querySelector(".select2-container");
  return (box && box.querySelector(".select2-search__field, .select2-selection")) || field;
}

function unfold(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

function leadTo(target) {
  const field = target.matches(FIELD) ? target : (target.querySelector("[data-add]:enabled") ?? firstField(target));
  const control = field ? shown(field) : target;
  if (!field) target.tabIndex = -1;
  unfold(control);
  control.focus({ preventScroll: true });
  (field?.closest(".desk-field, .form-row") ?? target).scrollIntoView();
  control.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('[data-leads] a[href^="#"]');
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.hash = link.hash;
  leadTo(target);
});

const faults = document.querySelector("[data-faults], .desk-overtaken");
if (faults) {
  faults.tabIndex = -1;
  faults.focus();
} else if (location.pathname.endsWith("/add/")) {
  const form = document.querySelector('#content-main form[id$="_form"]');
  if (form) firstField(form)?.focus();
}
