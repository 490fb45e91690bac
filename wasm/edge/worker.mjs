// @ts-check
// The Worker's entry. It holds one Go instance for each isolate, lends it the
// request that may carry its work, and answers from memory what Go said may
// be kept. What a status means, only Go knows.

import "./wasm_exec.js";
import program from "./app.wasm";

/** Longest wait for one answer of Apple's, body included; as package apple has it. */
const APPLE_TIME_LIMIT = 6_000;
/** Longest wait for the webhook's receiver; package webhook counts on it. */
const WEBHOOK_TIME_LIMIT = 10_000;
/** Longest wait for one answer of the database or of the Cache API. */
const STORE_TIME_LIMIT = 3_000;
/** Longest that a request waits for a reading. */
const READING_WAIT = 6_500;
/** Longest that a request waits at all: first for a reading, then for Go, which may wait for the database. */
const WAIT_LIMIT = 9_700;
/** Longest that a cron run waits for its minute's work. What it leaves, the next one does. */
const TICK_LIMIT = 25_000;
/** How long an answer that may no longer be kept can stand in when Go fails. */
const STAND_IN_FOR = 300_000;
/** The same failure is logged at most this often. */
const COMPLAIN_EVERY = 10_000;
/** Bytes that a reader's browser may send to measure its upload. */
const PROBE_LIMIT = 512 * 1024;
/** Answers and bytes that are kept at most. */
const MEMORY = { answers: 32, bytes: 2_000_000 };
/** Elements, of 4 bytes, that each answer from memory leaves to the garbage collector (see answer). */
const LITTER = 1024;

/** What answers that don't come from Go have of the headers that all have (Guard in package api). */
const GUARD = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
};

/**
 * @typedef {object} Instance
 * @property {{exited: boolean}} go
 * @property {(request: Request) => Promise<Response>} handleRequest
 * @property {() => {lease: number, wait: number, next: number}} claim
 * @property {(lease: number) => boolean} settled
 * @property {(lease: number) => Promise<void>} refresh
 * @property {() => Promise<void>} tick
 */

/** @type {Instance | undefined} */
let instance;

/**
 * Returns the isolate's Go instance, and boots one if there is none that
 * lives. Booting is synchronous: two requests can't boot two. Go's own promise
 * of its end is not waited for, since its continuation would belong to the
 * request that booted, and never run once that has ended.
 *
 * @param {Record<string, unknown>} env
 * @returns {Instance}
 */
function running(env) {
  if (instance && !instance.go.exited) return instance;
  const go = new globalThis.Go();
  const binding = /** @type {any} */ ({ go }); // Go adds the rest
  let ready = false;
  const wasm = new WebAssembly.Instance(program, {
    ...go.importObject,
    workers: {
      ready: () => {
        ready = true;
      },
    },
  });
  // The names that the workers package expects: env, ctx, binding. The
  // instance outlives its first request, so it gets no ctx of any request.
  go.run(wasm, { env: { ...env, ...ports(env) }, ctx: {}, binding });
  if (!ready) throw new Error("the Go program didn't start");
  console.log(JSON.stringify({ level: "INFO", msg: "the Go program started", again: instance !== undefined }));
  instance = binding;
  return binding;
}

/**
 * What Go reaches the world by, each bounded in time: Go has no timers here.
 * @param {Record<string, unknown>} env
 */
function ports(env) {
  return {
    APPLE: { fetch: fetchApple },
    WEBHOOK: { fetch: fetchWebhook },
    SHELF: shelf,
    DB: env.DB && bounded(/** @type {D1Database} */ (env.DB)),
  };
}

/**
 * The fetch that Go reads Apple with: never answered from the platform's
 * cache, which keeps files named *.js for hours.
 *
 * @param {Request} request
 * @param {RequestInit} [init]
 */
function fetchApple(request, init) {
  return fetch(request, { ...init, cache: "no-store", signal: AbortSignal.timeout(APPLE_TIME_LIMIT) });
}

