// @ts-check
// Soak test: sends all kinds of requests to the Worker for a long time, while
// Apple, the database and the Go program fail and recover, and compares each
// response with what Apple showed. Prints the counts; exits with 1 if a response
// was wrong or missing.
//
// node soak.mjs [--minutes 20] [--rate 500] [--seed N]

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, pause, playApple, workerd } from "../test/harness.mjs";
import { fakeCache, fakeDatabase } from "../test/fakes.mjs";
import { DELAY_WITHOUT_DATABASE, Expected } from "./expected.mjs";

/** Scenarios of the simulated Apple, and the level that each gives. */
const scenarios = {
  fine: "operational",
  issue: "degraded",
  performance: "degraded",
  outage: "outage",
  maintenance: "maintenance",
  upcoming: "operational",
  recovered: "operational",
  "sign-in": "operational",
  unlisted: "unknown",
  "page-disagrees": "outage",
};

/**
 * Faults of the simulated Apple, and their effect on the level: "unchanged"
 * where readings fail, "as shown" where they don't, "or unknown" where they may
 * be understood in part. tail is how long a reading may last after the end of
 * the fault, in milliseconds.
 * @type {Record<string, {effect: "unchanged" | "as shown" | "or unknown", tail?: number}>}
 */
const faults = {
  403: { effect: "unchanged" },
  404: { effect: "unchanged" },
  429: { effect: "unchanged", tail: 4_000 },
  500: { effect: "unchanged" },
  503: { effect: "unchanged" },
  "redirect-loop": { effect: "unchanged" },
  "redirect-away": { effect: "unchanged" },
  html: { effect: "unchanged" },
  empty: { effect: "unchanged" },
  truncated: { effect: "unchanged" },
  "wrong-types": { effect: "unchanged" },
  "garbage-gzip": { effect: "unchanged" },
  deep: { effect: "unchanged" },
  big: { effect: "unchanged", tail: 2_000 },
  endless: { effect: "unchanged", tail: 2_000 },
  "endless-headers": { effect: "unchanged" },
  reset: { effect: "unchanged" },
  hang: { effect: "unchanged", tail: 9_000 },
  slow: { effect: "unchanged", tail: 9_000 },
  bom: { effect: "as shown" },
  wrapped: { effect: "as shown" },
  "wrong-type": { effect: "as shown" },
  lacking: { effect: "as shown" },
  "older-copy": { effect: "as shown" },
  "future-dates": { effect: "as shown" },
  doubled: { effect: "as shown" },
  "empty-objects": { effect: "as shown", tail: 3_000 },
  "many-events": { effect: "or unknown", tail: 3_000 },
  "many-names": { effect: "as shown", tail: 3_000 },
};

/** The levels of scenarios with an incident that outlasts the removal of the service's row. @type {Record<string, string>} */
const openLevels = { issue: "degraded", performance: "degraded", outage: "outage" };

const indicators = {
  operational: "none",
  maintenance: "maintenance",
  degraded: "major",
  outage: "critical",
  unknown: "minor",
};
const unavailable = { 503: /^(The status can't be answered right now\.|The history can't be read right now\.)/ };

/**
 * @typedef {object} Counts
 * @property {Record<string, number>} responses by status code
 * @property {string[]} wrong descriptions of wrong or missing responses, the first of each state
 * @property {number} requests @property {number} wrongs wrong responses @property {number} unanswered
 * @property {number} disconnected clients that disconnected on purpose
 * @property {number} unavailable documented 503s while Go or the database failed on purpose
 * @property {number} switches of scenario or fault @property {number} exits of the Go program
 * @property {number} rate requests a second @property {number} p50 @property {number} p99 milliseconds
 * @property {number[]} resident MiB of the process, after each tenth of the time
 * @property {number[]} go MiB of Go's memory, after each tenth of the time
 */

/**
 * @param {{minutes: number, rate: number, seed: number, refresh?: number, lie?: boolean, log?: (line: string) => void}} options refresh is in seconds; lie shows an outage that isn't expected
 * @returns {Promise<Counts>}
 */
