// Counts characters, words or lines beside a field, and says when they are too few or too many.
// Missing from the platform: `maxlength` cuts what is pasted without a word, and knows no minimum.

import { say } from "./said.js";

const WORD = /[\p{L}\p{N}_’'·-]+/gu;
const COUNTS = {
  characters: (text) => [...text].length,
  words: (text) => (text.match(WORD) ?? []).length,
  lines: (text) => text.split("\n").filter((line) => line.trim()).length,
};
const NAMES = {
  characters: ["caractère", "caractères"],
  words: ["mot", "mots"],
  lines: ["ligne", "lignes"],
};

function bounds(low, high) {
  if (low && high) return `${low} à ${high}`;
  return low ? `${low} ou plus` : `${high} au plus`;
}

// Of a list whose lines have a longest: the one where the caret is, and the first that is too long.
function lines(field) {
  const most = Number(field.dataset.longest);
  if (!most) return { saidOfLines: "", isLineOut: false };
  const lengths = field.value.split("\n").map((text) => COUNTS.characters(text.trim()));
  const tooLong = lengths.findIndex((length) => length > most);
  const isTyped = field === document.activeElement;
  const typed = isTyped ? field.value.slice(0, field.selectionStart).split("\n").length - 1 : -1;
  const said = [...new Set([typed, tooLong])].filter((index) => index >= 0).map((index) => {
    const name = NAMES.characters[lengths[index] < 2 ? 0 : 1];
    return `\u202f; ligne\u00a0${index + 1}\u00a0: ${lengths[index]} ${name} (${bounds(0, most)})`;
  });
  return { saidOfLines: said.join(""), isLineOut: tooLong >= 0 };
}

function show(field) {
  const { count: unit, low, high } = field.dataset;
  const count = COUNTS[unit](field.value);
  const said = field.parentElement.querySelector(".desk-count");
  const { saidOfLines, isLineOut } = lines(field);
  said.textContent = `${count} ${NAMES[unit][count < 2 ? 0 : 1]} (${bounds(low, high)})${saidOfLines}`;
  const isOut = isLineOut || (high && count > high) || (low && count > 0 && count < low);
  said.classList.toggle("is-out", Boolean(isOut));
}

// Said aloud where it passes a bound, not at each letter; whoever comes to the field hears it.
function follow(field) {
  const said = field.parentElement.querySelector(".desk-count");
  const wasOut = said.classList.contains("is-out");
  show(field);
  if (said.classList.contains("is-out") !== wasOut) say(said.textContent);
}

function prepare(root) {
  for (const field of root.querySelectorAll("[data-count]")) {
    if (!field.parentElement.querySelector(".desk-count")) {
      const said = document.createElement("span");
      said.className = "desk-count";
      said.id = `${field.id}_count`;
      field.after(said);
      const others = field.getAttribute("aria-describedby");
      field.setAttribute("aria-describedby", others ? `${others} ${said.id}` : said.id);
    }
    show(field);
  }
}

document.addEventListener("input", ({ target }) => {
  if (target.dataset?.count) follow(target);
});
for (const event of ["selectionchange", "focusout"]) {
  document.addEventListener(event, ({ target }) => {
    const field = event === "focusout" ? target : document.activeElement;
    if (field?.dataset?.longest) show(field);
  });
}
document.addEventListener("formset:added", ({ target }) => prepare(target));
document.addEventListener("desk:restored", () => prepare(document));
prepare(document);
