// Refuses htmx the session storage, where it would note each address and thus the answers.
// Missing from the platform: no header and no directive refuses a page storage; htmx has no setting.

Object.defineProperty(window, "sessionStorage", {
  get() {
    throw new DOMException("Answers are kept in the address only.", "SecurityError");
  },
});
