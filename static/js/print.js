// Shows the buttons that print the page, and prints it.
// Missing from the platform: no link or form can open the print dialog.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
