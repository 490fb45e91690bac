// @ts-check
// A second try for requests that hang: on bad Wi-Fi one request can hang for
// minutes while the next one goes through.

/** Milliseconds without an answer after which a request counts as hanging. */
const FIRST_TRY_TIMEOUT = 6_000;

/**
 * Fetches, and once more if no answer begins in time or the first try fails.
 * How long an answer takes once it has begun is not limited.
 *
 * @param {string} address
 * @returns {Promise<Response>}
 */
export async function fetchWithRetry(address) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), FIRST_TRY_TIMEOUT);
  try {
    return await fetch(address, { signal: controller.signal });
  } catch {
    return await fetch(address);
  } finally {
    clearTimeout(timer);
  }
}
