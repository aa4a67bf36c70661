// Keys 1 to 5 answer and ← goes back while the focus is inside the question.
// Missing from the platform: `accesskey` asks for a modifier that differs on every browser.

document.addEventListener("keydown", (event) => {
  const step = event.target.closest("[data-answer-keys]");
  if (!step || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  const link = step.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
