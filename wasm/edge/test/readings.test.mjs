// @ts-check
// One reading of Apple for all: the cron trigger stores it in D1, from where other
// data centres take it. Counts what that costs; docs/operations.md has the figures.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build, countingBuild, eventually, json, pause, playApple, status, wranglerDev } from "./harness.mjs";

build(); // blocks the event loop, so it is done before the test

test("what the cron trigger, a cold isolate and a warm one read and write in a minute", async (t) => {
  const apple = await playApple();
  const dir = countingBuild();
  let worker = await wranglerDev(dir, { APPLE_ORIGIN: apple.origin });
  const began = Date.now();
  /** Sets the clock, which goes on from then. @param {number} seconds since the test began */
  const clock = async (seconds) => fetch(`${worker.origin}/__clock?ms=${began + seconds * 1000 - Date.now()}`);
  /** @returns {Promise<{statements: number, rowsRead: number, rowsWritten: number}>} since the last call */
  const d1 = () => json(`${worker.origin}/__d1`);
  const readings = async () => (await apple.state()).feeds;
  /** Starts a new isolate. @param {boolean} elsewhere in a data centre where nothing is cached */
  const restart = async (elsewhere) => {
    await worker.stop();
    if (elsewhere) rmSync(join(worker.state, "v3/cache"), { recursive: true });
    worker = await wranglerDev(dir, { APPLE_ORIGIN: apple.origin }, worker.state);
  };
  /** Requests what needs a reading, and waits until one in the background is done. */
  const visit = async () => {
    for (let n = 0; n < 20; n++) await Promise.all([status(worker.origin), fetch(`${worker.origin}/widget?n=${n}`)]);
    await pause(1_000);
  };
  try {
    for (const minute of [0, 1]) {
      await clock(minute * 60);
      await worker.cron();
    }
    await d1();
    await clock(120);
    await worker.cron();
    const run = await d1();
    t.diagnostic(`a minute of the cron: ${JSON.stringify(run)}`);
    assert.deepEqual([run.statements, run.rowsWritten], [6, 2]);
    assert.ok(run.rowsRead < 60, `${run.rowsRead} rows read`);
    assert.equal(await readings(), 3);

    await visit();
    assert.deepEqual(await d1(), { statements: 0, rowsRead: 0, rowsWritten: 0 }, "right after the run");
    await clock(195); // the next run is late
    await visit();
    await visit();
    const one = { statements: 1, rowsRead: 1, rowsWritten: 0 };
    assert.deepEqual(await d1(), one, "a warm minute");

    await restart(true);
    await clock(220);
    const v = await status(worker.origin);
    assert.equal(v.level, "operational");
    const checked = (Date.parse(v.checked_at ?? "") - began) / 1000; // of whole seconds
    assert.ok(Math.abs(checked - 120) < 5, `the reading is of ${checked} s`);
    await visit();
    assert.deepEqual(await d1(), one, "a cold isolate");
    assert.equal(await readings(), 3);

    await restart(false);
    await clock(240);
    assert.equal((await status(worker.origin)).level, "operational");
    assert.deepEqual(await d1(), { statements: 0, rowsRead: 0, rowsWritten: 0 }, "another one of that data centre");
    assert.equal(await readings(), 3);

    // The cron has died.
    await apple.show("outage");
    await clock(275);
    await eventually(async () => (await status(worker.origin)).level === "outage", 5_000, "a reading of Apple");
    await visit();
    assert.deepEqual(await d1(), one, "without the cron");
    assert.equal(await readings(), 4);

    // A run in a cold isolate honours what the row says, and stores a new one.
    await restart(true);
    await clock(290);
    await worker.cron();
    t.diagnostic(`a run in a cold isolate, with a change: ${JSON.stringify(await d1())}`);
    assert.equal(await readings(), 5);
    await restart(true);
    await clock(300);
    assert.equal((await status(worker.origin)).level, "outage");
    assert.equal(await readings(), 5);
  } finally {
    await Promise.all([worker.stop(), apple.stop()]);
  }
});