/**
 * The fetch that Go posts with. The body comes as a stream; it is sent with
 * its length, which not every receiver does without.
 *
 * @param {Request} request
 * @param {RequestInit} [init]
 */
async function fetchWebhook(request, init) {
  return fetch(request, {
    ...init,
    body: await request.arrayBuffer(),
    signal: AbortSignal.timeout(WEBHOOK_TIME_LIMIT),
  });
}

/** As much of the Cache API as Go uses: texts under made-up addresses. */
const shelf = {
  /** Resolves with "" when there is none. @param {string} address */
  async load(address) {
    const kept = await inTime("the Cache API", caches.default.match(address));
    return kept ? inTime("the Cache API", kept.text()) : "";
  },
  /** @param {string} address @param {string} text @param {number} age seconds that it is kept at most */
  async save(address, text, age) {
    await inTime(
      "the Cache API",
      caches.default.put(address, new Response(text, { headers: { "Cache-Control": `max-age=${age}` } })),
    );
  },
};

/**
 * As much of a database as Go uses, where a statement that isn't answered in
 * time fails. A late answer is ignored.
 *
 * @param {D1Database} database
 */
function bounded(database) {
  /** @param {string} text @param {unknown[]} values */
  const statement = (text, values) => database.prepare(text).bind(...values);
  return {
    /**
     * Resolves with columns and rows as JSON.
     * @param {string} text @param {unknown[]} values
     */
    async query(text, values) {
      const [columns, ...rows] = await inTime("the database", statement(text, values).raw({ columnNames: true }));
      return JSON.stringify({ columns, rows });
    },
    /**
     * Resolves with the number of rows that have been written.
     * @param {string} text @param {unknown[]} values
     */
    async run(text, values) {
      const { meta } = await inTime("the database", statement(text, values).run());
      return meta.changes;
    },
  };
}

/**
 * @template T
 * @param {string} who
 * @param {Promise<T>} answer
 */
