// Keeps what is typed in this browser until the server says that it is saved, offers it back, and
// warns before leaving. Missing from the platform: a form forgets all with its tab or its session.

import { firstField } from "./focus.js";
import { addRow, arrange, rowsOf } from "./rows.js";
import * as store from "./store.js";

const PREFIX = "desk:draft:";
const SKIPPED = new Set(["csrfmiddlewaretoken", "draft_key"]);
const UNTYPED = new Set(["submit", "button", "file"]);
// Which rows of the database a form was about, and who saved them last: another page has its own.
const OF_ITS_PAGE = /^seen_revision$|-(?:id|INITIAL_FORMS|metier|question_set)$/;
const mark = document.querySelector("[data-draft]");

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : "";
}

function read(key) {
  try {
    return JSON.parse(store.get(key));
  } catch {
    return null; // not ours, or cut off
  }
}

const saved = () => new Set(cookie("saved_forms").replaceAll('"', "").split(".").filter(Boolean));

// What the server has kept is no draft any more.
function forgetSaved() {
  const done = saved();
  for (const key of store.keys()) {
    if (key.startsWith(PREFIX) && done.has(key.split(":").pop())) store.drop(key);
  }
}

// A page that one comes back to after its save holds a draft that is none any more.
function nameDraft() {
  if (mark.value && !saved().has(mark.value)) return;
  mark.value = crypto.randomUUID?.() ?? `${Date.now().toString(16)}-${performance.now().toString(16).replace(".", "")}`;
}

function labelOf(field, value) {
  if (field?.tagName !== "SELECT") return "";
  return [...field.options].find((option) => option.value === value)?.text ?? "";
}

function fieldsOf(form) {
  const fields = [];
  for (const field of form.elements) {
    if (!field.name || SKIPPED.has(field.name) || UNTYPED.has(field.type)) continue;
    if (field.type === "checkbox") fields.push([field.name, field.checked]);
    else if (field.multiple) {
      const chosen = [...field.selectedOptions].map(({ value, text }) => [value, text]);
      fields.push([field.name, chosen]);
    } else fields.push([field.name, field.value, labelOf(field, field.value)]);
  }
  return fields;
}

// Without the names of what is chosen, which may change meanwhile.
function typedIn(form) {
  const chosen = (value) => (Array.isArray(value) ? value.map(([one]) => one) : value);
  return JSON.stringify(fieldsOf(form).map(([name, value]) => [name, chosen(value)]));
}

function choose(select, chosen) {
  for (const option of select.options) option.selected = false;
  for (const [value, text] of chosen) {
    let option = [...select.options].find((other) => other.value === value);
    if (!option) {
      option = new Option(text, value);
      select.append(option);
    }
    option.selected = true;
  }
  window.django?.jQuery(select).trigger("change"); // select2 listens to jQuery alone
}

// The rows of a set of questions, which the admin's own script adds.
function addPlainRows(form, values) {
  for (const group of form.querySelectorAll("[data-inline-formset]")) {
    const { prefix } = JSON.parse(group.dataset.inlineFormset).options;
    const total = form.elements[`${prefix}-TOTAL_FORMS`];
    let lacking = Number(values.get(total.name)?.[0] ?? 0) - Number(total.value);
    for (; lacking > 0; lacking -= 1) group.querySelector(".add-row a")?.click();
  }
}

function fill(form, fields) {
  const values = new Map(fields.map(([name, ...rest]) => [name, rest]));
  addPlainRows(form, values);
  for (const rows of form.querySelectorAll("[data-rows]")) {
    const total = Number(values.get(`${rows.dataset.rows}-TOTAL_FORMS`)?.[0] ?? 0);
    while (rowsOf(rows).length < total) addRow(rows);
    const surplus = rowsOf(rows).filter((row) => Number(row.id.split("-").pop()) >= total);
    for (const row of surplus) row.remove();
  }
  for (const field of form.elements) {
    if (!values.has(field.name) || UNTYPED.has(field.type)) continue;
    const [value, label] = values.get(field.name);
    if (field.type === "checkbox") field.checked = value;
    else if (field.multiple) choose(field, value);
    else if (field.tagName === "SELECT") choose(field, value === "" ? [["", ""]] : [[value, label]]);
    else field.value = value;
  }
  for (const rows of form.querySelectorAll("[data-rows]")) arrange(rows);
  form.dispatchEvent(new CustomEvent("desk:restored", { bubbles: true }));
}

// Each opening of a page has a draft of its own, so that none overwrites another: the last one first.
function lastKept(place, mine) {
  const keys = store.keys().filter((key) => key.startsWith(place) && key !== mine);
  const kept = keys.map((key) => ({ key, ...read(key) })).filter(({ fields }) => fields);
  return kept.sort((a, b) => b.at - a.at)[0];
}

function offer(form, kept, accept) {
  const box = form.querySelector("[data-restore]");
  const at = new Date(kept.at).toLocaleString("fr-BE", { dateStyle: "long", timeStyle: "short" });
  box.querySelector("[data-restore-time]").textContent = at;
  box.querySelector("[data-restore-stale]").hidden = kept.revision === mark.dataset.revision;
  box.hidden = false;
  box.focus();
  const done = () => {
    store.drop(kept.key);
    box.hidden = true;
    firstField(form)?.focus();
  };
  box.querySelector("[data-restore-refuse]").addEventListener("click", done);
  box.querySelector("[data-restore-accept]").addEventListener("click", () => {
    accept();
    done();
  });
}

function start(form) {
  nameDraft();
  const place = `${PREFIX}${mark.dataset.draft}:`;
  const mine = () => place + mark.value;
  const isRefused = "refused" in mark.dataset;
  const { row, revision } = mark.dataset;
  const before = typedIn(form);
  let isDirty = isRefused;
  let isLeaving = false;
  let timer;

  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    const draft = { at: Date.now(), row, revision, fields: fieldsOf(form) };
    const isKept = store.put(mine(), JSON.stringify(draft));
    if (!isKept) form.querySelector("[data-unkept]").hidden = false;
  };
  const touched = () => {
    isDirty = true;
    timer ??= setTimeout(keep, 300);
  };

  const kept = lastKept(place, mine());
  if (isRefused) keep();
  else if (kept) {
    offer(form, kept, () => {
      const isOfThisPage = kept.row === row;
      fill(form, isOfThisPage ? kept.fields : kept.fields.filter(([name]) => !OF_ITS_PAGE.test(name)));
      isDirty = true;
      store.drop(kept.key); // or else there may be no room for both
      keep();
    });
  }

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  window.django?.jQuery(form).on("select2:select select2:unselect select2:clear", touched);
  // What the admin's pop-up chooses changes for jQuery alone, as does all that it looks at first.
  window.django?.jQuery(form).on("change", () => typedIn(form) === before || touched());
  form.addEventListener("submit", ({ submitter }) => {
    if (isDirty) keep();
    isLeaving = submitter?.formTarget !== "_blank";
    // Somebody who logged in again in another tab has a new token.
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    if (token) token.value = cookie("csrftoken") || token.value;
  });
  addEventListener("pagehide", () => timer && keep());
  addEventListener("pageshow", () => {
    isLeaving = false;
    nameDraft();
  });
  addEventListener("beforeunload", (event) => {
    if (isDirty && !isLeaving) event.preventDefault();
  });
}

forgetSaved();
if (mark) start(mark.form);
