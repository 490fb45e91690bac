// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { soak } from "../soak/soak.mjs";
import { Truth } from "../soak/truth.mjs";

/** Seconds from the start at which things happen, on a clock of the test's. @param {import("node:test").TestContext} context */
function played(context) {
  context.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  const truth = new Truth();
  return {
    /** @param {number} s @param {string} level @param {number} [tail] */
    at(s, level, tail) {
      context.mock.timers.setTime(1_000_000 + s * 1000);
      truth.change(Date.now() - 10, level, tail);
    },
    /** @param {number} asked @param {number} [received] */
    allowed: (asked, received = asked) =>
      [...truth.allowed(1_000_000 + asked * 1000, 1_000_000 + received * 1000)].sort().join(),
  };
}

test("before and after a change is read, both are true; later only the new one", (context) => {
  const { at, allowed } = played(context);
  at(0, "operational");
  at(20, "outage");
  assert.equal(allowed(1), "operational,unknown");
  assert.equal(allowed(10), "operational");
  assert.equal(allowed(19, 20), "operational,outage");
  assert.equal(allowed(22), "operational,outage");
  assert.equal(allowed(24), "outage");
});

test("while nothing can be read, what was known last is true", (context) => {
  const { at, allowed } = played(context);
  at(0, "operational");
  at(20, "", 9_000);
  at(40, "outage");
  at(41, "degraded");
  assert.equal(allowed(39), "operational");
  assert.equal(allowed(45), "degraded,operational,outage"); // a reading that hangs may go on until 49 s
  assert.equal(allowed(51), "degraded,operational,outage");
  assert.equal(allowed(53), "degraded");
});

test("what was shown too shortly may have been read or not", (context) => {
  const { at, allowed } = played(context);
  at(0, "operational");
  at(20, "outage");
  at(21, "");
  assert.equal(allowed(40), "operational,outage");
});

test(
  "a minute of everything at once: nothing is told wrong, nobody is left without an answer",
  { timeout: 150_000 },
  async (t) => {
    const { wrong, ...seen } = await soak({ minutes: 1, rate: 500, seed: Date.now() % 2 ** 31 });
    t.diagnostic(JSON.stringify(seen));
    assert.deepEqual(wrong, []);
    assert.equal(seen.wrongs + seen.unanswered, 0);
    assert.ok(seen.switches > 3 && seen.ends > 1, "faults were switched on and off");
    assert.ok(seen.asked > 1000);
    for (const size of seen.go) assert.ok(size < 64, `Go's memory was ${size} MiB`); // half of what the platform gives an isolate
  },
);
