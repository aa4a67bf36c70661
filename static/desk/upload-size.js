// Says that a file is too heavy before it is sent: HTML has no attribute for the size of a file.
// The admin's forms check nothing in the browser, so that it also holds the form back.
// Attached by data-most-bytes="15000000"; without it the server says the same, after the wait.

const MEGABYTE = 1_000_000;

for (const input of document.querySelectorAll("input[type=file][data-most-bytes]")) {
  const most = Number(input.dataset.mostBytes);
  input.addEventListener("change", () => {
    const size = input.files[0]?.size ?? 0;
    const heavy = Math.ceil(size / MEGABYTE);
    input.setCustomValidity(
      size > most
        ? `Ce fichier pèse ${heavy}\u00a0Mo\u202f; une image pèse ${most / MEGABYTE}\u00a0Mo au plus.`
        : "",
    );
    input.reportValidity();
  });
  input.form.addEventListener("submit", (event) => {
    if (!input.reportValidity()) {
      event.preventDefault();
    }
  });
}
