// @ts-check
// The landing page: its copy button, and the incidents' times in the reader's
// own zone. Without script a tap selects the text, and times are in UTC. The
// words are in attributes, which the template takes from the catalogue.

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
