// A list in a textarea, one line a line: Alt+↑ and Alt+↓ move the line, as do two buttons, and a
// pasted list loses its bullets (`data-lines` says which) and is lines of its own. Missing from the platform: a textarea knows no lines.

function changed(area) {
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// Puts the text in the field as typing would, so that Ctrl+Z takes it back.
function type(area, text) {
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    changed(area);
  }
}

function move(area, step) {
  const lines = area.value.split("\n");
  const before = area.value.slice(0, area.selectionStart).split("\n");
  const from = before.length - 1;
  const to = from + step;
  if (to < 0 || to >= lines.length) return;
  const column = before[from].length;
  [lines[from], lines[to]] = [lines[to], lines[from]];
  area.focus();
  area.select();
  type(area, lines.join("\n"));
  const caret = lines.slice(0, to).reduce((sum, line) => sum + line.length + 1, 0) + column;
  area.setSelectionRange(caret, caret);
}

function button(area, label, text, step) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "desk-tool";
  made.textContent = text;
  made.setAttribute("aria-label", `${label} la ligne de « ${area.labels[0].textContent.replace(/\s*:\s*$/, "")} »`);
  made.addEventListener("click", () => move(area, step));
  return made;
}

for (const area of document.querySelectorAll("textarea[data-lines]")) {
  const tools = document.createElement("div");
  tools.className = "desk-tools";
  tools.append(button(area, "Monter", "↑ Monter", -1), button(area, "Descendre", "↓ Descendre", 1));
  const hint = document.createElement("span");
  hint.className = "help";
  hint.textContent = "la ligne du curseur : Alt+↑, Alt+↓";
  tools.append(hint);
  area.parentElement.append(tools);
}

document.addEventListener("keydown", (event) => {
  const area = event.target.closest?.("textarea[data-lines]");
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!area || !step || !event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  move(area, step);
});

document.addEventListener("paste", (event) => {
  const area = event.target.closest?.("textarea[data-lines]");
  const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n") ?? "";
  if (!area || !text.includes("\n")) return;
  event.preventDefault();
  const bullet = new RegExp(area.dataset.lines, "u");
  const lines = text.split("\n").map((line) => line.replace(bullet, "").trim());
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  const start = before && !before.endsWith("\n") ? "\n" : "";
  const end = after && !after.startsWith("\n") ? "\n" : "";
  type(area, start + lines.filter(Boolean).join("\n") + end);
});
