// @ts-check
import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { fetchOnce, fetchWithRetry } from "../assets/retry.js";

const originalFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = originalFetch;
  mock.timers.reset();
});

/** @param {((signal: AbortSignal | undefined | null) => Promise<Response>)[]} tries */
function fetchAnswers(...tries) {
  let requests = 0;
  globalThis.fetch = /** @type {typeof fetch} */ ((_address, init) => tries[requests++](init?.signal));
  return () => requests;
}

/** @param {AbortSignal | undefined | null} signal */
const hangs = (signal) => new Promise((_, fail) => signal?.addEventListener("abort", () => fail(new Error("aborted"))));
const good = async () => new Response("here");
/** @param {Response} response */
const read = (response) => response.text();

test("an immediate response needs one request", async () => {
  const requests = fetchAnswers(good);
  assert.equal(await fetchWithRetry("/x", read), "here");
  assert.equal(requests(), 1);
});

test("a hanging request is aborted and repeated", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const requests = fetchAnswers(hangs, good);
  const answer = fetchWithRetry("/x", read);
  mock.timers.tick(5_900);
  assert.equal(requests(), 1);
  mock.timers.tick(200);
  assert.equal(await answer, "here");
  assert.equal(requests(), 2);
});

test("a failed request is repeated once", async () => {
  const fails = async () => {
    throw new TypeError("offline");
  };
  const requests = fetchAnswers(fails, fails, good);
  await assert.rejects(fetchWithRetry("/x", read), /offline/);
  assert.equal(requests(), 2);
});

test("an error response is requested again", async () => {
  const requests = fetchAnswers(async () => new Response("sorry", { status: 500 }), good);
  assert.equal(await fetchWithRetry("/x", read), "here");
  assert.equal(requests(), 2);
});

test("the second response can be read in another way", async () => {
  fetchAnswers(good, good);
  const fails = () => Promise.reject(new Error("wrong type"));
  assert.equal(await fetchWithRetry("/x", fails, read), "here");
});

test("a response that has started has two minutes, and no more", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {AbortSignal | undefined | null} */
  let signal;
  fetchAnswers(async (s) => ((signal = s), new Response("slow")));
  const drips = () => hangs(signal);
  const answer = fetchOnce("/x", drips, 6_000);
  await Promise.resolve(); // the answer has begun
  await Promise.resolve();
  mock.timers.tick(60_000);
  assert.equal(signal?.aborted, false);
  mock.timers.tick(60_000);
  await assert.rejects(answer, /aborted/);
});
