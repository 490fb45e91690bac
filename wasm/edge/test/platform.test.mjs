// @ts-check
// Faults of the platform: a cache that fails, no memory left, a clock that
// jumps, clients that disconnect.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { build, eventually, pause, playApple, status, workerd } from "./harness.mjs";
import { fakeCache } from "./fakes.mjs";

build("faulty"); // blocks the event loop, so it is done before the tests

test("a Cache API that fails, hangs or returns garbage doesn't affect responses", { timeout: 120_000 }, async () => {
  const [apple, cache] = await Promise.all([playApple(), fakeCache()]);
  await apple.show("outage");
  const isolate = () => workerd(build().dir, { APPLE_ORIGIN: apple.origin }, { cache: cache.address });

  const first = await isolate();
  assert.equal((await status(first.origin)).level, "outage");
  await eventually(() => cache.requests >= 2, 3_000, "a stored reading");
  await first.stop();
  const second = await isolate();
  assert.equal((await status(second.origin)).level, "outage");
  assert.deepEqual(
    [cache.hits, (await apple.state()).feeds],
    [1, 1],
    "the second isolate uses the reading of the first one",
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
    // A 500 of the cache counts as "not found", which isn't logged.
    if (fault !== "fail")
      await eventually(
        () => /"WARN","msg":"loading the [a-z ]*reading failed"/.test(worker.running.output),
        3_000,
        `a log line about the cache (${fault})`,
      );
    assert.equal((await fetch(`${worker.origin}/widget`)).status, 200, fault);
    await worker.stop();
  }
  await Promise.all([apple.stop(), cache.stop()]);
});

test(
  "a Go program that runs out of memory fails its request, and the next one works",
  { timeout: 120_000 },
  async () => {
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
    assert.match(worker.running.output, /"msg":"handling a request failed"/);
    const size = Number(await (await fetch(`${worker.origin}/fault/memory`)).text());
    assert.ok(size < 40_000_000, `the restarted program has ${size} bytes`);
    await Promise.all([worker.stop(), apple.stop()]);
  },
);

test("a clock that jumps leaves no old response in use and delays no reading", { timeout: 60_000 }, async () => {
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
    // Afterwards there is one reading a minute as before.
    for (let n = 0; n < 20; n++) await fetch(`${worker.origin}/widget?n=${n}`);
    assert.ok((await apple.state()).feeds <= feeds + 2, "Apple is read repeatedly");
  }

  // A reading that is too old gives no verdict.
  await apple.fault("500");
  await worker.clock(3 * hour);
  const v = await status(worker.origin);
  assert.equal(v.level, "unknown");
  assert.equal(v.last_known?.level, level);
  await Promise.all([worker.stop(), apple.stop()]);
});

test("1,000 clients that disconnect at random times leak nothing", { timeout: 120_000 }, async (t) => {
  const apple = await playApple();
  const worker = await workerd(build("faulty").dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.1" });
  const measure = async (/** @type {string} */ what) =>
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
  let disconnected = 0,
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
            disconnected++;
          }
        }
      }),
    );
  await wave(5);
  const [goroutines, memory] = [await measure("goroutines"), resident()];
  disconnected = answered = 0;
  for (const fault of ["", "hang", "slow", "500"]) {
    await apple.fault(fault);
    await wave(5);
  }
  t.diagnostic(
    `${disconnected} disconnected, ${answered} were answered; the process grew by ${resident() - memory} bytes`,
  );
  assert.equal(disconnected + answered, 1000);
  assert.ok(disconnected > 100 && answered > 100, `${disconnected} disconnected, ${answered} were answered`);
  await apple.fault("");
  await apple.show("outage");
  await eventually(async () => (await status(worker.origin)).level === "outage", 12_000, "the right level afterwards");
  await eventually(
    async () => (await measure("goroutines")) <= goroutines + 5,
    12_000,
    "the end of Go's work for disconnected clients",
  );
  assert.ok(resident() - memory < 60_000_000, `the process grew by ${resident() - memory} bytes`);
  assert.equal(worker.boots(), 1);
  // Later requests are served.
  for (let n = 0; n < 50; n++, await pause(2))
    assert.equal((await fetch(`${worker.origin}/widget?stay=${n}`)).status, 200);
  await Promise.all([worker.stop(), apple.stop()]);
});

test("isolates that fall due together read Apple once", { timeout: 120_000 }, async () => {
  const [apple, cache] = await Promise.all([playApple(), fakeCache()]);
  const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin }, { cache: cache.address, isolates: 20 });
  try {
    /** @param {string} level */
    const askAll = async (level) => {
      for (const { level: got } of await Promise.all(worker.origins.map(status))) assert.equal(got, level);
    };
    /** Sets the clock of all isolates. @param {number} seconds */
    const clock = (seconds) =>
      Promise.all(worker.origins.map((origin) => fetch(`${origin}/__clock?ms=${seconds * 1000}`)));
    let feeds = 0;
    /** @param {string} what */
    const readings = async (what) => {
      await pause(1_500); // those in the background
      const now = (await apple.state()).feeds;
      const taken = now - feeds;
      feeds = now;
      assert.ok(taken >= 1 && taken <= 2, `${what}: ${taken} readings`);
    };
    await askAll("operational");
    await readings("cold");
    await apple.show("issue");
    for (const minute of [1, 2, 3]) {
      await clock(minute * 65);
      await Promise.all(worker.origins.map((origin) => fetch(`${origin}/api/status?${minute}`)));
      await readings(`minute ${minute}`);
      await askAll("degraded");
    }
    // All of them honour the pause that Apple asks one of them for.
    await apple.fault("429"); // for 3 seconds: less than a minute
    await clock(4 * 65);
    await askAll("degraded");
    await readings("busy");
    await clock(4 * 65 + 50);
    await askAll("degraded");
    assert.equal((await apple.state()).feeds, feeds, "a reading within a minute of one that failed");
  } finally {
    await Promise.all([worker.stop(), apple.stop(), cache.stop()]);
  }
});

test("a reading with slow redirects ends within its time limit", { timeout: 120_000 }, async () => {
  let requests = 0;
  const apple = createServer((request, response) => {
    requests++;
    setTimeout(() => response.writeHead(302, { Location: request.url }).end(), 2_500);
  });
  await new Promise((done) => apple.listen(0, "127.0.0.1", () => done(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (apple.address());
  const worker = await workerd(build().dir, { APPLE_ORIGIN: `http://127.0.0.1:${port}` });
  try {
    const began = Date.now();
    assert.equal((await status(worker.origin)).level, "unknown");
    await eventually(() => worker.running.output.includes("reading Apple's status failed"), 8_000, "the log");
    const took = Date.now() - began;
    assert.ok(took > 5_500 && took < 9_500, `took ${took} ms`);
    assert.equal(requests, 6, "page and feed, three hops each");
  } finally {
    apple.closeAllConnections();
    await Promise.all([worker.stop(), new Promise((done) => apple.close(done))]);
  }
});
