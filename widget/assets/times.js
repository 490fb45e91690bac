// @ts-check
// Times in the reader's own zone and language. The script is inlined right after
// the verdict, so that no browser paints the times in UTC first: their lengths
// differ, and the content below would move.

import { applyChosenLanguage } from "./chosen.js";

applyChosenLanguage(); // before the page is painted in another language

/** @param {HTMLTimeElement} element */
function localise(element) {
  const time = new Date(element.dateTime);
  if (Number.isNaN(time.getTime())) return;
  const language = document.documentElement.lang;
  const exact = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(time);
  const seconds = (Date.now() - time.getTime()) / 1000;
  if (element.dataset.form === "ago" && seconds > -60 && seconds < 86400) {
    const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    element.textContent =
      seconds < 60
        ? ago.format(-Math.max(0, Math.round(seconds)), "second")
        : seconds < 3600
          ? ago.format(-Math.round(seconds / 60), "minute")
          : ago.format(-Math.round(seconds / 3600), "hour");
  } else {
    const today = new Date().toDateString() === time.toDateString();
    element.textContent = today ? new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(time) : exact;
  }
  element.title = exact;
}

function localiseAll() {
  for (const element of document.querySelectorAll("time")) localise(element);
}

localiseAll();
for (const element of document.querySelectorAll("[data-without-script]")) element.remove();
setInterval(() => {
  if (!document.hidden) localiseAll();
}, 20_000);
document.addEventListener("visibilitychange", localiseAll);
