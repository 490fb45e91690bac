// @ts-check
// Calls the Go program on behalf of a request, with a time limit.

/** @typedef {import("./boot.mjs").GoInstance} GoInstance */

/**
 * Has Go respond to a request. Most of Go's handlers are synchronous; those that
 * query the database await promises of this request. If these were cancelled
 * when the client disconnects, Go would wait forever: hence waitUntil.
 *
 * @param {GoInstance} instance
 * @param {Request} request
 * @param {ExecutionContext} ctx
 * @param {number} limit milliseconds
 */
export function callGo(instance, request, ctx, limit) {
  const response = waitForGo(instance, instance.handleRequest(minimalRequest(request)), limit);
  ctx.waitUntil(response.catch(() => {}));
  return response;
}

/**
 * Returns a request with only what Go uses, and as a plain object, which is made
 * faster than a Request. The workers package copies all headers, which takes longer than most handlers.
 *
 * @param {Request} request
 */
function minimalRequest({ url, method, headers }) {
  /** @type {[string, string][]} */
  const used = [];
  for (const name of ["If-None-Match", "Accept-Language", "Sec-Fetch-Dest"]) {
    const value = headers.get(name);
    if (value) used.push([name, value]);
  }
  // Go writes no body for HEAD, and the platform makes Content-Length of the body.
  return { url, method: method === "HEAD" ? "GET" : method, headers: new Map(used), body: null };
}

/**
 * Waits for a promise of Go's. A Go program that exits never settles its
 * promises, so this polls whether it has exited, with timers of this request.
 *
 * @template {object | true} T
 * @param {GoInstance} instance
 * @param {Promise<T>} promise
 * @param {number} limit milliseconds
 * @returns {Promise<T>}
 */
export async function waitForGo(instance, promise, limit) {
  const started = Date.now();
  let value = await Promise.race([promise, undefined]); // synchronous handlers are done here
  for (let pause = 5; !value; pause = Math.min(pause * 1.5, 100)) {
    if (instance.go.exited) throw new Error("the Go program exited during the call");
    if (Date.now() - started > limit) throw new Error("the Go program took too long");
    value = await Promise.race([promise, scheduler.wait(pause).then(() => undefined)]);
  }
  return value;
}
