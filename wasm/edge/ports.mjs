// @ts-check
// What the Go program reaches the network, the Cache API and D1 through. Each
// call has a time limit here, because Go must not use timers at the edge.

import { withTimeout } from "./timeout.mjs";

/** For a reading of Apple's status; the same as TimeLimit in package apple. In milliseconds, as all of these. */
const APPLE_TIME_LIMIT = 6_000;
/** What is read of a body; the same as MaxBytes in package apple, which refuses more. */
const MAX_BYTES = 5 << 20;
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
    WEBHOOK: webhook,
    READING_CACHE: readingCache,
    DB: env.DB && boundedDatabase(/** @type {D1Database} */ (env.DB)),
  };
}

const apple = {
  /**
   * Fetches from Apple with a time limit that includes the body: what is left of
   * that of the reading. It never fetches from the platform's cache, which caches
   * files named *.js for hours.
   *
   * @param {string} url @param {string} headers a JSON object @param {null} _ a body
   * @param {number} limit milliseconds
   */
  async fetch(url, headers, _, limit) {
    const response = await fetch(url, {
      headers: JSON.parse(headers),
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(Math.max(0, Math.min(limit, APPLE_TIME_LIMIT))),
    });
    return forGo(response, await read(response.body, MAX_BYTES + 1));
  },
};

const webhook = {
  /**
   * Posts to the webhook's receiver. Of its answer only the status counts.
   * @param {string} url @param {string} headers a JSON object @param {Uint8Array<ArrayBuffer>} body
   */
  async fetch(url, headers, body) {
    const signal = AbortSignal.timeout(WEBHOOK_TIME_LIMIT);
    const response = await fetch(url, {
      method: "POST",
      headers: JSON.parse(headers),
      body,
      redirect: "manual",
      signal,
    });
    await response.body?.cancel();
    return forGo(response, new Uint8Array());
  },
};

/**
 * A response in few values, because Go takes microseconds to read one.
 * @param {Response} response @param {Uint8Array} body
 */
const forGo = ({ status, headers }, body) => ({ status, headers: JSON.stringify([...headers]), body });

/**
 * Reads a body up to a size.
 * @param {ReadableStream<Uint8Array> | null} stream @param {number} limit bytes
 */
async function read(stream, limit) {
  const reader = stream?.getReader();
  const chunks = [];
  let size = 0;
  for (let chunk = await reader?.read(); chunk?.value && size < limit; chunk = await reader?.read()) {
    chunks.push(chunk.value);
    size += chunk.value.byteLength;
  }
  if (size >= limit) await reader?.cancel();
  if (chunks.length === 1) return chunks[0];
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
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
