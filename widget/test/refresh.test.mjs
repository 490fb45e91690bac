// @ts-check
// The age of an open widget's verdict, against a made-up true time: with clocks
// that are wrong, set ahead or back, that stop during sleep, and with a Worker
// that answers, is out of reach, hangs, or is behind a cache with old answers.
import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { watchVerdict } from "../assets/refresh.js";

const MINUTE = 60_000,
  HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 22, 6);

const original = {
  now: Date.now,
  steady: performance.now,
  fetch: globalThis.fetch,
  setInterval: globalThis.setInterval,
};
afterEach(() => {
  Date.now = original.now;
  performance.now = original.steady;
  globalThis.fetch = original.fetch;
  globalThis.setInterval = original.setInterval;
  mock.timers.reset();
});

const turns = async () => {
  for (let i = 0; i < 40; i++) await Promise.resolve();
};

/**
 * A widget that is open in a browser.
 * @param {{clock?: number, loadedAfter?: number, stale?: boolean, level?: string, cachedFor?: number, worker?: "answers" | "fails"}} options clock: by how much the reader's is wrong
 */
async function open({
  clock = 0,
  loadedAfter = 10_000,
  stale = false,
  level = "operational",
  cachedFor = 0,
  worker = "answers",
} = {}) {
  mock.timers.enable({ apis: ["setTimeout"] });
  let now = START,
    steady = 1000;
  Date.now = () => now + clock;
  performance.now = () => steady;
  /** @type {() => void} */
  let check = () => {};
  globalThis.setInterval = /** @type {any} */ ((/** @type {() => void} */ callback) => (check = callback));
  const page = { hidden: false, addEventListener() {} };
  Object.assign(globalThis, { document: page, addEventListener() {} });

  const verdict = {
    level,
    recovered: false,
    stale,
    summary: "",
    checked_at: (START - loadedAfter - cachedFor) / 1000,
    rows: { Photos: "operational" },
    incidents: [],
  };
  const world = {
    worker: /** @type {"answers" | "fails" | "hangs" | "cache"} */ (worker),
    saysAge: true,
    level,
    related: [{ service: "Photos", level: "operational" }],
    /** Milliseconds that a reading is old when the Worker answers. */
    readingAge: 10_000,
    polls: 0,
    shown: { stale, tooOld: false, reloads: 0 },
    verdict,
    page,
    /** The true age of what the widget shows. */
    age: () => now - verdict.checked_at * 1000,
    /** @param {number} time @param {{asleep?: boolean}} [how] */
    async pass(time, { asleep = false } = {}) {
      now += time;
      if (!asleep) steady += time;
      await world.check();
    },
    async check() {
      check();
      await turns();
      if (world.worker !== "hangs") return;
      for (const time of [3_000, 2_000]) {
        mock.timers.tick(time);
        await turns();
      }
    },
    /** @param {number} by */
    setClock(by) {
      clock += by;
    },
  };
  /** @type {{at: number, body: string} | undefined} */
  let cached;
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ _address, /** @type {RequestInit} */ init) => {
      world.polls++;
      if (world.worker === "hangs")
        return new Promise((_, fail) => init.signal?.addEventListener("abort", () => fail(new Error("aborted"))));
      if (world.worker === "fails") throw new TypeError("offline");
      const fresh = {
        at: now,
        body: JSON.stringify({
          level: world.level,
          recovered: false,
          related: world.related,
          checked_at: new Date(now - world.readingAge).toISOString(),
        }),
      };
      const answer = world.worker === "cache" ? (cached ??= fresh) : (cached = fresh);
      return new Response(answer.body, {
        headers: {
          Date: new Date(answer.at).toUTCString(),
          ...(world.saysAge && { Age: String(Math.floor((now - answer.at) / 1000)) }),
        },
      });
    }
  );
  watchVerdict(verdict, {
    onConfirmed() {},
    onStale: (stale) => (world.shown.stale = stale),
    onTooOld() {
      world.shown.tooOld = true;
      verdict.level = "unknown";
    },
    onChange: () => world.shown.reloads++,
  });
  await turns();
  return world;
}

test("without a Worker a verdict is old after five minutes, and unknown after two hours", async () => {
  const world = await open();
  world.worker = "fails";
  await world.pass(4 * MINUTE);
  assert.deepEqual(world.shown, { stale: false, tooOld: false, reloads: 0 });
  await world.pass(MINUTE);
  assert.deepEqual(world.shown, { stale: true, tooOld: false, reloads: 0 });
  await world.pass(114 * MINUTE);
  assert.equal(world.shown.tooOld, false);
  await world.pass(MINUTE);
  assert.equal(world.shown.tooOld, true);
  world.worker = "answers";
  await world.pass(MINUTE);
  assert.equal(world.shown.reloads, 1);
});

test("with a Worker that answers, one poll a minute keeps it, over a day and two sleeps", async () => {
  const world = await open();
  for (let minute = 0; minute < 24 * 60; minute++) {
    await world.pass(minute % 500 === 499 ? 5 * HOUR : MINUTE, { asleep: minute % 500 === 499 });
    assert.deepEqual(world.shown, { stale: false, tooOld: false, reloads: 0 }, `minute ${minute}`);
  }
  assert.equal(world.polls, 24 * 60);
});

