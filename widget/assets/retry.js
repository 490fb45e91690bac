// @ts-check
// A second try for requests that hang: on bad Wi-Fi one request can hang for
// minutes while the next one goes through.

/** Milliseconds without an answer after which a first try counts as hanging. */
export const FIRST_TRY_TIMEOUT = 6_000;
/** Milliseconds after which an answer that doesn't begin, or doesn't end, is given up. */
const LAST_TRY_TIMEOUT = 20_000,
  BODY_TIMEOUT = 120_000; // the engine on a very slow connection

/** Rejects after some time. @param {number} time milliseconds @returns {Promise<never>} */
export const timeout = (time) =>
  new Promise((_, reject) => setTimeout(() => reject(new Error("nothing came in time")), time));

/**
 * Fetches and reads, and once more if no answer begins in time or the first try
 * fails.
 * @template T
 * @param {string} address
 * @param {(response: Response) => Promise<T>} read
 * @param {(response: Response) => Promise<T>} [readAgain] reads the second answer
 * @returns {Promise<T>}
 */
export const fetchWithRetry = (address, read, readAgain = read) =>
  fetchOnce(address, read, FIRST_TRY_TIMEOUT).catch(() => fetchOnce(address, readAgain, LAST_TRY_TIMEOUT));

/**
 * Fetches and reads within limits. Rejects if the answer isn't a good one.
 * @template T
 * @param {string} address @param {(response: Response) => Promise<T>} read
 * @param {number} limit milliseconds until the answer begins
 * @param {RequestInit} [init]
 * @param {number} [bodyLimit] milliseconds that the rest of the answer may take
 * @returns {Promise<T>}
 */
export async function fetchOnce(address, read, limit, init, bodyLimit = BODY_TIMEOUT) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timer = setTimeout(abort, limit);
  try {
    const response = await fetch(address, { ...init, signal: controller.signal });
    clearTimeout(timer);
    if (!response.ok) throw new Error(String(response.status));
    timer = setTimeout(abort, bodyLimit);
    return await read(response);
  } finally {
    clearTimeout(timer);
  }
}
