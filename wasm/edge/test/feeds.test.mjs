// @ts-check
// Apple's data with each of its parts broken, in real workerd: data that isn't
// understood is never reported as operational, certain data is not lost, and the next
// valid reading gives the right level.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, json, nextReading, playApple, scratch, workerd } from "./harness.mjs";

/** @typedef {Record<string, unknown>} Loose a row or an event, possibly with wrong types */

const began = Date.now();
const minutes = (/** @type {number} */ n) => began + n * 60_000;

/** @param {Loose} [change] @returns {Loose} */
const event = (change) => ({
  messageId: "2000009900",
  statusType: "Outage",
  eventStatus: "ongoing",
  message: "Backups may fail.",
  usersAffected: "Some users are affected",
  epochStartDate: minutes(-90),
  epochEndDate: null,
  datePosted: "11/22/2026 04:50 PST",
  startDate: "11/22/2026 04:30 PST",
  endDate: null,
  affectedServices: ["iCloud Backup", "Photos"],
  ...change,
});

/** @param {unknown} events @param {Loose} [change] @returns {Loose} */
const row = (events, change) => ({ redirectUrl: null, serviceName: "iCloud Backup", events, ...change });

const others = [
  "App Store",
  "iCloud Account & Sign In",
  "Photos",
  ...Array.from({ length: 60 }, (_, n) => `Service ${n}`),
].map((serviceName) => row([], { serviceName }));

/** @param {Loose[]} rows @param {Loose} [change] */
const feed = (rows, change) =>
  JSON.stringify({
    drpost: false,
    drMessage: null,
    services: [...others.slice(0, 20), ...rows, ...others.slice(20)],
    ...change,
  });

const over = (/** @type {Loose} */ change = {}) =>
  event({ eventStatus: "resolved", epochStartDate: minutes(-4000), epochEndDate: minutes(-3900), ...change });

/** Values of a wrong type. @type {[string, unknown][]} */
const kinds = [
  ["null", null],
  ["true", true],
  ["a number", 12345],
  ["a negative number", -1],
  ["a text", "word"],
  ["an empty text", ""],
  ["a list", [[1]]],
  ["an object", { a: { b: 1 } }],
  ["missing", undefined],
];

// An incident that was listed ends by its own state and not by being absent, so
// each feed without a problem lists those of the other feeds as resolved.
const resolved = kinds.map(([, messageId]) => over({ messageId, epochStartDate: minutes(-90) }));
const fine = feed([row([over(), ...resolved])]);
const down = feed([row([event(), ...resolved])]);

/**
 * Each case has a feed and the level that it gives, or "unchanged" if the
 * reading fails completely. before is the reading before it, where that matters.
 * @type {{name: string, body: string | Uint8Array, level: "unchanged" | "operational" | "maintenance" | "degraded" | "outage" | "unknown", before?: "fine" | "down", check?: (v: import("./harness.mjs").Status) => void}[]}
 */
const cases = [];

for (const [what, feed, before] of /** @type {const} */ ([
  ["an outage", down, "fine"],
  ["fine", fine, "down"],
])) {
  for (let length = 0; length < feed.length; length += 1024) {
    cases.push({
      name: `${what}, ended after ${length} bytes`,
      body: feed.slice(0, length),
      level: "unchanged",
      before,
    });
  }
}

for (const [kind, value] of kinds) {
  const missing = value === undefined;
  // At the top.
  cases.push({
    name: `services: ${kind}`,
    body: feed([], { services: value }),
    level: Array.isArray(value) ? "unknown" : "unchanged",
  });
  for (const name of ["drpost", "drMessage"]) {
    cases.push({ name: `${name}: ${kind}`, body: feed([row([event()])], { [name]: value }), level: "outage" });
    cases.push({
      name: `${name}: ${kind}, and fine`,
      body: feed([row([over()])], { [name]: value }),
      level: "operational",
    });
  }
  // In the row. A row without a name counts as missing.
  cases.push({ name: `serviceName: ${kind}`, body: feed([row([event()], { serviceName: value })]), level: "unknown" });
  cases.push({
    name: `serviceName: ${kind}, and fine`,
    body: feed([row([], { serviceName: value })]),
    level: "unknown",
  });
  cases.push({ name: `events: ${kind}`, body: feed([row(value)]), level: "unknown" });
  cases.push({ name: `redirectUrl: ${kind}`, body: feed([row([event()], { redirectUrl: value })]), level: "outage" });
  if (!missing) cases.push({ name: `an event that is ${kind}`, body: feed([row([value])]), level: "unknown" });
  if (!missing)
    cases.push({
      name: `an event that is ${kind}, and an outage`,
      body: feed([row([value, event()])]),
      level: "outage",
    });
  if (!missing)
    cases.push({
      name: `another service that is ${kind}`,
      body: JSON.stringify({ services: [value, row([event()])] }),
      level: "outage",
    });
  // In the event. Only its state and its type affect the level.
  cases.push({ name: `eventStatus: ${kind}`, body: feed([row([event({ eventStatus: value })])]), level: "unknown" });
  cases.push({
    name: `eventStatus: ${kind}, of a past event`,
    body: feed([row([over({ eventStatus: value })])]),
    level: "unknown",
  });
  cases.push({ name: `statusType: ${kind}`, body: feed([row([event({ statusType: value })])]), level: "degraded" });
  for (const field of [
    "messageId",
    "message",
    "usersAffected",
    "epochStartDate",
    "epochEndDate",
    "datePosted",
    "startDate",
    "endDate",
    "affectedServices",
  ]) {
    cases.push({ name: `${field}: ${kind}`, body: feed([row([event({ [field]: value })])]), level: "outage" });
    cases.push({
      name: `${field}: ${kind}, of a past event`,
      body: feed([row(field === "messageId" ? [over(), ...resolved] : [over({ [field]: value })])]),
      level: "operational",
    });
  }
}

