// Keeps what is typed in this browser until the server says that it is saved, offers it back, and
// warns before leaving. Missing from the platform: a form forgets all with its tab or its session.

import { addRow, arrange, rowsOf } from "./rows.js";

const PREFIX = "desk:draft:";
const SKIPPED = new Set(["csrfmiddlewaretoken", "draft_key"]);
const mark = document.querySelector("[data-draft]");

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : "";
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // not ours, or cut off
  }
}

// What the server has kept is no draft any more.
function forgetSaved() {
  const saved = new Set(cookie("saved_forms").replaceAll('"', "").split(".").filter(Boolean));
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && saved.has(key.split(":").pop())) localStorage.removeItem(key);
  }
}

function labelOf(field, value) {
  if (field?.tagName !== "SELECT") return "";
  return [...field.options].find((option) => option.value === value)?.text ?? "";
}

function fieldsOf(form) {
  const fields = [];
  for (const field of form.elements) {
    if (!field.name || SKIPPED.has(field.name) || ["submit", "button"].includes(field.type)) continue;
    if (field.type === "checkbox") fields.push([field.name, field.checked]);
    else if (field.multiple) {
      const chosen = [...field.selectedOptions].map(({ value, text }) => [value, text]);
      fields.push([field.name, chosen]);
    } else fields.push([field.name, field.value, labelOf(field, field.value)]);
  }
  return fields;
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

function fill(form, fields) {
  const values = new Map(fields.map(([name, ...rest]) => [name, rest]));
  for (const rows of form.querySelectorAll("[data-rows]")) {
    const total = Number(values.get(`${rows.dataset.rows}-TOTAL_FORMS`)?.[0] ?? 0);
    while (rowsOf(rows).length < total) addRow(rows);
    const surplus = rowsOf(rows).filter((row) => Number(row.id.split("-").pop()) >= total);
    for (const row of surplus) row.remove();
  }
  for (const field of form.elements) {
    if (!values.has(field.name)) continue;
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
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(place) && key !== mine);
  const kept = keys.map((key) => ({ key, ...read(key) })).filter(({ fields }) => fields);
  return kept.sort((a, b) => b.at - a.at)[0];
}

function offer(form, kept, accept) {
  const box = form.querySelector("[data-restore]");
  const at = new Date(kept.at).toLocaleString("fr-BE", { dateStyle: "long", timeStyle: "short" });
  box.querySelector("[data-restore-time]").textContent = at;
  box.querySelector("[data-restore-stale]").hidden = kept.revision === mark.dataset.revision;
  box.hidden = false;
  const done = () => {
    localStorage.removeItem(kept.key);
    box.hidden = true;
    form.querySelector("input:not([type=hidden], [type=submit])")?.focus();
  };
  box.querySelector("[data-restore-refuse]").addEventListener("click", done);
  box.querySelector("[data-restore-accept]").addEventListener("click", () => {
    accept();
    done();
  });
}

function start(form) {
  mark.value ||= crypto.randomUUID?.() ?? `${Date.now().toString(16)}-${performance.now().toString(16).replace(".", "")}`;
  const place = `${PREFIX}${mark.dataset.draft}:${location.pathname}:`;
  const mine = place + mark.value;
  const isRefused = "refused" in mark.dataset;
  let isDirty = isRefused;
  let isLeaving = false;
  let timer;

  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    const draft = { at: Date.now(), revision: mark.dataset.revision, fields: fieldsOf(form) };
    try {
      localStorage.setItem(mine, JSON.stringify(draft));
    } catch {
      // Full, or refused by the browser: the warning before leaving remains.
    }
  };
  const touched = () => {
    isDirty = true;
    timer ??= setTimeout(keep, 300);
  };

  const kept = lastKept(place, mine);
  if (isRefused) keep();
  else if (kept) {
    offer(form, kept, () => {
      fill(form, kept.fields);
      isDirty = true;
      keep();
    });
  }

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  window.django?.jQuery(form).on("select2:select select2:unselect select2:clear", touched);
  form.addEventListener("submit", () => {
    if (isDirty) keep();
    isLeaving = true;
    // Somebody who logged in again in another tab has a new token.
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    if (token) token.value = cookie("csrftoken") || token.value;
  });
  addEventListener("pagehide", () => timer && keep());
  addEventListener("pageshow", () => (isLeaving = false));
  addEventListener("beforeunload", (event) => {
    if (isDirty && !isLeaving) event.preventDefault();
  });
}

forgetSaved();
if (mark) start(mark.form);
