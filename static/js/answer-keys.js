// Keys 1 to 5 answer, ← goes back and → keeps what was answered, while the focus is inside the
// question, or nowhere in particular: a tap beside an answer leaves it on the page itself.
// Missing from the platform: `accesskey` asks for a modifier that differs on every browser.

// The key pressed last; again before the answers take a tap, it is the same press bouncing.
let last = "";

document.addEventListener("keydown", (event) => {
  const step = event.target.matches("body, main")
    ? document.querySelector("[data-answer-keys]")
    : event.target.closest("[data-answer-keys]");
  if (!step || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  const link = step.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!link) return;
  event.preventDefault();
  const isArmed = getComputedStyle(link).pointerEvents !== "none";
  const isBounce = event.key === last && !isArmed;
  last = event.key;
  if (!isBounce) link.click();
});
