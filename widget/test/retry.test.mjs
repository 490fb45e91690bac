// @ts-check
import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { fetchWithRetry } from "../assets/retry.js";

const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
  mock.timers.reset();
});

/** @param {((signal: AbortSignal | undefined | null) => Promise<Response>)[]} tries */
function answers(...tries) {
  let asked = 0;
  globalThis.fetch = /** @type {typeof fetch} */ ((_address, init) => tries[asked++](init?.signal));
  return () => asked;
}

/** @param {AbortSignal | undefined | null} signal */
const stuck = (signal) => new Promise((_, fail) => signal?.addEventListener("abort", () => fail(new Error("aborted"))));
const good = async () => new Response("here");

test("what comes at once is asked for once", async () => {
  const asked = answers(good);
  assert.equal(await (await fetchWithRetry("/x")).text(), "here");
  assert.equal(asked(), 1);
});

test("a request that is stuck is given up for another one", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const asked = answers(stuck, good);
  const answer = fetchWithRetry("/x");
  mock.timers.tick(5_900);
  assert.equal(asked(), 1);
  mock.timers.tick(200);
  assert.equal(await (await answer).text(), "here");
  assert.equal(asked(), 2);
});

test("a request that fails is repeated, once", async () => {
  const fails = async () => {
    throw new TypeError("offline");
  };
  const asked = answers(fails, fails, good);
  await assert.rejects(fetchWithRetry("/x"), /offline/);
  assert.equal(asked(), 2);
});

test("an answer that has begun may take its time", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {AbortSignal | undefined | null} */
  let signal;
  answers(async (s) => ((signal = s), new Response("slow")));
  await fetchWithRetry("/x");
  mock.timers.tick(60_000);
  assert.equal(signal?.aborted, false);
});
