// @ts-check
// Unit tests of the entry module's small modules.
import assert from "node:assert/strict";
import { test } from "node:test";
import { logThrottled } from "../log.mjs";
import { handleProbe } from "../probe.mjs";
import { withTimeout } from "../timeout.mjs";

test("a failure is logged once in ten seconds, with the number of suppressed lines", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  const log = context.mock.method(console, "error", () => {});
  const lines = () => log.mock.calls.map((call) => JSON.parse(String(call.arguments[0])));
  for (const ms of [0, 1, 9_999]) {
    context.mock.timers.setTime(1_000_000 + ms);
    logThrottled("first", new Error(`at ${ms}`));
  }
  logThrottled("second", "reason"); // other messages have their own limit
  context.mock.timers.setTime(1_010_000);
  logThrottled("first", "later");
  context.mock.timers.setTime(500_000); // the clock was set back
  logThrottled("first", "earlier");
  assert.deepEqual(lines(), [
    { level: "ERROR", msg: "first", error: "Error: at 0", suppressed: 0 },
    { level: "ERROR", msg: "second", error: "reason", suppressed: 0 },
    { level: "ERROR", msg: "first", error: "later", suppressed: 2 },
    { level: "ERROR", msg: "first", error: "earlier", suppressed: 0 },
  ]);
});

test("withTimeout passes on results and errors in time, and rejects after the limit", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  assert.equal(await withTimeout("it", Promise.resolve(7), 100), 7);
  await assert.rejects(withTimeout("it", Promise.reject(new Error("broken")), 100), /^Error: broken$/);
  /** @type {string[]} */
  const settled = [];
  const late = withTimeout("the database", new Promise(() => {}), 100).catch((error) => settled.push(error.message));
  context.mock.timers.tick(99);
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(settled, []);
  context.mock.timers.tick(1);
  await late;
  assert.deepEqual(settled, ["the database didn't answer in time"]);
});

test("an upload of 512 KiB is accepted, one byte more isn't, and an endless one isn't read to its end", async () => {
  /** @param {BodyInit} body */
  const send = (body) =>
    handleProbe(
      new Request("https://worker.example/probe", /** @type {any} */ ({ method: "POST", body, duplex: "half" })),
    );
  assert.equal((await send(new Uint8Array(512 * 1024))).status, 204);
  assert.equal((await send(new Uint8Array(512 * 1024 + 1))).status, 413);
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  assert.equal((await send(endless)).status, 413);
  assert.ok(sent > 5 * 2 ** 20 && sent < 6 * 2 ** 20, `${sent} bytes were read`);
});
