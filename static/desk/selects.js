// Gives the autocompletes of the admin the name of their field.
// Missing from select2: a label for what it puts in the place of a <select>.

let last = 0;

function name(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const label = select.labels?.[0];
    const made = select.parentElement.querySelector(".select2-container");
    if (!label || !made) continue;
    label.id ||= `desk-label-${++last}`;
    const shown = made.querySelector(".select2-selection--single .select2-selection__rendered");
    shown?.removeAttribute("role");
    shown?.removeAttribute("aria-readonly");
    const box = made.querySelector('[role="combobox"]');
    box?.setAttribute("aria-labelledby", shown ? `${label.id} ${shown.id}` : label.id);
    made.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
  }
}

window.django?.jQuery(() => name(document));
document.addEventListener("formset:added", ({ target }) => name(target));
// The search field of an open list is made anew each time.
window.django?.jQuery(document).on("select2:open", ({ target }) => {
  const label = target.labels?.[0];
  const field = document.querySelector(".select2-container--open .select2-search__field");
  if (label?.id) field?.setAttribute("aria-labelledby", label.id);
});
