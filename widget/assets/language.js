// @ts-check
// Chooses a language, as package locale does in Go.

/**
 * The entry of a language: exactly, or of its tag shortened from the end
 * (RFC 4647, 3.4), else English's.
 * @template T
 * @param {Record<string, T>} entries by BCP 47 tag
 * @param {string} tag as the page's author wrote it
 * @returns {T}
 */
export function lookup(entries, tag) {
  for (let rest = tag.toLowerCase(); rest; rest = rest.slice(0, Math.max(rest.lastIndexOf("-"), 0))) {
    const found = Object.keys(entries).find((key) => key.toLowerCase() === rest);
    if (found) return entries[found];
  }
  return entries.en;
}
