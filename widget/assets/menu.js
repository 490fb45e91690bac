// @ts-check
// The menu of languages. A choice is remembered in this browser; times.js applies
// it to pages that are loaded later. The reader's answers stay.

import languages from "locale:menu";
import { element } from "./elements.js";
import { CHOSEN_LANGUAGE } from "./chosen.js";

/** Adds the menu at its place, which the document reserves. @param {HTMLElement} main @param {() => void} passOn prepares the answers for a reload */
export function addLanguageMenu(main, passOn) {
  const { lang } = document.documentElement;
  if (Object.keys(languages).length < 2 || !languages[lang]) return;
  const select = /** @type {HTMLSelectElement} */ (
    element(
      "select",
      { "data-language": "" },
      ...Object.entries(languages).map(([tag, { name }]) => element("option", { value: tag, lang: tag }, name)),
    )
  );
  select.value = lang;
  select.addEventListener("change", () => {
    try {
      localStorage.setItem(CHOSEN_LANGUAGE, select.value);
    } catch {
      // It holds for this page.
    }
    passOn();
    const query = new URLSearchParams(location.search);
    query.set("lang", select.value);
    history.replaceState(history.state, "", `?${query}${location.hash}`);
    location.reload();
  });
  main
    .querySelector("[data-languages]")
    ?.append(element("label", { class: "version" }, element("span", {}, languages[lang].label), select));
}