cases.push(
  { name: "the row twice, the worse one first", body: feed([row([event()]), row([])]), level: "outage" },
  { name: "the row twice, the worse one last", body: feed([row([]), row([event()])]), level: "outage" },
  { name: "the row twice, one unreadable", body: feed([row([]), row("x")]), level: "unknown" },
  { name: "the row renamed", body: feed([row([event()], { serviceName: "iCloud Device Backup" })]), level: "unknown" },
  {
    name: "the row's name in another case, with spaces and an entity",
    body: feed([row([event()], { serviceName: " ICLOUD&nbsp;Backup " })]),
    level: "outage",
  },
  {
    name: "a field twice, of which the last counts",
    body: feed([row([event()])]).replace('"eventStatus":"ongoing"', '"eventStatus":"resolved","eventStatus":"ongoing"'),
    level: "outage",
  },
  {
    name: "a field twice, of which the last counts, and fine",
    body: feed([row([event()])]).replace('"eventStatus":"ongoing"', '"eventStatus":"ongoing","eventStatus":"resolved"'),
    level: "operational",
  },
  { name: "an unknown state", body: feed([row([event({ eventStatus: "paused" })])]), level: "unknown" },
  { name: "a state in another case", body: feed([row([event({ eventStatus: "ONGOING" })])]), level: "outage" },
  { name: "an unknown type", body: feed([row([event({ statusType: "Meltdown" })])]), level: "degraded" },
  {
    name: "an ongoing event with an end",
    body: feed([row([event({ epochEndDate: minutes(-10) })])]),
    level: "outage",
  },
  {
    name: "epochs in seconds",
    body: feed([row([event({ epochStartDate: 1_790_000_000 })])]),
    level: "outage",
    check: (v) => assert.equal(/** @type {any} */ (v.incidents[0]).started_at, "2026-09-21T14:13:20Z"),
  },
  ...[-1, 0, 1e300, 32503680000000, "NaN", "1e999"].map((epoch) => ({
    name: `an epoch of ${epoch}`,
    body: feed([row([event({ epochStartDate: epoch })])]),
    level: /** @type {const} */ ("outage"),
    check: (/** @type {any} */ v) => assert.equal(v.incidents[0].started_at, null),
  })),
  {
    name: "an end in the year 3000 of a past event",
    body: feed([row([over({ epochEndDate: 32503680000000 })])]),
    level: "operational",
    check: (v) => assert.equal(v.recovered, false),
  },
  {
    name: "150 past events",
    body: feed([row([over(), ...Array.from({ length: 149 }, (_, n) => over({ messageId: String(n) }))])]),
    level: "operational",
    check: (v) => assert.equal(v.incidents.length, 50),
  },
  {
    name: "10,000 past events, which are too many",
    body: feed([row(Array.from({ length: 10_000 }, (_, n) => over({ messageId: String(n) })))]),
    level: "unknown",
    check: (v) => assert.equal(v.incidents.length, 50),
  },
  {
    name: "10,000 past events, and an ongoing one",
    body: feed([row([...Array.from({ length: 10_000 }, (_, n) => over({ messageId: String(n) })), event()])]),
    level: "outage",
    check: (v) => assert.equal(v.incidents[0].state, "ongoing"),
  },
  {
    name: "a message nested 60 deep",
    body: down.replace('"Backups may fail."', "[".repeat(60) + "]".repeat(60)),
    level: "unchanged",
  },
  {
    name: "a message nested 50 deep",
    body: down.replace('"Backups may fail."', "[".repeat(50) + "]".repeat(50)),
    level: "outage",
  },
  {
    name: "a message of 1 MB",
    body: feed([row([event({ message: "words and ".repeat(100_000) })])]),
    level: "outage",
    check: (v) => assert.ok(/** @type {any} */ (v.incidents[0]).message.length < 10_000),
  },
  {
    name: "a name of 1 MB",
    body: feed([row([event({ affectedServices: ["x".repeat(1_000_000)] })])]),
    level: "outage",
  },
  {
    name: "invalid UTF-8",
    body: Buffer.concat([
      Buffer.from(down.slice(0, down.indexOf("Backups"))),
      Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
      Buffer.from(down.slice(down.indexOf("Backups"))),
    ]),
    level: "outage",
  },
  { name: "UTF-16", body: Buffer.from(down, "utf16le"), level: "unchanged" },
  { name: "half of a surrogate pair", body: down.replace("Backups may", "\\ud800 may"), level: "outage" },
  {
    name: "the format of 2012, which doesn't list services",
    body: JSON.stringify({ dashboard: { iCloud: [] }, detailedTimeline: [] }),
    level: "unknown",
  },
  { name: "another JSON document", body: '{"error":"try again"}', level: "unchanged" },
  { name: "null", body: "null", level: "unchanged" },
);

