// @ts-check
// The language that the reader chose in the menu.

/** Its key in localStorage. */
export const CHOSEN_LANGUAGE = "backup-check:language";

/** Loads the page in that language, unless it was asked for in it. */
export function applyChosenLanguage() {
  try {
    const chosen = localStorage.getItem(CHOSEN_LANGUAGE),
      query = new URLSearchParams(location.search);
    if (!chosen || chosen === document.documentElement.lang || chosen === query.get("lang")) return;
    query.set("lang", chosen);
    location.replace(`?${query}${location.hash}`);
  } catch {
    // Storage is forbidden here.
  }
}
