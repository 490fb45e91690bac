// @ts-check
// What the Go program reaches the network, the Cache API and D1 through. Each
// call has a time limit here, because Go must not use timers at the edge.

import { withTimeout } from "./timeout.mjs";

/** @typedef {import("./go_http.mjs").GoRequest} GoRequest */

/** For a reading of Apple's status; the same as TimeLimit in package apple. In milliseconds, as all of these. */
const APPLE_TIME_LIMIT = 6_000;
/** For the webhook's receiver; package webhook relies on it. */
const WEBHOOK_TIME_LIMIT = 10_000;
/** For one operation of the database or of the Cache API. */
const STORE_TIME_LIMIT = 3_000;
/** How long after a reservation was stored it is read back: longer than storing one takes. */
const RESERVATION_SETTLES = 150;
/** How long to wait where another isolate has a reservation. */
const RESERVATION_TAKEN = 700;

/**
 * Returns the objects that Go finds by name among its bindings.
 * @param {Record<string, unknown>} env
 */
export function ports(env) {
  return {
    APPLE: apple,
    WEBHOOK: { fetch: fetchWebhook },
    READING_CACHE: readingCache,
    DB: env.DB && boundedDatabase(/** @type {D1Database} */ (env.DB)),
  };
}

const apple = {
  /**
   * Returns what fetches from Apple with a time limit that includes the body: what
   * is left of that of the reading. It never fetches from the platform's cache,
   * which caches files named *.js for hours.
   *
   * @param {number} limit milliseconds
   */
  within(limit) {
    const signal = AbortSignal.timeout(Math.max(0, Math.min(limit, APPLE_TIME_LIMIT)));
    return {
      /** @param {GoRequest} request @param {RequestInit} init */
      fetch: ({ url, headers }, init) => fetch(url, { headers, ...init, cache: "no-store", signal }),
    };
  },
};

/**
 * Posts to the webhook's receiver. Go's body is a stream; it is read first, so
 * that the request has a Content-Length, which some receivers require.
 *
 * @param {GoRequest} request
 * @param {RequestInit} init
 */
async function fetchWebhook({ url, method, headers, body }, init) {
  return fetch(url, {
    method,
    headers,
    ...init,
    body: await new Response(body).arrayBuffer(),
    signal: AbortSignal.timeout(WEBHOOK_TIME_LIMIT),
  });
}

/** The part of the Cache API that Go uses: texts stored under addresses. */
const readingCache = {
  /** Resolves with "" if there is none. @param {string} address */
  async load(address) {
    const cached = await withTimeout("the Cache API", caches.default.match(address), STORE_TIME_LIMIT);
    return cached ? withTimeout("the Cache API", cached.text(), STORE_TIME_LIMIT) : "";
  },
  /** @param {string} address @param {string} text @param {number} maxAge seconds */
  async save(address, text, maxAge) {
    const response = new Response(text, { headers: { "Cache-Control": `max-age=${maxAge}` } });
    await withTimeout("the Cache API", caches.default.put(address, response), STORE_TIME_LIMIT);
  },
  /**
   * Reserves the next reading for this isolate until a time. Resolves with 0, or
   * with the time until which another isolate has reserved it.
   *
   * The Cache API has no atomic operations. Of isolates that store a reservation
   * at the same time, the last one has it: all of them see that when they read it
   * back.
   *
   * @param {string} address @param {number} until
   */
  async reserve(address, until) {
    owner ||= crypto.randomUUID();
    const takenUntil = async () => {
      const reservation = JSON.parse((await this.load(address)) || "{}");
      return reservation.owner !== owner && Date.now() < reservation.until ? reservation.until : 0;
    };
    let taken = await takenUntil();
    if (!taken) {
      const maxAge = Math.max(1, Math.ceil((until - Date.now()) / 1000));
      await this.save(address, JSON.stringify({ owner, until }), maxAge);
      await scheduler.wait(RESERVATION_SETTLES);
      taken = await takenUntil();
    }
    if (taken) await scheduler.wait(RESERVATION_TAKEN);
    return taken;
  },
};
/** Names this isolate. */
let owner = "";

/**
 * The part of a database that Go uses.
 * @param {D1Database} database
 */
function boundedDatabase(database) {
  /** @param {string} text @param {unknown[]} values */
  const statement = (text, values) => database.prepare(text).bind(...values);
  return {
    /**
     * Resolves with columns and rows as JSON.
     * @param {string} text @param {unknown[]} values
     */
    async query(text, values) {
      const result = statement(text, values).raw({ columnNames: true });
      const [columns, ...rows] = await withTimeout("the database", result, STORE_TIME_LIMIT);
      return JSON.stringify({ columns, rows });
    },
    /**
     * Resolves with the number of rows that were written.
     * @param {string} text @param {unknown[]} values
     */
    async run(text, values) {
      const { meta } = await withTimeout("the database", statement(text, values).run(), STORE_TIME_LIMIT);
      return meta.changes;
    },
  };
}