async function inTime(who, answer) {
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;
  const limit = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${who} didn't answer in time`)), STORE_TIME_LIMIT);
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * An answer that Go said may be kept.
 * @typedef {{headers: Headers, age: number, tag: string, body: ArrayBuffer, stored: number, expires: number, litter?: unknown[]}} Kept
 */

/** @type {Map<string, Kept>} */
const memory = new Map();
let bytes = 0;
/** Between these times Go needn't be asked whether a reading is due. */
let lastClaim = 0;
let nextClaim = 0;

/**
 * Also false when the clock was set back to before the span's begin.
 * @param {number} now @param {number} from @param {number} to
 */
const within = (now, from, to) => now >= from && now < to;

/** After a refresh: what was kept may be out of date, and so is when to claim. */
function forget() {
  memory.clear();
  bytes = 0;
  nextClaim = 0;
}

/**
 * Keeps an answer whose own canonical address (Content-Location) is the one
 * that was asked for. So there are as many keys as there are different
 * answers, whatever query strings are thought up.
 *
 * @param {string} key
 * @param {Response} response
 */
async function keep(key, response) {
  const age = /(?:^|[, ])max-age=(\d+)/.exec(response.headers.get("Cache-Control") ?? "");
  if (response.status !== 200 || !age || response.headers.get("Content-Location") !== key) return response;
  const body = await response.arrayBuffer();
  const now = Date.now();
  const kept = {
    headers: new Headers(response.headers),
    age: -1,
    tag: response.headers.get("ETag") ?? "",
    body,
    stored: now,
    expires: now + Number(age[1]) * 1000,
  };
  bytes += body.byteLength - (memory.get(key)?.body.byteLength ?? 0);
  memory.delete(key);
  memory.set(key, kept);
  for (const [oldest, { body }] of memory) {
    if (memory.size <= MEMORY.answers && bytes <= MEMORY.bytes) break;
    memory.delete(oldest);
    bytes -= body.byteLength;
  }
  return new Response(body, response);
}

/**
 * Answers from memory. The headers are made once a second, for their Age; a
 * response copies them at a fraction of what making them costs.
 *
 * What a response holds outside of V8 is freed at the collection of young
 * objects, of all responses since the last one at once, while everybody waits.
 * An answer makes so few young objects that 3,000 of them would be freed
 * together, in 30 ms; with some litter it is a seventh, more often, and
 * cheaper by the processor's caches. The litter is held until the next answer,
 * or V8 might see that nobody needs it and not make it.
 *
 * @param {Request} request
 * @param {Kept} kept
 */
function answer(request, kept) {
  const age = Math.max(0, Math.floor((Date.now() - kept.stored) / 1000));
  if (age !== kept.age) {
    kept.age = age;
    kept.headers.set("Age", String(age));
  }
  kept.litter = new Array(LITTER);
  const condition = request.headers.get("If-None-Match");
  if (
    condition &&
    kept.tag &&
    condition.split(",").some((tag) => tag.trim().replace(/^W\//, "") === kept.tag || tag.trim() === "*")
  ) {
    const headers = new Headers(kept.headers);
    headers.delete("Content-Type");
    return new Response(null, { status: 304, headers });
  }
  return new Response(request.method === "HEAD" ? null : kept.body, { headers: kept.headers });
}

/** @param {Instance} go @param {ExecutionContext} ctx */
function claim(go, ctx) {
  const turn = go.claim();
  lastClaim = Date.now();
  nextClaim = turn.next;
  // The refresh goes on when this request's client leaves; should it die all
  // the same, Go's lease ends and another request's claim takes over.
  if (turn.lease) ctx.waitUntil(go.refresh(turn.lease).then(forget));
  return turn;
}

/**
 * Sees to it that there is something to answer with. A request that has to
 * wait for another's reading looks again and again, by timers of its own: a
 * promise of another request's work would leave it without any, and the
 * runtime would call it hung.
 *
 * @param {Instance} go @param {ExecutionContext} ctx
 */
async function prepared(go, ctx) {
  const { wait } = claim(go, ctx);
  const began = Date.now();
  for (
    let pause = 5;
    wait && !go.go.exited && !go.settled(wait) && Date.now() - began < READING_WAIT;
    pause = Math.min(pause * 1.5, 100)
  ) {
    await scheduler.wait(pause);
  }
}

/** When each complaint was logged, and how often it wasn't since. @type {Map<string, {at: number, more: number}>} */
const complaints = new Map();

/**
 * Logs a failure in the form of Go's own log; the same one again once in
 * COMPLAIN_EVERY at most, however many requests it hits.
 *
 * @param {string} msg one of few
 * @param {unknown} error
 */
function complain(msg, error) {
  const now = Date.now(),
    last = complaints.get(msg);
  if (last && within(now, last.at, last.at + COMPLAIN_EVERY)) {
    last.more++;
    return;
  }
  complaints.set(msg, { at: now, more: 0 });
  console.error(JSON.stringify({ level: "ERROR", msg, error: String(error), more: last?.more ?? 0 }));
}

/** @param {number} status @param {string} sentence @param {Record<string, string>} [headers] */
function sorry(status, sentence, headers) {
  return Response.json(
    { error: sentence },
    {
      status,
      headers: {
        ...GUARD,
        "Cache-Control": "no-store",
        "Retry-After": "1",
        "Access-Control-Allow-Origin": "*",
        ...headers,
      },
    },
  );
}

/**
 * Takes what the widget sends to measure its reader's upload, and forgets it.
 * @param {Request} request
 */
async function probed(request) {
  if (request.method !== "POST") return sorry(405, "This address takes POST only.", { Allow: "POST" });
  // What is too much is read a while all the same: a proxy in front may hold
  // back an answer that comes before the request's end.
  let bytes = 0;
  for await (const chunk of /** @type {AsyncIterable<Uint8Array>} */ (request.body ?? [])) {
    bytes += chunk.byteLength;
    if (bytes > 10 * PROBE_LIMIT) break;
  }
  if (bytes > PROBE_LIMIT) return sorry(413, `This address takes ${PROBE_LIMIT} bytes at most.`);
  return new Response(null, { status: 204, headers: { ...GUARD, "Cache-Control": "no-store" } });
}

export default {
  /**
   * @param {Request} request
   * @param {Record<string, unknown>} env
   * @param {ExecutionContext} ctx
   */
  async fetch(request, env, ctx) {
    const readable = request.method === "GET" || request.method === "HEAD";
    // The address as it came is mostly the canonical one; a URL, which costs
    // a longer pause for the garbage collector, is made for the others only.
    let key = request.url.slice(request.url.indexOf("/", "https://".length));
    let kept = readable ? memory.get(key) : undefined;
    if (!kept) {
      const { pathname, search } = new URL(request.url);
      if (pathname === "/probe") return probed(request);
      key = pathname + search;
      kept = readable ? memory.get(key) : undefined;
    }
    const now = Date.now();
    try {
      if (kept && within(now, kept.stored, kept.expires)) {
        if (!within(now, lastClaim, nextClaim)) claim(running(env), ctx);
        return answer(request, kept);
      }
      const go = running(env);
      if (readable) await prepared(go, ctx);
      const response = await handled(go, request, ctx, WAIT_LIMIT - (Date.now() - now));
      if (request.method !== "GET") return response;
      return await keep(key, response);
    } catch (error) {
      complain("answering failed", error);
      if (kept && within(now, kept.stored, kept.stored + STAND_IN_FOR)) return answer(request, kept);
      return sorry(503, "The status can't be answered right now. Try again in a moment.");
    }
  },

  /**
   * Does the work of a minute. Nothing is locked by a run that is cut off or
   * runs beside another: the next one goes on from what is kept.
   *
   * @param {ScheduledController} controller
   * @param {Record<string, unknown>} env
   */
  async scheduled(controller, env) {
    try {
      const go = running(env);
      await promised(
        go,
        go.tick().then(() => true),
        TICK_LIMIT,
      );
      forget();
    } catch (error) {
      complain("the minute's work failed", error);
    }
  },
};

/**
 * Has Go answer. Most of its handlers wait for nothing; those that wait for
 * the database do so with this request's promises. Would these end with a
 * client that leaves, Go would wait for ever.
 *
 * @param {Instance} go
 * @param {Request} request
 * @param {ExecutionContext} ctx
 * @param {number} limit milliseconds
 */
function handled(go, request, ctx, limit) {
  const response = promised(go, go.handleRequest(lean(request)), limit);
  ctx.waitUntil(response.catch(() => {}));
  return response;
}

/**
 * As much of a request as Go looks at. It would copy every header and all that
 * the platform tells of the client, which takes longer than most answers.
 *
 * @param {Request} request
 */
function lean(request) {
  const condition = request.headers.get("If-None-Match");
  return new Request(request.url, { method: request.method, headers: condition ? { "If-None-Match": condition } : {} });
}

/**
 * Waits for what Go promised. A Go program that has ended in the middle keeps
 * no promise, so it is looked at again and again, by timers of this request.
 *
 * @template {object | true} T
 * @param {Instance} go
 * @param {Promise<T>} promise
 * @param {number} limit milliseconds
 * @returns {Promise<T>}
 */
async function promised(go, promise, limit) {
  const began = Date.now();
  let value = await Promise.race([promise, undefined]); // what waits for nothing is there already
  for (let pause = 5; !value; pause = Math.min(pause * 1.5, 100)) {
    if (go.go.exited) throw new Error("the Go program ended in the middle");
    if (Date.now() - began > limit) throw new Error("the Go program took too long");
    value = await Promise.race([promise, scheduler.wait(pause).then(() => undefined)]);
  }
  return value;
}
