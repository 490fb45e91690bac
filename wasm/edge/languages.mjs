// @ts-check
// Loads the texts of a language into Go on first use, from the static files.

import { logThrottled } from "./log.mjs";
import { withTimeout } from "./timeout.mjs";

/** Longest that a request waits for the texts, in milliseconds. Without them it is answered in English. */
const TIME_LIMIT = 2_000;

/**
 * Loads the language of an address, if it isn't there. A failure isn't the
 * request's: it gets English, and the next request tries again.
 *
 * @param {{ missingLanguage(url: string): { tag: string; file: string } | null; provideLanguage(tag: string, texts: Uint8Array): boolean }} instance
 * @param {string} url of the request
 * @param {Record<string, unknown>} env
 */
export async function loadLanguage(instance, url, env) {
  try {
    const missing = instance.missingLanguage(url);
    const assets = /** @type {{ fetch(url: URL): Promise<Response> } | undefined} */ (env.ASSETS);
    if (!missing || !assets) return;
    const texts = async () => {
      const response = await assets.fetch(new URL(missing.file, url));
      if (response.status !== 200) throw new Error(`${missing.file} has the status ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    };
    instance.provideLanguage(missing.tag, await withTimeout("the static files", texts(), TIME_LIMIT));
  } catch (error) {
    logThrottled("loading a language failed", error);
  }
}
