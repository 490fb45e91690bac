// @ts-check
// The landing page's copy button. Without script the text selects at a tap.

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
      button.textContent = "Selected: copy it now";
    }
    setTimeout(() => (button.textContent = label), 2500);
  });
}
