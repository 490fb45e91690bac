// @ts-check
// Runs the whole Worker once at the module's top level, so that V8 has compiled
// what the first request runs: a function of the Wasm is compiled when it is
// first called, and that takes most of a cold request. What it serves, reads and
// stores is made up here, and forgotten: each run has a Worker and a start of
// Go of its own.

import { TOP_LEVEL_TIME } from "./boot.mjs";

/**
 * Makes a Worker that calls this instance of Go.
 * @typedef {(goInstance: () => import("./boot.mjs").GoInstance) => {
 *   fetch: (request: Request, env: {}, ctx: ExecutionContext) => Promise<Response>,
 *   scheduled: (controller: ScheduledController, env: {}) => Promise<void>,
 * }} CreateWorker
 */

/** In all that is made up, so that a test can search for it. */
const MARK = "rehearsed";
const ORIGIN = `https://${MARK}.invalid`;
const SECONDS = TOP_LEVEL_TIME / 1000,
  HOUR = 3600;

/**
 * @param {(env: Record<string, unknown>) => import("./boot.mjs").GoInstance} start
 * @param {CreateWorker} createWorker
 */
export async function rehearse(start, createWorker) {
  const platform = new MadeUpPlatform();
  try {
    platform.begin();
    let instance;
    for (const run of runs) {
      platform.next(run);
      instance = start(environment);
      const serve = worker(instance, createWorker);
      for (const address of run.addresses) await serve(address);
      if (instance.go.exited) throw new Error("the Go program exited");
    }
    instance?.collect(); // Go's garbage would be collected during a request
  } finally {
    platform.end();
  }
}

/**
 * @param {import("./boot.mjs").GoInstance} instance @param {CreateWorker} createWorker
 */
function worker(instance, createWorker) {
  const worker = createWorker(() => instance);
  /** @param {string} address */
  return async (address) => {
    /** @type {Promise<unknown>[]} */
    const background = [];
    const ctx = /** @type {ExecutionContext} */ (
      /** @type {unknown} */ ({ waitUntil: (/** @type {Promise<unknown>} */ work) => background.push(work) })
    );
    if (address === "cron") await worker.scheduled(/** @type {any} */ ({}), environment);
    else {
      const [method, path] = address.split(" ");
      const send = (/** @type {HeadersInit} */ headers) =>
        worker.fetch(new Request(ORIGIN + path, { method, headers }), environment, ctx);
      const tag = (await send({})).headers.get("ETag");
      if (tag) await send({ "If-None-Match": tag });
    }
    await Promise.all(background);
  };
}

const environment = {
  APPLE_ORIGIN: ORIGIN,
  EMBED_ORIGINS: ORIGIN,
  WEBHOOK_URL: `${ORIGIN}/hook`,
  WEBHOOK_SECRET: `whsec_${btoa(MARK)}`,
  DB: {
    prepare: (/** @type {string} */ text) => ({
      bind: (/** @type {unknown[]} */ ...values) => statement(text, values),
    }),
  },
};

