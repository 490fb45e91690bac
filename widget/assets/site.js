// @ts-check
// The landing page: its copy button, and the incidents' times in the reader's
// own zone. Without script the text selects at a tap, and times are in UTC.

const button = document.querySelector("button[data-copy]");
const snippet = document.querySelector("pre");
if (button instanceof HTMLButtonElement && snippet && navigator.clipboard) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(snippet.textContent ?? "");
      button.textContent = "Copied";
    } catch {
      getSelection()?.selectAllChildren(snippet);
      button.textContent = "Selected";
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
if (zone) zone.textContent = `Times are in your time zone, ${format.resolvedOptions().timeZone}.`;

// What is folded would be missing on paper.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
