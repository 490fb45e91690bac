// @ts-check
// The landing page: the controls of the widget and of its code, the copy button,
// and the incidents' times in the reader's own zone. Without script a tap selects
// the text, and times are in UTC. The words are in attributes, which the template
// takes from the catalogue.

import { snippets } from "./snippets.js";

const button = document.querySelector("button[data-copied]");
const snippet = document.querySelector("pre");
if (button instanceof HTMLButtonElement && snippet && navigator.clipboard) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(snippet.textContent ?? "");
      button.textContent = button.dataset.copied ?? label;
    } catch {
      getSelection()?.selectAllChildren(snippet);
      button.textContent = button.dataset.selected ?? label;
    }
    setTimeout(() => (button.textContent = label), 2500);
  });
}

const form = document.querySelector("form"),
  widget = document.querySelector("backup-check");
if (form && widget instanceof HTMLElement && snippet) {
  const control = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement} */ (/** @type {unknown} */ (form.elements.namedItem(name)));
  const accent = control("accent"),
    width = control("width"),
    output = form.querySelector("output");
  const update = () => {
    /** @type {Record<string, string>} */
    const attributes = {};
    const wanted = {
      lang: control("lang").value,
      theme: control("theme").value,
      // A browser without a picker of colours has a field of text in its place.
      accent: /^#[\da-f]{6}$/i.test(accent.value) && accent.value !== accent.defaultValue ? accent.value : "",
      symptom: control("symptom").value,
      compact: control("compact").checked,
    };
    for (const [name, value] of Object.entries(wanted))
      if (value) widget.setAttribute(name, (attributes[name] = value === true ? "" : value));
      else widget.removeAttribute(name);
    const pixels = width.value === width.max ? 0 : Number(width.value);
    widget.style.width = pixels ? `${pixels}px` : "";
    if (output) output.textContent = pixels ? `${pixels}px` : "100%";
    // The page has the title in its own language only.
    const own = [undefined, document.documentElement.lang].includes(attributes.lang);
    const host = control("host").value;
    const { origin = "", title = "" } = form.dataset;
    snippet.textContent = snippets[host]({ origin, title: own ? title : "iCloud Backup", attributes, width: pixels });
    for (const note of document.querySelectorAll("[data-host]"))
      if (note instanceof HTMLElement) note.hidden = note.dataset.host !== host;
  };
  form.addEventListener("input", update);
  update(); // browsers keep what was chosen when the reader comes back to the page
}

const format = new Intl.DateTimeFormat(document.documentElement.lang, {
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
});
for (const element of document.querySelectorAll("time"))
  element.textContent = format.format(new Date(element.dateTime));
const zone = document.querySelector("[data-zone]");
if (zone instanceof HTMLElement)
  zone.textContent = (zone.dataset.zone ?? "").replace("{zone}", () => format.resolvedOptions().timeZone);

// Closed details would be missing on paper.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
