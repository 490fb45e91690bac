// @ts-check
// The time limit of POST /probe; wrangler.test.mjs has the rest.
import assert from "node:assert/strict";
import { test } from "node:test";
import { handleProbe } from "../probe.mjs";

/**
 * A request whose body has a chunk of 1,000 bytes at each interval, or none if
 * that is 0.
 * @param {number} count @param {number} interval milliseconds
 */
function upload(count, interval) {
  let sent = 0;
  const cancelled = { value: false };
  const body = new ReadableStream({
    async pull(controller) {
      if (sent++ === count) return controller.close();
      if (!interval) return new Promise(() => {});
      await new Promise((done) => setTimeout(done, interval));
      controller.enqueue(new Uint8Array(1000));
    },
    cancel() {
      cancelled.value = true;
    },
  });
  const init = /** @type {RequestInit} */ ({ method: "POST", body, duplex: "half" });
  return { request: new Request("https://worker.example/probe", init), cancelled };
}

test("an upload that doesn't end is given up after the time limit", async () => {
  for (const interval of [0, 20]) {
    const { request, cancelled } = upload(1e9, interval);
    const began = Date.now();
    const response = await handleProbe(request, 300);
    const took = Date.now() - began;
    assert.equal(response.status, 408);
    assert.deepEqual(await response.json(), { error: "The upload took too long." });
    assert.ok(took >= 290 && took < 1_500, `took ${took} ms`);
    await new Promise((done) => setTimeout(done, 50));
    assert.ok(cancelled.value, "the body is cancelled");
  }
});

test("an upload in time, and one that fails", async () => {
  assert.equal((await handleProbe(upload(20, 5).request, 2_000)).status, 204);
  assert.equal((await handleProbe(new Request("https://worker.example/probe", { method: "POST" }), 1_000)).status, 204);
  assert.equal((await handleProbe(upload(600, 0.1).request, 20_000)).status, 413);
});