const shell = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${MARK}</title></head><body></body></html>`;
/** A page with a light, which is parsed. */
const lights = shell.replace(
  "<body>",
  `$&<section class="section-lights"><div class="light-container"><div class="light-image"><div class="light-available"></div></div><div class="light-name"><span>iCloud Backup<span class="a11y">&amp;</span></span></div></div></section><script src="/${MARK}.js"></script>`,
);

/**
 * What Apple answers, and which addresses are called after that.
 * @typedef {object} Run
 * @property {Record<string, object[]>} services their events
 * @property {string} [page]
 * @property {number} [status] of the answers
 * @property {"cached" | "stored"} [reading] where the reading of the run before is: in the Cache API and in the
 *   database, or only there
 * @property {string[]} addresses "cron" for a cron run, else method and path
 */

const status = "GET /api/status",
  widget = "GET /widget",
  events = ["GET /feed.atom", "GET /api/v2/summary.json"];
/** @type {Run[]} */
const runs = [
  {
    services: { "iCloud Backup": [], "iCloud Drive": [event("Outage", "ongoing", -HOUR)] },
    addresses: [
      status,
      widget,
      ...events,
      "GET /",
      "GET /api/history",
      "GET /widget/messages",
      "GET /widget?lang=en",
      "GET /badge.svg",
      "GET /badge.json",
      "GET /healthz",
      "GET /openapi.json",
      `GET /oembed?url=${encodeURIComponent(`${ORIGIN}/widget`)}`,
      "GET /nothing",
      "HEAD /api/status",
      "POST /api/status",
    ],
  },
  { services: { "iCloud Backup": [event("Issue", "ongoing", -HOUR)] }, addresses: ["cron", status, widget, ...events] },
  {
    services: { "iCloud Backup": [event("Outage", "ongoing", -HOUR)] },
    page: lights,
    addresses: [status, widget],
  },
  { services: { "iCloud Backup": [event("Outage", "resolved", -2 * HOUR, -HOUR / 2)] }, addresses: [status, widget] },
  {
    services: { "iCloud Backup": [event("Maintenance", "upcoming", HOUR, 2 * HOUR)] },
    addresses: [status, widget, ...events],
  },
  { reading: "cached", services: {}, addresses: [status] },
  { services: { "iCloud Backup": [] }, addresses: ["cron"] },
  { reading: "stored", services: {}, addresses: [status, widget] },
  { status: 503, services: {}, addresses: ["cron", status, widget] },
];

/** @param {string} statusType @param {string} eventStatus @param {number} begin seconds from now @param {number} [end] */
function event(statusType, eventStatus, begin, end) {
  /** @param {number | undefined} at */
  const date = (at) => (at === undefined ? null : new Date(TOP_LEVEL_TIME + at * 1000));
  /** @param {number | undefined} at */
  const text = (at) =>
    date(at)
      ?.toISOString()
      .replace(/(\d+)-(\d+)-(\d+)T(\d+:\d+).*/, "$2/$3/$1 $4 UTC") ?? null;
  return {
    usersAffected: `Some users are ${MARK}`,
    epochStartDate: date(begin)?.getTime(),
    epochEndDate: date(end)?.getTime() ?? null,
    messageId: `${MARK}-${statusType}`,
    statusType,
    datePosted: text(Math.min(begin, 0)),
    startDate: text(begin),
    endDate: text(end),
    affectedServices: [MARK],
    eventStatus,
    message: `It is “${MARK}” & more than that.`,
  };
}

/** @param {Run} run */
function feed({ services }) {
  const names = ["App Store", "iCloud Account & Sign In", "iCloud Backup", "iCloud Drive", "iCloud Storage Upgrades"];
  return JSON.stringify({
    drpost: false,
    drMessage: null,
    services: names.map((serviceName) => ({ redirectUrl: null, serviceName, events: services[serviceName] ?? [] })),
  });
}

/** The row of the latest reading. @type {unknown[][]} */
let stored = [];

/** What D1 answers, by a word of the statement. The last one is for all others. @type {[RegExp, unknown[][]][]} */
const tables = [
  [
    /FROM d1_migrations/,
    [
      ["0001_history.sql"],
      ["0002_sent_at.sql"],
      ["0003_absent_incidents.sql"],
      ["0004_gave_up_at.sql"],
      ["0005_reading.sql"],
      ["0006_notice.sql"],
    ],
  ],
  [/SELECT c\.at/, [[SECONDS - 60, "outage", "operational", 0, 0, 0, 0]]],
  [
    /SELECT at, level/,
    [
      [SECONDS - 2 * HOUR, "operational", "operational"],
      [SECONDS - HOUR, "outage", "outage"],
    ],
  ],
  [/SELECT began_at, ended_at, \(/, [[SECONDS - 24 * HOUR, SECONDS - 60, null]]],
  [/SELECT began_at/, [[SECONDS - 24 * HOUR, SECONDS - 60]]],
  [
    /incident/,
    [
      ["iCloud Backup", MARK, "Issue", "ongoing", "degraded", MARK, MARK, `["${MARK}"]`].concat(
        /** @type {any[]} */ ([SECONDS - HOUR, 0, SECONDS - HOUR, SECONDS - HOUR, 0, SECONDS - 60]),
      ),
    ],
  ],
  [/./, []],
];

/** @param {string} text @param {unknown[]} values */
function statement(text, values) {
  return {
    raw: async () => {
      const rows = /FROM reading/.test(text) ? stored : (tables.find(([words]) => words.test(text))?.[1] ?? []);
      return [Array.from(rows[0] ?? [], String), ...rows];
    },
    run: async () => {
      if (/INSERT INTO reading/.test(text)) stored = [[values[1]]];
      // Incidents are written as one list, from which all must have been written.
      return { meta: { changes: /INSERT INTO incident/.test(text) ? JSON.parse(String(values[0])).length : 1 } };
    },
  };
}

const PlatformResponse = Response;

/** A Response with a body, which can't be made at the top level. */
class MadeUpResponse extends PlatformResponse {
  #content;

  /** @param {any} content @param {ResponseInit} [init] */
  constructor(content, init) {
    super(null, init);
    this.#content = typeof content === "string" ? new TextEncoder().encode(content) : content;
  }

  /** The body as ports.mjs reads it. @returns {any} */
  get body() {
    const rest = [this.#content];
    return {
      getReader: () => ({ read: async () => ({ value: rest[0], done: !rest.pop() }), cancel: async () => {} }),
      cancel: async () => {},
    };
  }

  async arrayBuffer() {
    return this.#content;
  }

  async text() {
    return new TextDecoder().decode(this.#content);
  }
}

/** Replaces what isn't allowed at the top level, and the console. */
class MadeUpPlatform {
  /** @type {Run} */
  #run = runs[0];
  /** @type {Map<string, string>} */
  #cached = new Map();
  #waits = 0;
  /** @type {(() => void)[]} */
  #undo = [];

  begin() {
    const nothing = () => {};
    this.#replace(globalThis, "console", { log: nothing, warn: nothing, error: nothing });
    this.#replace(globalThis, "Response", MadeUpResponse);
    this.#replace(globalThis, "fetch", async (/** @type {string} */ address) => this.#fetch(address));
    this.#replace(globalThis, "setTimeout", nothing);
    this.#replace(globalThis, "clearTimeout", nothing);
    this.#replace(globalThis, "scheduler", { wait: async () => this.#wait() });
    this.#replace(globalThis, "caches", {
      default: {
        match: async (/** @type {string} */ address) => {
          const text = this.#cached.get(address);
          return text && new MadeUpResponse(text);
        },
        put: async (/** @type {string} */ address, /** @type {Response} */ response) =>
          void this.#cached.set(address, await response.text()),
      },
    });
    this.#replace(AbortSignal, "timeout", nothing);
    this.#replace(crypto, "randomUUID", () => ""); // no isolate has this name: ports.mjs asks again
    this.#replace(Date, "now", () => TOP_LEVEL_TIME);
  }

  /** @param {Run} run */
  next(run) {
    this.#run = run;
    if (run.reading !== "cached") this.#cached.clear();
    if (!run.reading) stored = [];
  }

  /** Restores the platform. */
  end() {
    for (const undo of this.#undo.reverse()) undo();
  }

  /** @param {object} object @param {string} name @param {unknown} value */
  #replace(object, name, value) {
    const own = Object.getOwnPropertyDescriptor(object, name);
    Object.defineProperty(object, name, { value, configurable: true, writable: true });
    this.#undo.push(() => {
      if (own) Object.defineProperty(object, name, own);
      else Reflect.deleteProperty(object, name);
    });
  }

  /** @param {string} address */
  #fetch(address) {
    const { status = 200, page = shell } = this.#run;
    const headers = { "Content-Type": "text/plain", "Retry-After": "" };
    if (address.endsWith("/hook")) return new MadeUpResponse("ok", { headers });
    return new MadeUpResponse(address.includes(".js") ? feed(this.#run) : page, { status, headers });
  }

  /** Waiting takes no time, so what waits for nothing would never end. */
  #wait() {
    if (++this.#waits > 100_000) throw new Error("the rehearsal waits for nothing");
  }
}
