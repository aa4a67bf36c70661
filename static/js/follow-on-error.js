// When a swap fails, goes to the same address as if there were no script: the browser says what is
// wrong. Missing from the platform: a fetch that fails is silent.

for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    const { elt, pathInfo } = event.detail;
    if (elt.getAttribute("role") !== "combobox") location.assign(pathInfo.finalRequestPath);
  });
}
