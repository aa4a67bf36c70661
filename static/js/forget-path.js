// Takes back what htmx keeps in the tab: the address, thus the answers.
// Missing from htmx: a way to push addresses without storing the last one.

document.addEventListener("htmx:pushedIntoHistory", () => {
  sessionStorage.removeItem("htmx-current-path-for-history");
});
