// @ts-check
// A tap never waits: shows a symptom's first screen from the document's own
// template. The script is inlined after the templates, so that it works before
// any other file is loaded. What the reader does here is in the elements, where
// widget.js finds it: the section names its symptom (data-from), a chosen answer
// is busy, a message that was sent is marked (data-sent).

import { postToHost, reveal } from "./host.js";

/** Milliseconds after which the page says that an answer has to wait. */
const SAY_AFTER = 500;
/** Milliseconds after which the reader gets the plain step if widget.js, which has its own limit, hasn't come either. */
const GIVE_UP = 12_000;

const main = /** @type {HTMLElement} */ (document.querySelector("main"));

/** @type {HTMLAnchorElement} The symptom that was tapped last. */
let symptom;

/** @param {MouseEvent} event */
function onClick(event) {
  const target = /** @type {Element} */ (event.target);
  const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a[data-first]"));
  const button = /** @type {HTMLButtonElement | null} */ (target.closest("section[data-from] button"));
  const field = /** @type {HTMLElement | null} */ (target.closest(".message > button")?.parentElement);
  if (link && show(link)) event.preventDefault();
  if (button) answer(button, /** @type {HTMLElement} */ (button.closest("section")));
  if (field) {
    field.dataset.sent = "";
    main.dispatchEvent(new Event("first"));
  }
}

/** Shows what follows a symptom. @param {HTMLAnchorElement} link @returns {boolean} whether the document has it */
function show(link) {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById(`first-${link.dataset.first}`));
  const plain = /** @type {HTMLElement | null} */ (main.querySelector("[data-plain]"));
  const section = /** @type {HTMLElement | undefined} */ (template?.content.firstElementChild?.cloneNode(true));
  if (!plain || !section) return false;
  symptom = link;
  section.dataset.from = link.dataset.symptom;
  plain.before(section);
  begin(true);
  section.querySelector("h2")?.focus({ preventScroll: true });
  reveal(section);
  postToHost({ type: "backup-check:step", number: Number(section.dataset.number) });
  main.dispatchEvent(new Event("first"));
  return true;
}

/** Hides the document's own steps while others are shown, or shows them. @param {boolean} begun */
function begin(begun) {
  main.toggleAttribute("data-begun", begun); // which folds the verdict
  /** @type {HTMLElement} */ (main.querySelector("[data-plain]")).hidden = begun;
}

/** @param {HTMLButtonElement} button @param {HTMLElement} section */
function answer(button, section) {
  if (button.dataset.action) {
    close(section);
    symptom.focus({ preventScroll: true });
    reveal(symptom);
  } else if (button.dataset.choice) {
    section.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    button.setAttribute("aria-busy", "true");
    const status = /** @type {HTMLElement | null} */ (section.querySelector("[data-waiting]"));
    setTimeout(() => status && (status.textContent = status.dataset.waiting ?? ""), SAY_AFTER);
    main.dispatchEvent(new Event("first"));
    setTimeout(() => {
      if (!section.isConnected || !section.dataset.from || !button.hasAttribute("aria-busy")) return;
      close(section);
      location.assign(symptom.href);
    }, GIVE_UP);
  }
}

/** @param {HTMLElement} section */
function close(section) {
  section.remove();
  begin(false);
}

// Without WebAssembly, as in Lockdown Mode, a symptom leads to its plain step.
if (typeof WebAssembly === "object") {
  const field = /** @type {HTMLTemplateElement | null} */ (main.querySelector("template[data-message]"));
  field?.replaceWith(field.content);
  main.addEventListener("click", onClick, true);
  main.addEventListener("keydown", (event) => {
    const field = /** @type {Element} */ (event.target).closest(".message textarea");
    if (!field || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    field.closest(".message")?.querySelector("button")?.click();
  });
}
