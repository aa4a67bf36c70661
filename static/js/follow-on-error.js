// When a swap fails, goes to the same address as if there were no script: the browser says what is
// wrong. A page that has its own words for a lost connection keeps what it shows, and says them.
// Missing from the platform: a fetch that fails is silent.

const failure = document.querySelector("[data-failure]");

const isSuggesting = (element) => element.getAttribute("role") === "combobox";

document.addEventListener("htmx:responseError", ({ detail }) => {
  if (!isSuggesting(detail.elt)) location.assign(detail.pathInfo.finalRequestPath);
});

document.addEventListener("htmx:sendError", ({ detail }) => {
  if (isSuggesting(detail.elt)) return;
  const address = detail.pathInfo.finalRequestPath;
  if (!failure) {
    location.assign(address);
    return;
  }
  failure.querySelector("a").href = address;
  failure.hidden = false;
});

// Said anew each time that it fails.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (failure && !isSuggesting(detail.elt)) failure.hidden = true;
});
