// Rows of a list of the form: adds one, moves them by buttons or by dragging, keeps their places.
// Missing from the platform: a form has no repeated part, and no list that its user can order.

import { say } from "./said.js";

const LONGEST_NAME = 60;
const named = (rows, name) => document.getElementById(`id_${rows.dataset.rows}-${name}`);
const listOf = (rows) => rows.querySelector(".desk-row-list");
export const rowsOf = (rows) => [...rows.querySelectorAll("[data-row]")];
const isGone = (row) => row.querySelector('[name$="-DELETE"]')?.checked ?? false;

function tool(text, label, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "desk-tool";
  const word = document.createElement("span");
  word.textContent = text;
  made.append(word);
  made.setAttribute("aria-label", label);
  made.dataset.tool = name;
  made.addEventListener("click", act);
  return made;
}

// The places that will be saved, and which buttons make sense.
function number(rows, isEdited) {
  const kept = rowsOf(rows).filter((row) => !isGone(row));
  if ("sortable" in rows.dataset) {
    kept.forEach((row, index) => {
      const place = row.querySelector("[data-position]");
      if (isEdited && place) place.value = index + 1;
      row.querySelector('[data-tool="up"]').disabled = index === 0;
      row.querySelector('[data-tool="down"]').disabled = index === kept.length - 1;
    });
  }
  const most = Number(named(rows, "MAX_NUM_FORMS").value);
  const add = rows.querySelector("[data-add]");
  if (add) add.disabled = rowsOf(rows).length >= most;
  const low = Number(rows.dataset.low);
  const count = rows.querySelector(":scope > .desk-count");
  count.textContent = `${kept.length} ${kept.length < 2 ? "ligne" : "lignes"}${low ? ` (${low} ou plus)` : ""}`;
  count.classList.toggle("is-out", kept.length > 0 && kept.length < low);
}

function edited(rows) {
  number(rows, true);
  rows.dispatchEvent(new Event("input", { bubbles: true }));
}

function move(row, step) {
  const rows = row.closest("[data-rows]");
  const kept = rowsOf(rows).filter((other) => !isGone(other));
  const other = kept[kept.indexOf(row) + step];
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  edited(rows);
  const tools = ["up", "down"].map((name) => row.querySelector(`[data-tool="${name}"]`));
  (tools[step < 0 ? 0 : 1].disabled ? tools[step < 0 ? 1 : 0] : tools[step < 0 ? 0 : 1]).focus();
  say(`Ligne ${kept.indexOf(row) + step + 1} sur ${kept.length}.`);
}

// What the row is called, by its box and its buttons too: a new one by the first words in it.
function name(row) {
  const summary = row.querySelector("summary");
  if ("new" in summary.dataset) {
    const texts = [...row.querySelectorAll("details :is(input[type=text], textarea)")];
    const words = texts.map((field) => field.value.trim()).find(Boolean) ?? "";
    const place = rowsOf(row.closest("[data-rows]")).indexOf(row) + 1;
    summary.textContent = words ? words.slice(0, LONGEST_NAME) : `Nouvelle ligne, n° ${place}`;
  }
  const title = summary.textContent;
  for (const said of row.querySelectorAll("[data-row-name]")) said.textContent = title;
  for (const made of row.querySelectorAll("[data-verb]")) {
    made.setAttribute("aria-label", `${made.dataset.verb} « ${title} »`);
  }
}

function prepareRow(rows, row) {
  if (!("sortable" in rows.dataset) || !row.querySelector("[data-position]")) return name(row);
  const handle = tool("", "Faire glisser", "drag", () => {});
  handle.draggable = true;
  handle.tabIndex = -1;
  handle.setAttribute("aria-hidden", "true");
  const tools = row.querySelector(".desk-row-tools");
  tools.prepend(handle);
  tools.append(
    tool("Monter", "Monter", "up", () => move(row, -1)),
    tool("Descendre", "Descendre", "down", () => move(row, 1)),
  );
  for (const made of tools.querySelectorAll("[data-tool]")) made.dataset.verb = made.ariaLabel;
  name(row);
}

export function addRow(rows) {
  const total = named(rows, "TOTAL_FORMS");
  const markup = rows.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
  const holder = document.createElement("template");
  holder.innerHTML = markup;
  const row = holder.content.querySelector("[data-row]");
  listOf(rows).append(row);
  total.value = Number(total.value) + 1;
  prepareRow(rows, row);
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: rows.dataset.rows } }));
  return row;
}

// Rows in the order of the places that their fields say: as sent back by the server, or restored.
export function arrange(rows) {
  if ("sortable" in rows.dataset) {
    const place = (row) => Number(row.querySelector("[data-position]")?.value) || Infinity;
    const sorted = rowsOf(rows).sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
    listOf(rows).append(...sorted);
  }
  number(rows, false);
}

let dragged;

function prepare(rows) {
  const count = document.createElement("p");
  count.className = "desk-count";
  count.id = `${rows.dataset.rows}-count`;
  rows.append(count);
  const canAdd = rows.querySelector("template");
  const folds = () => [...rows.querySelectorAll("[data-row] > details")];
  if (folds().length > 1) {
    const name = rows.closest("fieldset").querySelector("h3").textContent;
    const unfold = tool("Tout déplier, tout replier", `Tout déplier, tout replier : ${name}`, "unfold", () => {
      const isOpen = folds().every((fold) => fold.open);
      for (const fold of folds()) fold.open = !isOpen;
    });
    rows.prepend(unfold);
  }
  if ("sortable" in rows.dataset && rows.querySelector("[data-position]") === null && !canAdd) {
    delete rows.dataset.sortable; // only read here
  }
  rows.classList.toggle("is-sorted", "sortable" in rows.dataset);
  for (const row of rowsOf(rows)) prepareRow(rows, row);
  if (canAdd) {
    const add = tool("Ajouter une ligne", `Ajouter une ligne : ${rows.closest("fieldset").querySelector("h3").textContent}`, "add", () => {
      const row = addRow(rows);
      edited(rows);
      row.querySelector("input:not([type=hidden], [type=checkbox]), textarea, select")?.focus();
    });
    add.dataset.add = "";
    add.setAttribute("aria-describedby", count.id);
    rows.append(add);
  }
  arrange(rows);
  rows.addEventListener("change", ({ target }) => {
    if (target.name?.endsWith("-DELETE")) {
      edited(rows);
      say(count.textContent);
    }
  });
  rows.addEventListener("input", ({ target }) => {
    const row = target.closest("[data-row]");
    if (row) name(row);
  });
  rows.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-row]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(dragged, 0, 0);
    dragged.classList.add("is-dragged");
  });
  rows.addEventListener("dragover", (event) => {
    const over = event.target.closest?.("[data-row]");
    if (!dragged || !rows.contains(dragged)) return;
    event.preventDefault();
    if (!over || over === dragged) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged);
    else over.after(dragged);
  });
  rows.addEventListener("drop", (event) => {
    if (dragged && rows.contains(dragged)) event.preventDefault();
  });
  rows.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    dragged = undefined;
    edited(rows);
  });
}

for (const rows of document.querySelectorAll("[data-rows]")) prepare(rows);