export async function soak({ minutes, rate, seed, refresh = 1, lie = false, log = () => {} }) {
  const { dir } = build("faulty");
  const [apple, database, cache] = await Promise.all([playApple(), fakeDatabase(), fakeCache()]);
  const worker = await workerd(
    dir,
    { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: String(refresh) },
    { database: database.address, cache: cache.address },
  );
  const random = generator(seed),
    expected = new Expected();
  const pick = (/** @type {any[]} */ list) => list[Math.floor(random() * list.length)];
  /** @type {Counts} */
  const counts = {
    responses: {},
    wrong: [],
    requests: 0,
    wrongs: 0,
    unanswered: 0,
    disconnected: 0,
    unavailable: 0,
    switches: 0,
    exits: 0,
    rate: 0,
    p50: 0,
    p99: 0,
    resident: [],
    go: [],
  };
  const noted = { during: 0, lines: 0 };
  /** Notes the first wrong responses of each state. @param {string} line */
  const note = (line) => {
    if (noted.during !== counts.switches) Object.assign(noted, { during: counts.switches, lines: 0 });
    if (noted.lines++ >= 5 || counts.wrong.length >= 100) return;
    counts.wrong.push(line);
    log(line);
  };
  /** @type {number[]} */
  const durations = [];
  /** Times in which Go or the database failed on purpose, from and to. @type {[number, number][]} */
  const outages = [];
  const began = Date.now(),
    end = began + minutes * 60_000;

  /** Until when a new program may have refused the shared reading. */
  let refusedUntil = 0;

  // What Apple shows.
  let shown = "fine",
    fault = "";
  /** Levels of an incident that may go on although Apple no longer lists the service; "" for none. */
  let lasting = new Set([""]);
  /** Notes what the Worker knows of incidents when Apple stops to show what it showed. */
  const noteIncidents = () => {
    if (shown === "unlisted") return;
    // What was shown for a moment only, or behind a fault, may not have been read.
    const read = expected.isRead(Date.now()) && faults[fault]?.effect !== "or unknown";
    lasting = new Set([...(read ? [] : lasting), openLevels[shown] ?? ""]);
  };
  const shownLevels = () => {
    const level = scenarios[/** @type {keyof typeof scenarios} */ (shown)],
      effect = faults[fault]?.effect ?? "as shown";
    if (effect === "unchanged") return [];
    const levels = shown === "unlisted" ? [...lasting].map((open) => open || level) : [level];
    return [...levels, ...(effect === "or unknown" ? ["unknown"] : [])];
  };
  expected.change(0, shownLevels());
  if (lie) await apple.show("outage");
  const switchScenarios = async () => {
    if (lie) return;
    while (Date.now() < end) {
      await pause(500 + random() * (random() < 0.5 ? 3_000 : 12_000));
      const from = Date.now();
      noteIncidents();
      if (fault || random() < 0.5) {
        fault = fault ? "" : pick(Object.keys(faults));
        await apple.fault(fault);
      } else {
        shown = pick(Object.keys(scenarios));
        await apple.show(shown);
      }
      const hung = database.fault === "hang";
      if (random() < 0.3) {
        database.fault = database.fault ? "" : pick(["fail", "hang", "read-only"]);
        outages.push([from, Date.now() + 4_000]);
      }
      // A page that can't be read shows no level, so the data alone counts.
      const delay = hung || database.fault === "hang" ? DELAY_WITHOUT_DATABASE : undefined;
      expected.change(from, shownLevels(), faults[fault]?.tail, delay);
      counts.switches++;
      // A program whose clock is a day ahead shares a reading. Without a shared
      // reading, a new program can't know what a copy of Apple's data lacks.
      if (cache.fault) refusedUntil = Date.now() + 4_000;
      if (random() < 0.2) cache.fault = cache.fault ? "" : "future";
      if (fault === "lacking" || fault === "older-copy") cache.fault = "";
    }
  };
  const exitGo = async () => {
    while (Date.now() < end) {
      await pause(5_000 + random() * 15_000);
      /** @type {[number, number]} */
      const outage = [Date.now(), Infinity]; // other requests may fail before this one has its response
      outages.push(outage);
      // The program can take the connection with it.
      await fetch(`${worker.origin}/fault/${pick(["die", "exit"])}`).then(
        (response) => response.arrayBuffer(),
        () => {},
      );
      outage[1] = Date.now() + 500;
      counts.exits++;
    }
  };
  const runCron = async () => {
    while (Date.now() < end) {
      await pause(3_000);
      await worker.cron().catch((error) => (counts.wrongs++, note(`${error}`)));
    }
  };

  // The requests, and the expected responses.
  /** @typedef {{status: number, headers: Headers, body: string}} Reply */
  /** The level in the body with each ETag. @type {Map<string, string>} */
  const tags = new Map();
  /** @param {string} path @param {(body: string) => string | undefined} level @returns {[string, RequestInit, (reply: Reply) => string | undefined]} */
  const form = (path, level) => [path, {}, ({ status, body }) => (status === 200 ? level(body) : undefined)];
  const word = (/** @type {RegExp} */ pattern) => (/** @type {string} */ body) => pattern.exec(body)?.[1];
  const page = word(/data-level="(\w+)"/);
  const asJSON = (/** @type {(value: any) => string | undefined} */ level) => (/** @type {string} */ body) =>
    level(JSON.parse(body));
  const anyLevel = "any level";
  /** @type {(() => [string, RequestInit, (reply: Reply) => string | undefined])[]} each check returns the reported level, or undefined if the response is wrong */
  const kinds = [
    () =>
      form(
        "/api/status",
        asJSON((v) =>
          v.down === (v.level === "degraded" || v.level === "outage") &&
          v.stale === false &&
          (v.level === "unknown" || v.checked_at)
            ? v.level
            : undefined,
        ),
      ),
    () =>
      form(
        `/api/status?x=${random()}`,
        asJSON((v) => v.level),
      ),
    () => [
      "/api/status",
      { headers: { "If-None-Match": pick([...tags.keys()]) ?? '"none"' } },
      ({ status, headers, body }) =>
        status === 304 ? tags.get(headers.get("ETag") ?? "") : status === 200 ? JSON.parse(body).level : undefined,
    ],
    () => form("/widget", page),
    () => form("/widget?theme=dark", page),
    () => form(`/widget?x=${random()}`, page),
    () => form("/", (body) => (body.trimEnd().endsWith("</html>") ? anyLevel : undefined)),
    () =>
      form(
        "/badge.json",
        asJSON((v) => v.message),
      ),
    () => form("/badge.svg", word(/aria-label="[^"]*: (\w+)"/)),
    () => form(`/badge.svg?label=${random()}`, word(/aria-label="[^"]*: (\w+)"/)),
    () =>
      form(
        "/api/v2/summary.json",
        asJSON((v) => Object.entries(indicators).find(([, word]) => word === v.status.indicator)?.[0]),
      ),
    () => form("/feed.atom", (body) => (body.trimEnd().endsWith("</feed>") ? anyLevel : undefined)),
    () =>
      form(
        "/openapi.json",
        asJSON((v) => (v.openapi ? anyLevel : undefined)),
      ),
    // 503 while the database doesn't work, and until the next run of the cron has stored a reading.
    () => [
      "/healthz",
      {},
      ({ status, body }) => (JSON.parse(body).status === (status === 200 ? "ok" : "failing") ? anyLevel : undefined),
    ],
    () =>
      form(
        `/oembed?url=${worker.origin}/widget`,
        asJSON((v) => (v.type === "rich" ? anyLevel : undefined)),
      ),
    () =>
      form(
        `/api/history?days=${1 + Math.floor(random() * 90)}`,
        asJSON((v) => (v.kept ? anyLevel : undefined)),
      ),
    () => [
      `/nothing/${random()}`,
      {},
      ({ status, body }) => (status === 404 && JSON.parse(body).error ? anyLevel : undefined),
    ],
    () => ["/api/status", { method: "POST", body: "x" }, ({ status }) => (status === 405 ? anyLevel : undefined)],
    () => ["/widget", { method: "HEAD" }, ({ status, body }) => (status === 200 && !body ? anyLevel : undefined)],
    () => [
      "/probe",
      { method: "POST", body: "x".repeat(random() * 100_000) },
      ({ status }) => (status === 204 ? anyLevel : undefined),
    ],
    () => [
      "/api/history?days=-1",
      {},
      ({ status, body }) => (status === 400 && JSON.parse(body).error ? anyLevel : undefined),
    ],
  ];
  const send = async () => {
    const [path, init, check] = pick(kinds)();
    const disconnects = random() < 0.01;
    const sent = Date.now();
    counts.requests++;
    try {
      const response = await fetch(worker.origin + path, {
        ...init,
        signal: AbortSignal.timeout(disconnects ? Math.ceil(random() * 20) : 12_000),
      });
      const body = await response.text(),
        received = Date.now();
      durations.push(received - sent);
      counts.responses[response.status] = (counts.responses[response.status] ?? 0) + 1;
      if (response.status === 503) {
        const sentence = JSON.parse(body).error;
        if (
          unavailable[503].test(sentence) &&
          (database.fault || outages.some(([from, until]) => from <= received && until >= sent))
        )
          return void counts.unavailable++;
      }
      /** @type {string | undefined} */
      let level;
      try {
        level = check({ status: response.status, headers: response.headers, body });
      } catch {
        // level stays undefined: the body has another form
      }
      const allowed = expected.allowed(sent, received);
      if (cache.fault || refusedUntil > sent) allowed.add("unknown");
      if (level && path === "/api/status" && response.headers.get("ETag"))
        tags.set(response.headers.get("ETag") ?? "", level);
      if (received - sent < 10_000 && (level === anyLevel || (level && allowed.has(level)))) return;
      counts.wrongs++;
      note(
        `${new Date(sent).toISOString()} ${init.method ?? "GET"} ${path}: ${response.status} after ${received - sent} ms, reported ${level}, allowed ${[...allowed]} (${shown}, ${fault}; database ${database.fault}, cache ${cache.fault}); ${body.slice(0, 300)}`,
      );
    } catch (error) {
      if (disconnects && /** @type {Error} */ (error).name === "TimeoutError") return void counts.disconnected++;
      counts.unanswered++;
      note(
        `${new Date(sent).toISOString()} ${init.method ?? "GET"} ${path}: ${error} ${/** @type {any} */ (error).cause ?? ""}`,
      );
    }
  };

  const resident = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${worker.running.pid}/status`, "utf8"))?.[1]) / 1024;
  const go = async () => Number(await (await fetch(`${worker.origin}/fault/memory`)).text()) / 2 ** 20;
  const background = Promise.all([switchScenarios(), exitGo(), runCron()]);
  /** @type {Set<Promise<void>>} */
  const pending = new Set();
  let due = 0,
    measured = 0,
    last = began;
  for (let now = began; now < end; now = Date.now()) {
    const pace = rate * Math.min(1, (now - began) / 5_000); // both programs warm up
    due = Math.min(due + (pace * (now - last)) / 1000, rate / 4); // a slow machine doesn't catch up
    last = now;
    for (; due >= 1 && pending.size < 200; due--) {
      const one = send().finally(() => pending.delete(one));
      pending.add(one);
    }
    if (now - began >= ((measured + 1) * minutes * 60_000) / 10) {
      measured++;
      counts.resident.push(resident());
      counts.go.push(await go());
      log(
        `${((now - began) / 60_000).toFixed(1)} min: ${counts.requests} requests, ${counts.wrongs} wrong, ${counts.unanswered} unanswered, ${counts.resident.at(-1)?.toFixed(0)} MiB, Go's part ${counts.go.at(-1)?.toFixed(1)}`,
      );
    }
    await pause(10);
  }
  await background;
  await Promise.all(pending);
  durations.sort((a, b) => a - b);
  counts.rate = counts.requests / ((Date.now() - began) / 1000);
  counts.p50 = durations[Math.floor(durations.length * 0.5)];
  counts.p99 = durations[Math.floor(durations.length * 0.99)];
  await Promise.all([worker.stop(), apple.stop(), database.stop(), cache.stop()]);
  return counts;
}

/** Returns a random number generator, from 0 to 1, with a seed (mulberry32). @param {number} state */
function generator(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "20" },
      rate: { type: "string", default: "500" },
      seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    },
  });
  const [minutes, rate, seed] = [values.minutes, values.rate, values.seed].map(Number);
  if (![minutes, rate, seed].every((n) => n > 0)) {
    console.error("--minutes, --rate and --seed must be numbers above zero.");
    process.exit(2);
  }
  const lied = await soak({ minutes: 0.2, rate: 100, seed, lie: true });
  if (!lied.wrongs) {
    console.error("A lie of Apple's wasn't noticed: this test proves nothing.");
    process.exit(1);
  }
  console.log(`A lie was noticed in ${lied.wrongs} of ${lied.requests} responses.`);
  console.log(`${minutes} minutes at ${rate} requests a second, seed ${seed}`);
  const { wrong: _, ...counts } = await soak({ minutes, rate, seed, log: console.log });
  console.log(JSON.stringify(counts, null, 2));
  process.exit(counts.wrongs || counts.unanswered ? 1 : 0);
}