test("a hidden page neither polls nor judges", async () => {
  const world = await open();
  world.page.hidden = true;
  await world.pass(5 * HOUR);
  assert.deepEqual([world.polls, world.shown.tooOld], [0, false]);
  world.page.hidden = false;
  await world.check();
  assert.deepEqual([world.polls, world.shown.tooOld, world.shown.stale], [1, false, false]);
});

for (const clock of [-10 * 365 * 24 * HOUR, -3 * HOUR, -4 * MINUTE, 4 * MINUTE, 3 * HOUR, 10 * 365 * 24 * HOUR]) {
  test(`a clock that is wrong by ${clock / MINUTE} minutes changes nothing while the Worker answers, and still counts when it doesn't`, async () => {
    const world = await open({ clock });
    assert.deepEqual(world.shown, { stale: false, tooOld: false, reloads: 0 });
    await world.pass(10 * MINUTE);
    assert.deepEqual(world.shown, { stale: false, tooOld: false, reloads: 0 });
    world.worker = "fails";
    await world.pass(4 * MINUTE);
    assert.equal(world.shown.stale, false);
    await world.pass(2 * MINUTE);
    assert.equal(world.shown.stale, true);
    await world.pass(2 * HOUR, { asleep: true });
    assert.equal(world.shown.tooOld, true);
  });
}

test("a document from a browser's cache is judged by the reader's clock only if the Worker can't be asked", async () => {
  const old = { cachedFor: 30 * HOUR };
  const asked = await open(old);
  assert.deepEqual([asked.polls, asked.shown], [1, { stale: false, tooOld: false, reloads: 0 }]);
  mock.timers.reset();
  const alone = await open({ ...old, worker: "fails" });
  assert.deepEqual([alone.polls, alone.shown.tooOld], [1, true]);
});

test("a cache that keeps an answer for hours and doesn't say so keeps nothing young", async () => {
  const world = await open();
  world.worker = "cache";
  world.saysAge = false;
  for (let minute = 0; minute < 122; minute++) await world.pass(MINUTE);
  assert.equal(world.shown.tooOld, true);
  assert.equal(world.polls, 122);
});

test("an answer with a later reading and another level, row or recovery needs a new document", async () => {
  const world = await open();
  world.related = [{ service: "Photos", level: "degraded" }];
  await world.pass(MINUTE);
  assert.equal(world.shown.reloads, 1);
  world.related = [];
  world.level = "outage";
  await world.pass(MINUTE);
  assert.equal(world.shown.reloads, 2);
  // An older reading doesn't.
  world.readingAge = HOUR;
  await world.pass(MINUTE);
  assert.equal(world.shown.reloads, 2);
});

test("a reading from the future holds back no later answer", async () => {
  const world = await open({ loadedAfter: -24 * HOUR });
  await world.pass(MINUTE);
  assert.deepEqual(world.shown, { stale: false, tooOld: false, reloads: 0 });
  assert.ok(world.age() < MINUTE, "it is replaced");
  const other = await (mock.timers.reset(), open({ loadedAfter: -24 * HOUR }));
  other.level = "outage";
  await other.pass(MINUTE);
  assert.equal(other.shown.reloads, 1);
});

test("what is not the status is no answer", async () => {
  for (const body of [
    "",
    "<html>",
    "null",
    "[]",
    "7",
    '{"level":"outage"}',
    '{"level":"outage","checked_at":null}',
    '{"level":7,"checked_at":"2027-01-01T00:00:00Z"}',
    '{"level":"outage","checked_at":"soon"}',
  ]) {
    const world = await open();
    globalThis.fetch = async () => new Response(body);
    await world.pass(MINUTE);
    assert.equal(world.shown.reloads, 0, body);
    await world.pass(2 * HOUR);
    assert.equal(world.shown.tooOld, true, body);
    mock.timers.reset();
  }
});

test("chaos: a verdict that is too old is never shown, and none is called old that isn't", async () => {
  let seed = 1;
  const random = (/** @type {number} */ below) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let run = 0; run < 300; run++) {
    const world = await open({ clock: [0, 0, -HOUR, HOUR, 9e9, -9e9][random(6)] });
    for (let i = 0; i < 60 && !world.shown.tooOld; i++) {
      world.worker = /** @type {const} */ (["answers", "fails", "hangs", "cache"])[random(4)];
      const before = world.age();
      const polls = world.polls;
      switch (random(4)) {
        case 0:
          world.setClock([HOUR, -HOUR, 3 * HOUR, -30 * HOUR][random(4)]);
          await world.pass(15_000);
          break;
        case 1:
          await world.pass([MINUTE, HOUR, 3 * HOUR, 30 * HOUR][random(4)], { asleep: true });
          break;
        default:
          await world.pass([15_000, MINUTE, 4 * MINUTE, HOUR][random(4)]);
      }
      const what = `run ${run}, event ${i}, ${world.worker}, age ${before} to ${world.age()}`;
      // A Date header is cut to the second.
      if (world.age() > 2 * HOUR + 1_000) assert.ok(world.shown.tooOld, `too old, but shown: ${what}`);
      else if (world.age() > 5 * MINUTE + 1_000)
        assert.ok(world.shown.stale || world.shown.tooOld, `old, but not marked: ${what}`);
      if (world.worker === "answers" && world.polls > polls)
        assert.deepEqual(world.shown, { stale: false, tooOld: false, reloads: 0 }, what);
    }
    mock.timers.reset();
  }
});