const recordings = join(scratch, "feeds");
/** @type {Awaited<ReturnType<typeof playApple>>} */
let apple;
/** @type {Awaited<ReturnType<typeof workerd>>} */
let worker;
before(async () => {
  mkdirSync(recordings);
  writeFileSync(join(recordings, "fine.json"), fine);
  writeFileSync(join(recordings, "down.json"), down);
  writeFileSync(join(recordings, "older.json"), feed([row([event({ messageId: "2000009901" })])]));
  writeFileSync(
    join(recordings, "newer.json"),
    feed([
      row([
        over({
          messageId: "2000009901",
          epochStartDate: minutes(-90),
          epochEndDate: minutes(-5),
          datePosted: "11/22/2026 06:10 PST",
        }),
      ]),
    ]),
  );
  cases.forEach(({ body }, n) => writeFileSync(join(recordings, `${n}.json`), body));
  apple = await playApple([recordings]);
  worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.03" });
});
after(() => Promise.all([worker.stop(), apple.stop()]));

/**
 * Shows a recording, and returns the status after it was read.
 * @param {string} name
 */
async function read(name) {
  await apple.show(name);
  return nextReading(worker, apple);
}

/** Checks that every endpoint reports this level. @param {string} name @param {string} level */
async function assertEveryForm(name, level) {
  const [widget, page, atom] = await Promise.all(
    ["/widget", "/", "/feed.atom"].map(async (path) => {
      const response = await fetch(worker.origin + path, { signal: AbortSignal.timeout(10_000) });
      assert.equal(response.status, 200, `${path} with ${name}`);
      return response.text();
    }),
  );
  assert.match(widget, new RegExp(`data-level="${level}"`), name);
  assert.ok(
    page.length < 400_000 && widget.length < 100_000 && atom.length < 400_000,
    `${name}: ${page.length}, ${widget.length} and ${atom.length} bytes`,
  );
  assert.equal(/Apple reports no problem/.test(widget), level === "operational", name);
  assert.equal(/It’s Apple, not your iPhone/.test(widget), level === "degraded" || level === "outage", name);
  assert.equal((await json(`${worker.origin}/badge.json`)).message, level, name);
  await json(`${worker.origin}/api/v2/summary.json`);
}

test(`${cases.length} kinds of wrong data`, { timeout: 300_000 }, async () => {
  // The last level, and the last known one. Before each case the level is set to
  // another one than expected, so that no case passes without being read.
  let last = "",
    lastKnown = "";
  /** @param {"fine" | "down"} name */
  const reset = async (name) => {
    last = lastKnown = (await read(`${name}.json`)).level;
    assert.equal(last, name === "fine" ? "operational" : "outage");
  };
  for (const [n, { name, level, before, check }] of cases.entries()) {
    // An ongoing incident would outlast a case that lacks it.
    const start = before ?? (level === "operational" ? "down" : "fine");
    if (last !== (start === "fine" ? "operational" : "outage")) await reset(start);
    const want = level === "unchanged" ? last : level;
    const v = await read(`${n}.json`);
    assert.equal(v.level, want, name);
    assert.equal(v.down, want === "degraded" || want === "outage", name);
    assert.equal(v.last_known?.level, want === "unknown" ? lastKnown : undefined, name);
    check?.(v);
    await assertEveryForm(name, want);
    last = want;
    if (want !== "unknown") lastKnown = want;
  }
  assert.equal((await read("fine.json")).level, "operational");
  assert.equal((await read("down.json")).level, "outage");
  assert.match(worker.running.output, /reading Apple's status failed/);
  assert.equal(worker.boots(), 1, "one Go instance served all of it");
});

// Ten readings with the pattern of the recorded pair of October 2019.
test("alternating old and new data from two of Apple's caches change the verdict once", async () => {
  assert.equal((await read("fine.json")).level, "operational");
  assert.equal((await read("older.json")).level, "outage");
  for (let turn = 0; turn < 10; turn++) {
    const v = await read(turn % 2 ? "older.json" : "newer.json");
    assert.equal(v.level, "operational", `turn ${turn}`);
    assert.equal(v.recovered, true, `turn ${turn}`);
    assert.equal(v.incidents[0].state, "resolved", `turn ${turn}`);
  }
});
