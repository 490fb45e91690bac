// @ts-check
// Asking a second time where nothing comes: on bad Wi-Fi a request can be
// stuck for minutes while another one goes through.

/** Milliseconds without an answer after which a request counts as stuck. */
const STUCK = 6_000;

/**
 * Fetches, and once more if no answer begins in time or the first try fails.
 * How long an answer that has begun may take is not limited.
 *
 * @param {string} address
 * @returns {Promise<Response>}
 */
export async function fetchAgain(address) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), STUCK);
  try {
    return await fetch(address, { signal: controller.signal });
  } catch {
    return await fetch(address);
  } finally {
    clearTimeout(timer);
  }
}
