// When a swap fails, follows the link as if there were no script: the browser says what is wrong.
// Missing from the platform: a fetch that fails is silent.

for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    location.assign(event.detail.elt.href);
  });
}
