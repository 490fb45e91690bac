// @ts-check

/**
 * Resolves as the promise does, or rejects after the time limit. A late result
 * is ignored.
 *
 * @template T
 * @param {string} what the error's subject, such as "the database"
 * @param {Promise<T>} promise
 * @param {number} limit milliseconds
 */
export async function withTimeout(what, promise, limit) {
  let fail = (/** @type {Error} */ _) => {};
  /** @type {Promise<never>} */
  const timeout = new Promise((_, reject) => (fail = reject));
  const timer = setTimeout(() => fail(new Error(`${what} didn't answer in time`)), limit);
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
