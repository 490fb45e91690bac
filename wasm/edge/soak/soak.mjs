// @ts-check
// Asks the Worker everything for a long time, while Apple, the database and
// Go itself fail and recover, and holds each answer against what Apple was
// showing. Prints what was seen; exits with 1 if anything was wrong.
//
// node soak.mjs [--minutes 20] [--rate 500] [--seed N]

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, pause, playApple, workerd } from "../test/harness.mjs";
import { playCache, playDatabase } from "../test/played.mjs";
import { Truth } from "./truth.mjs";

/** Scenarios of replay, and the level that each gives. */
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
 * Faults of replay: the level that is told under each, "" where what was known
 * stays, and "as shown" where it does no harm; and how long a reading may go on
 * after its end, in milliseconds.
 * @type {Record<string, {tells: string, tail?: number}>}
 */
const faults = {
  403: { tells: "" },
  404: { tells: "" },
  429: { tells: "", tail: 4_000 },
  500: { tells: "" },
  503: { tells: "" },
  "redirect-loop": { tells: "" },
  "redirect-away": { tells: "" },
  html: { tells: "" },
  empty: { tells: "" },
  truncated: { tells: "" },
  "wrong-types": { tells: "" },
  "garbage-gzip": { tells: "" },
  deep: { tells: "" },
  big: { tells: "", tail: 2_000 },
  endless: { tells: "", tail: 2_000 },
  "endless-headers": { tells: "" },
  reset: { tells: "" },
  hang: { tells: "", tail: 9_000 },
  slow: { tells: "", tail: 9_000 },
  bom: { tells: "as shown" },
  wrapped: { tells: "as shown" },
  "wrong-type": { tells: "as shown" },
};

const indicators = {
  operational: "none",
  maintenance: "maintenance",
  degraded: "major",
  outage: "critical",
  unknown: "minor",
};
const unavailable = { 503: /^(The status can't be answered right now\.|The history can't be read right now\.)/ };

/**
 * @typedef {object} Seen
 * @property {Record<string, number>} answers by status code
 * @property {string[]} wrong the first of them
 * @property {number} asked @property {number} wrongs @property {number} unanswered
 * @property {number} left clients that did, on purpose
 * @property {number} unavailable documented 503s, while Go or the database was made to fail
 * @property {number} switches of what is played @property {number} ends of the Go program
 * @property {number} rate requests a second @property {number} p50 @property {number} p99 milliseconds
 * @property {number[]} resident MiB of the process, at each tenth of the time
 * @property {number[]} go MiB of Go's memory, at each tenth of the time
 */

/**
 * @param {{minutes: number, rate: number, seed: number, refresh?: number, say?: (line: string) => void}} options refresh is in seconds
 * @returns {Promise<Seen>}
 */
