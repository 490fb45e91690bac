// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { soak } from "../soak/soak.mjs";
import { Expected } from "../soak/expected.mjs";

/** Sets up Expected with a mock clock. Times are seconds from the start. @param {import("node:test").TestContext} context */
function setup(context) {
  context.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  const expected = new Expected();
  return {
    /** @param {number} s @param {string} level @param {number} [tail] @param {number} [delay] */
    at(s, level, tail, delay) {
      context.mock.timers.setTime(1_000_000 + s * 1000);
      expected.change(Date.now() - 10, level ? level.split(" or ") : [], tail, delay);
    },
    /** @param {number} sent @param {number} [received] */
    allowed: (sent, received = sent) =>
      [...expected.allowed(1_000_000 + sent * 1000, 1_000_000 + received * 1000)].sort().join(),
  };
}

test("around a change both levels are allowed, later only the new one", (context) => {
  const { at, allowed } = setup(context);
  at(0, "operational");
  at(20, "outage");
  assert.equal(allowed(1), "operational,unknown");
  assert.equal(allowed(10), "operational");
  assert.equal(allowed(19, 20), "operational,outage");
  assert.equal(allowed(25), "operational,outage");
  assert.equal(allowed(27), "outage");
});

test("while nothing can be read, the last level is allowed", (context) => {
  const { at, allowed } = setup(context);
  at(0, "operational");
  at(20, "", 9_000);
  at(40, "outage");
  at(41, "degraded");
  assert.equal(allowed(39), "operational");
  assert.equal(allowed(45), "degraded,operational,outage"); // a reading that hangs may last until 49 s
  assert.equal(allowed(54), "degraded,operational,outage");
  assert.equal(allowed(56), "degraded");
});

test("a reading that waits for the database may take longer", (context) => {
  const { at, allowed } = setup(context);
  at(0, "operational");
  at(20, "outage", 0, 15_000);
  assert.equal(allowed(34), "operational,outage");
  assert.equal(allowed(36), "outage");
});

test("where several levels may be reported, any of them is allowed", (context) => {
  const { at, allowed } = setup(context);
  at(0, "operational");
  at(20, "outage or unknown");
  assert.equal(allowed(25), "operational,outage,unknown");
  assert.equal(allowed(27), "outage,unknown");
});

test("a level that was shown only briefly may have been read or not", (context) => {
  const { at, allowed } = setup(context);
  at(0, "operational");
  at(20, "outage");
  at(21, "");
  assert.equal(allowed(40), "operational,outage");
});

test("a lie is noticed: Apple shows an outage that the soak test doesn't expect", { timeout: 60_000 }, async () => {
  const { wrongs, wrong } = await soak({ minutes: 0.2, rate: 100, seed: 1, lie: true });
  assert.ok(wrongs > 50, `${wrongs} wrong responses`);
  assert.match(wrong.join("\n"), /reported outage, allowed operational/);
});

test("a minute of all faults: no wrong response and no request without a response", { timeout: 150_000 }, async (t) => {
  const { wrong, ...counts } = await soak({ minutes: 1, rate: 500, seed: Date.now() % 2 ** 31 });
  t.diagnostic(JSON.stringify(counts));
  assert.deepEqual(wrong, []);
  assert.equal(counts.wrongs + counts.unanswered, 0);
  assert.ok(counts.switches > 3 && counts.exits > 1, "faults were switched on and off");
  assert.ok(counts.requests > 1000);
  for (const size of counts.go) assert.ok(size < 64, `Go's memory was ${size} MiB`); // half of an isolate's limit
});
