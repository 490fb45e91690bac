// @ts-check
// What the platform can do to the Worker: a cache that fails, no memory left,
// a clock that jumps, clients that leave.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { build, eventually, pause, playApple, status, workerd } from "./harness.mjs";
import { playCache } from "./played.mjs";

build("faulty"); // not in the midst of a test, which it would hold up

test("a Cache API that fails, hangs or tells nonsense is in nobody's way", { timeout: 120_000 }, async () => {
  const [apple, cache] = await Promise.all([playApple(), playCache()]);
  await apple.show("outage");
  const isolate = () => workerd(build().dir, { APPLE_ORIGIN: apple.origin }, { cache: cache.address });

  const first = await isolate();
  assert.equal((await status(first.origin)).level, "outage");
  await eventually(() => cache.asked >= 2, 3_000, "a reading that is kept");
  await first.stop();
  const second = await isolate();
  assert.equal((await status(second.origin)).level, "outage");
  assert.deepEqual(
    [cache.hits, (await apple.state()).feeds],
    [1, 1],
    "the second isolate has its reading from the first",
  );
  await second.stop();

  await apple.show("fine");
  for (const fault of /** @type {const} */ (["fail", "hang", "garbage", "cut off"])) {
    cache.fault = fault;
    const { feeds } = await apple.state();
    const worker = await isolate();
    const began = Date.now();
    assert.equal((await status(worker.origin)).level, "operational", fault);
    assert.ok(Date.now() - began < 10_000, `${fault}: waited ${Date.now() - began} ms`);
    assert.equal((await apple.state()).feeds, feeds + 1, fault);
    // A cache that answers 500 answers none, which is no reason to complain.
    if (fault !== "fail")
      await eventually(
        () => /loading the shared reading failed/.test(worker.running.output),
        3_000,
        `a word about a cache that ${fault}`,
      );
    assert.equal((await fetch(`${worker.origin}/widget`)).status, 200, fault);
    await worker.stop();
  }
  await Promise.all([apple.stop(), cache.stop()]);
});

test("a Go program without any memory left ends alone, and the next request works", { timeout: 120_000 }, async () => {
  const apple = await playApple();
  await apple.show("outage");
  const worker = await workerd(build("faulty").dir, { APPLE_ORIGIN: apple.origin });
  for (let round = 1; round <= 3; round++) {
    assert.equal((await status(worker.origin)).level, "outage");
    const began = Date.now();
    const response = await fetch(`${worker.origin}/fault/exhaust`);
    assert.equal(response.status, 503);
    assert.ok(/** @type {{error: string}} */ (await response.json()).error.endsWith("."));
    assert.ok(Date.now() - began < 10_000, `took ${Date.now() - began} ms`);
    assert.equal((await fetch(`${worker.origin}/widget?after=${round}`)).status, 200);
    assert.equal(worker.boots(), round + 1);
  }
  assert.match(worker.running.output, /out of memory/);
  assert.match(worker.running.output, /"msg":"answering failed"/);
  const size = Number(await (await fetch(`${worker.origin}/fault/memory`)).text());
  assert.ok(size < 40_000_000, `the program that was started again has ${size} bytes`);
  await Promise.all([worker.stop(), apple.stop()]);
});

test("a clock that jumps keeps no old answer alive, and no reading back", { timeout: 60_000 }, async () => {
  const apple = await playApple();
  const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
  const hour = 3_600_000;
  let level = "operational",
    feeds = 0;
  assert.equal((await status(worker.origin)).level, level);
  await fetch(`${worker.origin}/widget`);
  for (const hours of [-3, -24 * 400, 0, 3, 24 * 400, 24, -24, 0]) {
    await worker.clock(hours * hour);
    ({ feeds } = await apple.state());
    level = level === "outage" ? "operational" : "outage";
    await apple.show(level === "outage" ? "outage" : "fine");
    await eventually(
      async () => {
        const widget = await (await fetch(`${worker.origin}/widget`)).text();
        return (await status(worker.origin)).level === level && widget.includes(`data-level="${level}"`);
      },
      5_000,
      `the ${level} after the clock was set to ${hours} hours`,
    );
    // And from there on it is as ever: one reading a minute.
    for (let n = 0; n < 20; n++) await fetch(`${worker.origin}/widget?n=${n}`);
    assert.ok((await apple.state()).feeds <= feeds + 2, "Apple is asked again and again");
  }

  // What is too old is no verdict, also when the clock alone says so.
  await apple.fault("500");
  await worker.clock(3 * hour);
  const v = await status(worker.origin);
  assert.equal(v.level, "unknown");
  assert.equal(v.last_known?.level, level);
  await Promise.all([worker.stop(), apple.stop()]);
});

test("1,000 clients that leave at any time leave nothing behind", { timeout: 120_000 }, async (t) => {
  const apple = await playApple();
  const worker = await workerd(build("faulty").dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.1" });
  const tell = async (/** @type {string} */ what) =>
    Number(await (await fetch(`${worker.origin}/fault/${what}`)).text());
  const resident = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${worker.running.pid}/status`, "utf8"))?.[1]) * 1024;
  const paths = [
    "/api/status",
    "/widget",
    "/widget?x=",
    "/",
    "/feed.atom?x=",
    "/api/history?days=",
    "/badge.svg?label=",
    "/nothing?x=",
    "/embed.js",
  ];
  let left = 0,
    answered = 0;
  /** @param {number} count */
  const wave = (count) =>
    Promise.all(
      Array.from({ length: 50 }, async () => {
        for (let n = 0; n < count; n++) {
          try {
            const response = await fetch(`${worker.origin}${paths[n % paths.length]}${n}`, {
              signal: AbortSignal.timeout(Math.ceil(Math.random() ** 4 * 400)),
            });
            await response.arrayBuffer();
            answered++;
          } catch (error) {
            if (/** @type {Error} */ (error).name !== "TimeoutError") throw error;
            left++;
          }
        }
      }),
    );
  await wave(5);
  const [goroutines, memory] = [await tell("goroutines"), resident()];
  left = answered = 0;
  for (const fault of ["", "hang", "slow", "500"]) {
    await apple.fault(fault);
    await wave(5);
  }
  t.diagnostic(`${left} left, ${answered} were answered; the process grew by ${resident() - memory} bytes`);
  assert.equal(left + answered, 1000);
  assert.ok(left > 100 && answered > 100, `${left} left and ${answered} were answered`);
  await apple.fault("");
  await apple.show("outage");
  await eventually(
    async () => (await status(worker.origin)).level === "outage",
    12_000,
    "the right answer after all that",
  );
  await eventually(
    async () => (await tell("goroutines")) <= goroutines + 5,
    12_000,
    "an end of what Go did for clients that left",
  );
  assert.ok(resident() - memory < 60_000_000, `the process grew by ${resident() - memory} bytes`);
  assert.equal(worker.boots(), 1);
  // Nobody who stays is told anything wrong after it.
  for (let n = 0; n < 50; n++, await pause(2))
    assert.equal((await fetch(`${worker.origin}/widget?stay=${n}`)).status, 200);
  await Promise.all([worker.stop(), apple.stop()]);
});
