// A button beside each address that is lent, which copies it. Missing from the platform: an input
// that is only read can be selected, not copied in one gesture.

import { say } from "./said.js";

async function copy(input) {
  input.select();
  try {
    await navigator.clipboard.writeText(input.value);
  } catch {
    document.execCommand("copy"); // no clipboard without HTTPS, nor where it is refused
  }
}

for (const input of document.querySelectorAll("input[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "Copier";
  button.setAttribute("aria-describedby", input.labels[0].id);
  button.addEventListener("click", async () => {
    await copy(input);
    button.textContent = "Copié";
    say("Copié.");
  });
  input.after(button);
}
