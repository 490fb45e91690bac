// @ts-check
// Chooses a language, as package locale does in Go.

/** Tags whose language is named in another way here. */
const ALIASES = new Map([
  ["pt", "pt-BR"],
  ["zh", "zh-Hans"],
  ["zh-tw", "zh-Hant"],
  ["zh-hk", "zh-Hant"],
  ["zh-mo", "zh-Hant"],
  ["yue", "zh-Hant"],
]);

/** Regions whose Spanish is that of es-419: all but those whose Spanish is Spain's. */
const LATIN_AMERICA = /^es-(?!e[as]|gq|ic|ph)..$/;

/**
 * The first language that there is among those that are wanted, else English. A
 * tag is shortened from its end until one matches (RFC 4647, 3.4).
 * @param {string[]} tags BCP 47 tags of the languages that there are
 * @param {readonly string[]} wanted as the page's author or the browser has them
 */
export function choose(tags, wanted) {
  for (const tag of wanted)
    for (let rest = tag.toLowerCase(); rest; rest = rest.slice(0, Math.max(rest.lastIndexOf("-"), 0))) {
      const alias = LATIN_AMERICA.test(rest) ? "es-419" : ALIASES.get(rest);
      const found = tags.find((known) => known.toLowerCase() === rest) ?? tags.find((known) => known === alias);
      if (found) return found;
    }
  return "en";
}
