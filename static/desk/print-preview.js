// Shows the button that opens the browser's print preview of the framed page.
// Missing from the platform: no link or form can open the print dialog.

for (const button of document.querySelectorAll("[data-print-preview]")) {
  const frame = document.getElementById(button.dataset.printPreview);
  button.hidden = false;
  button.addEventListener("click", () => frame.contentWindow.print());
}
