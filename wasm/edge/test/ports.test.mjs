// @ts-check
// The reservation of a reading: isolates of a data centre that store one at the
// same time, with a Cache API that takes a while.
import assert from "node:assert/strict";
import { test } from "node:test";

/** What is stored, and until when. @type {Map<string, {text: string, until: number}>} */
const stored = new Map();
/** Milliseconds that an operation takes at most. */
let latency = 0;
const wait = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
const delay = () => wait(Math.random() * latency);

Object.assign(globalThis, {
  scheduler: { wait },
  caches: {
    default: {
      async match(/** @type {string} */ address) {
        await delay();
        const found = stored.get(address);
        await delay();
        return found && Date.now() < found.until ? new Response(found.text) : undefined;
      },
      async put(/** @type {string} */ address, /** @type {Response} */ response) {
        const text = await response.text();
        const maxAge = Number(/max-age=(\d+)/.exec(response.headers.get("Cache-Control") ?? "")?.[1]);
        await delay();
        stored.set(address, { text, until: Date.now() + maxAge * 1000 });
        await delay();
      },
    },
  },
});

/** As many isolates: each has the module for itself. @param {number} n */
const isolates = (n) =>
  Promise.all(
    Array.from({ length: n }, async (_, i) => {
      const { ports } = await import(`../ports.mjs?${n}-${i}`);
      return /** @type {{reserve(address: string, until: number): Promise<number>}} */ (ports({}).READING_CACHE);
    }),
  );

test("of 20 isolates that reserve a reading together one has it", async () => {
  for (latency of [0, 10, 40]) {
    stored.clear();
    const until = Date.now() + 10_000;
    const taken = await Promise.all(
      (await isolates(20)).map((isolate) => isolate.reserve("https://x.invalid/", until)),
    );
    assert.equal(taken.filter((time) => time === 0).length, 1, `${latency} ms`);
    assert.deepEqual(
      taken.filter((time) => time !== 0),
      Array(19).fill(until),
    );
  }
});

test("a reservation can be prolonged by its isolate, and expires", async () => {
  latency = 0;
  stored.clear();
  const [one, other] = await isolates(2);
  const soon = Date.now() + 1_500;
  assert.equal(await one.reserve("https://x.invalid/", soon - 1_000), 0);
  assert.equal(await one.reserve("https://x.invalid/", soon), 0);
  assert.equal(await other.reserve("https://x.invalid/", soon + 10_000), soon);
  await wait(soon - Date.now());
  assert.equal(await other.reserve("https://x.invalid/", soon + 10_000), 0);
});

test("where the Cache API stores nothing, every isolate has the reading", async () => {
  const cache = /** @type {any} */ (caches).default,
    put = cache.put;
  cache.put = async () => {};
  stored.clear();
  for (const isolate of await isolates(3))
    assert.equal(await isolate.reserve("https://x.invalid/", Date.now() + 9_000), 0);
  cache.put = put;
});
