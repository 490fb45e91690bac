// @ts-check
// The connection check ends, whatever the network does.
import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { measure } from "../assets/network.js";

const original = { fetch: globalThis.fetch, now: performance.now };
afterEach(() => {
  globalThis.fetch = original.fetch;
  performance.now = original.now;
  mock.timers.reset();
});

/** Measures while time passes. @param {(request: number) => number} duration milliseconds of each request, Infinity for one that hangs */
async function measured(duration) {
  mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0,
    requests = 0;
  performance.now = () => now;
  globalThis.fetch = /** @type {any} */ (
    (/** @type {string} */ _address, /** @type {RequestInit} */ { signal }) =>
      new Promise((answer, fail) => {
        signal?.addEventListener("abort", () => fail(new Error("aborted")));
        const time = duration(requests++);
        if (time < Infinity) setTimeout(() => answer(new Response(null)), time);
      })
  );
  /** @type {{network?: import("../assets/network.js").Network}} */
  const result = {};
  measure().then((network) => (result.network = network));
  for (; !result.network && now < 60_000; now += 10) {
    mock.timers.tick(10);
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }
  return { network: result.network, took: now, requests };
}

test("a good connection", async () => {
  const { network, requests } = await measured((n) => (n < 6 ? 100 : 1_000));
  assert.equal(requests, 7);
  assert.equal(network?.lost, 0);
  assert.ok(Math.abs((network?.roundTrip ?? 0) - 100) <= 10 && (network?.upload ?? 0) > 2e6, JSON.stringify(network));
});

test("nothing gets through: it ends within ten seconds", async () => {
  const { network, took } = await measured(() => Infinity);
  assert.deepEqual(network, { lost: 1 });
  assert.ok(took < 10_000, `${took} ms`);
});

test("one request of six is lost, and the upload hangs", async () => {
  const { network, took } = await measured((n) => (n === 2 || n === 6 ? Infinity : 100));
  assert.ok(Math.abs((network?.lost ?? 0) - 1 / 6) < 0.001 && network?.upload === undefined, JSON.stringify(network));
  assert.ok(took < 15_000, `${took} ms`);
});
