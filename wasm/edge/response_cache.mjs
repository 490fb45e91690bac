// @ts-check
// The isolate's in-memory cache of Go's responses.

import { isWithin } from "./interval.mjs";

/** The most that is cached at a time. */
const LIMITS = { responses: 32, bytes: 2_000_000 };
/** Longest that a response may be used when Go fails, in milliseconds. */
const USABLE_ON_ERROR = 300_000;

/** @typedef {Response | import("./go_http.mjs").GoResponse} AnyResponse */

/**
 * Returns a number of a Cache-Control header, in milliseconds.
 * @param {AnyResponse} response @param {string} name
 */
function directive(response, name) {
  const found = new RegExp(`(?:^|[, ])${name}=(\\d+)`).exec(response.headers.get("Cache-Control") ?? "");
  return found ? Number(found[1]) * 1000 : undefined;
}

/**
 * Responses by address. The least recently stored ones are evicted first.
 */
export class ResponseCache {
  /** @type {Map<string, CachedResponse>} */
  #responses = new Map();
  #bytes = 0;

  /** @param {string} key path and query; the whole address if the response depends on the host */
  get(key) {
    return this.#responses.get(key);
  }

  clear() {
    this.#responses.clear();
    this.#bytes = 0;
  }

  /**
   * Caches a response if Go allows it, and returns the response to send. Errors it
   * doesn't allow, but /healthz while something doesn't work (503). Only a response
   * whose canonical address (Content-Location) is the requested one
   * is cached, so made-up query strings add no entries.
   *
   * @param {string[]} keys of the request: path and query, and the whole address
   * @param {AnyResponse} response
   */
  async store(keys, response) {
    const maxAge = directive(response, "max-age");
    const key = response.headers.get("Content-Location") ?? "";
    const allowed = response.status === 200 || response.status === 503;
    if (!allowed || maxAge === undefined || !keys.includes(key)) return new Response(response.body, response);
    const body = await response.arrayBuffer();
    this.#delete(key);
    this.#responses.set(key, new CachedResponse(response, body, maxAge, directive(response, "stale-if-error")));
    this.#bytes += body.byteLength;
    for (const oldest of this.#responses.keys()) {
      if (this.#responses.size <= LIMITS.responses && this.#bytes <= LIMITS.bytes) break;
      this.#delete(oldest);
    }
    return new Response(body, response);
  }

  /** @param {string} key */
  #delete(key) {
    this.#bytes -= this.#responses.get(key)?.body.byteLength ?? 0;
    this.#responses.delete(key);
  }
}

export class CachedResponse {
  #status;
  #headers;
  #tag;
  #stored = Date.now();
  #expires;
  #unusable;
  /** Seconds that the header Age has now. */
  #age = -1;

  /**
   * @param {{status: number, headers: Headers}} response @param {ArrayBuffer} body
   * @param {number} maxAge milliseconds
   * @param {number} [staleIfError] milliseconds after that
   */
  constructor({ status, headers }, body, maxAge, staleIfError = 0) {
    this.#status = status;
    this.#headers = new Headers(headers);
    this.#tag = headers.get("ETag") ?? "";
    this.#expires = this.#stored + maxAge;
    this.#unusable = this.#stored + Math.min(maxAge + staleIfError, USABLE_ON_ERROR);
    this.body = body;
  }

  /** @param {number} now */
  isFresh(now) {
    return isWithin(now, this.#stored, this.#expires);
  }

  /** Whether it may be used in place of a response that failed. @param {number} now */
  isUsableOnError(now) {
    return isWithin(now, this.#stored, this.#unusable);
  }

  /**
   * Responds to a GET or HEAD request. The headers are made once a second, for
   * Age: a Response copies them at a fraction of the cost of making them.
   *
   * @param {Request} request
   */
  respond(request) {
    const age = Math.max(0, Math.floor((Date.now() - this.#stored) / 1000));
    if (age !== this.#age) {
      this.#age = age;
      this.#headers.set("Age", String(age));
    }
    const condition = request.headers.get("If-None-Match");
    if (condition && this.#matches(condition)) {
      const headers = new Headers(this.#headers);
      headers.delete("Content-Type");
      return new Response(null, { status: 304, headers });
    }
    // Also for HEAD: the platform sends the length and no body.
    return new Response(this.body, { status: this.#status, headers: this.#headers });
  }

  /** Compares weakly, as If-None-Match requires. @param {string} condition */
  #matches(condition) {
    if (!this.#tag) return false;
    return condition.split(",").some((tag) => tag.trim().replace(/^W\//, "") === this.#tag || tag.trim() === "*");
  }
}
