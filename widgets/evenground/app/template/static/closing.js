// A page that closes ends its kernel. Where a browser keeps the closed page to show it again on
// Back, it is opened anew: its kernel is gone.

// This file lies one below what all addresses of the app begin with.
const closingBase = new URL("..", document.currentScript.src).pathname;

// Voila closes its line to the kernel as soon as a page begins to close. This listener was here
// first, so what was typed and not yet sent goes out before that.
window.addEventListener("beforeunload", () => window.dispatchEvent(new CustomEvent("evenground:closing")), true);

window.addEventListener("pagehide", () => {
  const told = document.getElementById("jupyter-config-data");
  if (told) navigator.sendBeacon(`${closingBase}voila/api/shutdown/${JSON.parse(told.textContent).kernelId}`);
});

// Voila puts an empty frame of its own behind the page, under a name that is ours.
document.addEventListener("DOMContentLoaded", () => {
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node.id === "main") {
          node.id = "eg-frame";
          node.hidden = true;
        }
      }
    }
  }).observe(document.body, { childList: true });
});
