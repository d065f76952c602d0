// What every page needs: ways back, and what was refused is read out where it is shown.

for (const link of document.querySelectorAll("[data-back]")) {
  link.addEventListener("click", (event) => {
    if (history.length > 1) {
      event.preventDefault();
      history.back();
    }
  });
}

// What was refused before is no longer said when something is asked again by hand.
document.addEventListener("htmx:beforeRequest", (event) => {
  const by = event.detail.requestConfig?.triggeringEvent?.type;
  if (by === "submit" || by === "click") document.getElementById("said").replaceChildren();
});

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) location.assign("/enter");
});

// A server that is gone says nothing: the page says it.
document.addEventListener("htmx:sendError", () => {
  document.body.dataset.alone = "";
});
document.addEventListener("htmx:afterOnLoad", () => {
  delete document.body.dataset.alone;
});