export async function soak({ minutes, rate, seed, refresh = 1, say = () => {} }) {
  const { dir } = build("faulty");
  const [apple, database, cache] = await Promise.all([playApple(), playDatabase(), playCache()]);
  const worker = await workerd(
    dir,
    { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: String(refresh) },
    { database: database.address, cache: cache.address },
  );
  const random = generator(seed),
    truth = new Truth();
  const pick = (/** @type {any[]} */ list) => list[Math.floor(random() * list.length)];
  /** @type {Seen} */
  const seen = {
    answers: {},
    wrong: [],
    asked: 0,
    wrongs: 0,
    unanswered: 0,
    left: 0,
    unavailable: 0,
    switches: 0,
    ends: 0,
    rate: 0,
    p50: 0,
    p99: 0,
    resident: [],
    go: [],
  };
  /** @type {number[]} */
  const took = [];
  /** When Go or the database was made to fail, and until when that may show. @type {[number, number][]} */
  const excused = [];
  const began = Date.now(),
    end = began + minutes * 60_000;

  // What is played.
  let shown = "fine",
    fault = "";
  const told = () =>
    !fault || faults[fault].tells === "as shown"
      ? scenarios[/** @type {keyof typeof scenarios} */ (shown)]
      : faults[fault].tells;
  truth.change(0, told());
  const conduct = async () => {
    while (Date.now() < end) {
      await pause(500 + random() * (random() < 0.5 ? 3_000 : 12_000));
      const from = Date.now();
      if (fault || random() < 0.5) {
        fault = fault ? "" : pick(Object.keys(faults));
        await apple.fault(fault);
      } else {
        shown = pick(Object.keys(scenarios));
        await apple.show(shown);
      }
      // A page that can't be read shows no light, so the data alone counts.
      truth.change(from, told(), faults[fault]?.tail);
      seen.switches++;
      if (random() < 0.3) {
        database.fault = database.fault ? "" : pick(["fail", "hang", "read-only"]);
        excused.push([from, Date.now() + 4_000]);
      }
    }
  };
  const harm = async () => {
    while (Date.now() < end) {
      await pause(5_000 + random() * 15_000);
      const from = Date.now();
      await (await fetch(`${worker.origin}/fault/${pick(["die", "exit"])}`)).arrayBuffer();
      excused.push([from, Date.now() + 100]);
      seen.ends++;
    }
  };
  const tick = async () => {
    while (Date.now() < end) {
      await pause(3_000);
      await worker.cron().catch((error) => (seen.wrongs++, seen.wrong.push(`${error}`)));
    }
  };

  // What is asked, and what must come.
  /** @typedef {{status: number, headers: Headers, body: string}} Answer */
  /** Which level an answer with this tag told. @type {Map<string, string>} */
  const tags = new Map();
  /** @param {string} path @param {(body: string) => string | undefined} level @returns {[string, RequestInit, (a: Answer) => string | undefined]} */
  const form = (path, level) => [path, {}, ({ status, body }) => (status === 200 ? level(body) : undefined)];
  const word = (/** @type {RegExp} */ pattern) => (/** @type {string} */ body) => pattern.exec(body)?.[1];
  const page = word(/data-level="(\w+)"/);
  const asJSON = (/** @type {(value: any) => string | undefined} */ level) => (/** @type {string} */ body) =>
    level(JSON.parse(body));
  const anyway = "whatever it is";
  /** @type {(() => [string, RequestInit, (a: Answer) => string | undefined])[]} each gives the level that was told, or nothing if the answer is wrong */
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
    () => form("/", (body) => (body.trimEnd().endsWith("</html>") ? anyway : undefined)),
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
    () => form("/feed.atom", (body) => (body.trimEnd().endsWith("</feed>") ? anyway : undefined)),
    () =>
      form(
        "/openapi.json",
        asJSON((v) => (v.openapi ? anyway : undefined)),
      ),
    () =>
      form(
        "/healthz",
        asJSON((v) => (v.status ? anyway : undefined)),
      ),
    () =>
      form(
        `/oembed?url=${worker.origin}/widget`,
        asJSON((v) => (v.type === "rich" ? anyway : undefined)),
      ),
    () =>
      form(
        `/api/history?days=${1 + Math.floor(random() * 90)}`,
        asJSON((v) => (v.kept ? anyway : undefined)),
      ),
    () => [
      `/nothing/${random()}`,
      {},
      ({ status, body }) => (status === 404 && JSON.parse(body).error ? anyway : undefined),
    ],
    () => ["/api/status", { method: "POST", body: "x" }, ({ status }) => (status === 405 ? anyway : undefined)],
    () => ["/widget", { method: "HEAD" }, ({ status, body }) => (status === 200 && !body ? anyway : undefined)],
    () => [
      "/probe",
      { method: "POST", body: "x".repeat(random() * 100_000) },
      ({ status }) => (status === 204 ? anyway : undefined),
    ],
    () => [
      "/api/history?days=-1",
      {},
      ({ status, body }) => (status === 400 && JSON.parse(body).error ? anyway : undefined),
    ],
  ];
  const ask = async () => {
    const [path, init, check] = pick(kinds)();
    const leaves = random() < 0.01;
    const asked = Date.now();
    seen.asked++;
    try {
      const response = await fetch(worker.origin + path, {
        ...init,
        signal: AbortSignal.timeout(leaves ? Math.ceil(random() * 20) : 12_000),
      });
      const body = await response.text(),
        received = Date.now();
      took.push(received - asked);
      seen.answers[response.status] = (seen.answers[response.status] ?? 0) + 1;
      if (response.status === 503) {
        const sentence = JSON.parse(body).error;
        if (
          unavailable[503].test(sentence) &&
          (database.fault || excused.some(([from, until]) => from <= received && until >= asked))
        )
          return void seen.unavailable++;
      }
      /** @type {string | undefined} */
      let level;
      try {
        level = check({ status: response.status, headers: response.headers, body });
      } catch {
        // it isn't what it should be
      }
      const allowed = truth.allowed(asked, received);
      if (level && path === "/api/status" && response.headers.get("ETag"))
        tags.set(response.headers.get("ETag") ?? "", level);
      if (received - asked < 10_000 && (level === anyway || (level && allowed.has(level)))) return;
      if (seen.wrongs++ < 10)
        seen.wrong.push(
          `${new Date(asked).toISOString()} ${init.method ?? "GET"} ${path}: ${response.status} after ${received - asked} ms, told ${level}, allowed ${[...allowed]} (${shown}, ${fault}); ${body.slice(0, 200)}`,
        );
    } catch (error) {
      if (leaves && /** @type {Error} */ (error).name === "TimeoutError") return void seen.left++;
      seen.unanswered++;
      if (seen.wrong.length < 10)
        seen.wrong.push(
          `${new Date(asked).toISOString()} ${init.method ?? "GET"} ${path}: ${error} ${/** @type {any} */ (error).cause ?? ""}`,
        );
    }
  };

  const resident = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${worker.running.pid}/status`, "utf8"))?.[1]) / 1024;
  const go = async () => Number(await (await fetch(`${worker.origin}/fault/memory`)).text()) / 2 ** 20;
  const players = Promise.all([conduct(), harm(), tick()]);
  /** @type {Set<Promise<void>>} */
  const pending = new Set();
  let due = 0,
    measured = 0,
    last = began;
  for (let now = began; now < end; now = Date.now()) {
    const pace = rate * Math.min(1, (now - began) / 5_000); // both programs have to get warm
    due = Math.min(due + (pace * (now - last)) / 1000, rate / 4); // what a slow machine can't do in time isn't made up for
    last = now;
    for (; due >= 1 && pending.size < 200; due--) {
      const one = ask().finally(() => pending.delete(one));
      pending.add(one);
    }
    if (now - began >= ((measured + 1) * minutes * 60_000) / 10) {
      measured++;
      seen.resident.push(resident());
      seen.go.push(await go());
      say(
        `${((now - began) / 60_000).toFixed(1)} min: ${seen.asked} asked, ${seen.wrongs} wrong, ${seen.unanswered} unanswered, ${seen.resident.at(-1)?.toFixed(0)} MiB, of these Go's ${seen.go.at(-1)?.toFixed(1)}`,
      );
    }
    await pause(10);
  }
  await players;
  await Promise.all(pending);
  took.sort((a, b) => a - b);
  seen.rate = seen.asked / ((Date.now() - began) / 1000);
  seen.p50 = took[Math.floor(took.length * 0.5)];
  seen.p99 = took[Math.floor(took.length * 0.99)];
  await Promise.all([worker.stop(), apple.stop(), database.stop(), cache.stop()]);
  return seen;
}

/** Numbers from 0 to 1 that a seed determines (mulberry32). @param {number} state */
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
    console.error("--minutes, --rate and --seed are numbers above zero.");
    process.exit(2);
  }
  console.log(`${minutes} minutes at ${rate} requests a second, seed ${seed}`);
  const { wrong, ...seen } = await soak({ minutes, rate, seed, say: console.log });
  wrong.forEach((line) => console.error(line));
  console.log(JSON.stringify(seen, null, 2));
  process.exit(seen.wrongs || seen.unanswered ? 1 : 0);
}
