// @ts-check
// Closes the list of all steps, which is open for readers without script. The
// script is inlined right after the list's heading, so that no browser paints the
// list open first.

const list = /** @type {HTMLDetailsElement} */ (document.currentScript?.parentElement);
list.open = false;

// Until widget.js is there, or if it can't be loaded, a symptom is a link to its
// step. Not every browser opens what is around a link's target.
addEventListener("hashchange", () => {
  let target = document.getElementById(location.hash.slice(1));
  for (let element = target; element; element = element.parentElement)
    if (element instanceof HTMLDetailsElement) element.open = true;
  target?.scrollIntoView();
});
