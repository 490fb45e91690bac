// @ts-check
// The first request of an isolate: what runs at the module's top level before it
// leaves no trace, and isn't needed.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { build, eventually, pause, playApple, scratch, status, workerd } from "./harness.mjs";
import { fakeCache, fakeDatabase } from "./fakes.mjs";

(build(), build("faulty")); // block the event loop, so they are done before the tests

/** In everything that the rehearsal makes up, and its year. */
const MADE_UP = /rehearsed|2001/i;

const routes = [
  "/api/status",
  "/widget",
  "/widget?theme=dark&lang=en",
  "/widget/messages",
  "/api/history",
  "/api/history?days=30",
  "/feed.atom",
  "/api/v2/status.json",
  "/api/v2/summary.json",
  "/api/v2/components.json",
  "/api/v2/incidents.json",
  "/api/v2/incidents/unresolved.json",
  "/api/v2/scheduled-maintenances.json",
  "/badge.svg",
  "/badge.json",
  "/healthz",
  "/",
  "/oembed?url=https%3A%2F%2Fexample.com%2Fwidget",
  "/openapi.json",
  "/nothing",
];

let copies = 0;

/**
 * Copies a build with a change in one module, and returns its folder.
 * @param {string} module @param {string} text is replaced @param {string} by @param {"" | "faulty"} [tags]
 */
function changed(module, text, by, tags = "") {
  const dir = join(scratch, `changed-${copies++}`);
  cpSync(build(tags).dir, dir, { recursive: true });
  const source = readFileSync(join(dir, module), "utf8");
  assert.ok(source.includes(text), `${module} has no ${text}`);
  writeFileSync(join(dir, module), source.replace(text, by));
  return dir;
}

describe("what runs at the top level leaves no trace", () => {
  for (const scenario of ["fine", "issue"]) {
    test(`in any answer, log, cache or database (${scenario})`, async () => {
      const [apple, database, cache] = await Promise.all([playApple(), fakeDatabase(), fakeCache()]);
      await apple.show(scenario);
      const vars = { APPLE_ORIGIN: apple.origin, WEBHOOK_URL: "http://127.0.0.1:9/hook" };
      const worker = await workerd(build().dir, vars, { database: database.address, cache: cache.address });
      assert.deepEqual([(await apple.state()).feeds, database.statements, cache.received], [0, 0, ""]);
      for (const route of routes) {
        for (const method of ["GET", "HEAD", "POST"]) {
          const response = await fetch(worker.origin + route, { method });
          const all = [...response.headers].join("\n") + (await response.text());
          assert.doesNotMatch(all, MADE_UP, `${method} ${route}`);
          assert.ok(response.status < 500, `${method} ${route}: ${response.status}`);
        }
      }
      await worker.cron();
      await worker.cron();
      assert.ok(database.statements > 5 && cache.received);
      for (const text of [worker.running.output, database.received, cache.received]) assert.doesNotMatch(text, MADE_UP);
      // The first reading is the first: nothing was read or decided before.
      assert.match(worker.running.output, /"msg":"the level has changed".*"was":"unknown"/);
      await Promise.all([worker.stop(), apple.stop(), database.stop(), cache.stop()]);
    });
  }

  test("a cold isolate that can't read Apple knows nothing", async () => {
    const apple = await playApple();
    await apple.fault("500");
    const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
    const { level, checked_at, last_known, incidents } = await status(worker.origin);
    assert.deepEqual([level, checked_at, last_known, incidents], ["unknown", null, null, []]);
    const history = await fetch(`${worker.origin}/api/history`);
    assert.match(await history.text(), /"kept":false/);
    await Promise.all([worker.stop(), apple.stop()]);
  });

  test("the database of the rehearsal is closed, and its memory is used again", async () => {
    const worker = await workerd(build("faulty").dir, {});
    const number = async (/** @type {string} */ of) =>
      Number(await (await fetch(`${worker.origin}/fault/${of}`)).text());
    await number("goroutines"); // starts the program with the environment
    await pause(100);
    const goroutines = await number("goroutines");
    assert.ok(goroutines < 10, `${goroutines} goroutines`);
    const heap = await number("heap");
    assert.ok(heap < 8_000_000, `${heap} bytes in use`);
    await worker.stop();
  });
});

describe("times and random values", () => {
  test("are the platform's, not those of the top level", async () => {
    // What Go gets as random data at the top level is the same in both isolates here.
    const dir = changed("boot.mjs", "Math.random() * 256", "7", "faulty");
    const ask = async () => {
      const worker = await workerd(dir, {});
      const time = async () => (await (await fetch(`${worker.origin}/fault/time`)).text()).split(" ").map(Number);
      const random = async () => (await fetch(`${worker.origin}/fault/random`)).text();
      const [, sinceBoot] = await time();
      await pause(300);
      const [now, elapsed] = await time();
      const values = [await random(), await random()];
      await worker.stop();
      assert.ok(Math.abs(now - Date.now()) < 5_000, `Go's clock is ${now}`);
      assert.ok(elapsed >= 295 && elapsed < 5_000, `${elapsed} ms passed in 300`);
      assert.ok(sinceBoot >= 0, `the clock ran backwards by ${-sinceBoot} ms after the boot`);
      return values;
    };
    const values = [...(await ask()), ...(await ask())];
    assert.equal(new Set(values).size, 4, "random values that repeat");
    for (const value of values) assert.match(value, /^[A-Z2-7]{26}$/);
  });

  test("two isolates have different names in the Cache API", async () => {
    const [apple, cache] = await Promise.all([playApple(), fakeCache()]);
    for (let n = 0; n < 2; n++) {
      const worker = await workerd(
        build().dir,
        { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" },
        { cache: cache.address },
      );
      await status(worker.origin);
      await pause(300);
      await status(worker.origin);
      await worker.stop();
    }
    const owners = new Set([...cache.received.matchAll(/"owner":"([^"]*)"/g)].map((match) => match[1]));
    assert.equal(owners.size, 2);
    for (const owner of owners) assert.match(owner, /^[0-9a-f-]{36}$/);
    await Promise.all([apple.stop(), cache.stop()]);
  });

  test("the age of a reading is right from the first answer on", async () => {
    const apple = await playApple();
    const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
    const { checked_at, stale } = await status(worker.origin);
    assert.ok(Math.abs(Date.parse(String(checked_at)) - Date.now()) < 5_000, String(checked_at));
    assert.equal(stale, false);
    await pause(1_100);
    const { headers } = await fetch(`${worker.origin}/api/status`);
    assert.ok(["1", "2"].includes(String(headers.get("Age"))), `Age ${headers.get("Age")}`);
    await Promise.all([worker.stop(), apple.stop()]);
  });

  // As on the platform: at the top level the clocks say zero.
  test("the clocks may stand at zero at the top level", async () => {
    const apple = await playApple();
    const dir = changed(
      "wasm_exec.js",
      '"use strict";',
      "const now = Date.now; Date.now = () => 0; performance.now = () => 0; globalThis.clocksRun = () => { Date.now = now; delete performance.now; };",
    );
    const entry = readFileSync(join(dir, "worker.mjs"), "utf8");
    writeFileSync(join(dir, "worker.mjs"), `${entry}\nglobalThis.clocksRun();`);
    const worker = await workerd(dir, { APPLE_ORIGIN: apple.origin });
    assert.equal((await status(worker.origin)).level, "operational");
    assert.equal(worker.boots(), 1);
    assert.doesNotMatch(worker.running.output, /"ERROR"/);
    await Promise.all([worker.stop(), apple.stop()]);
  });
});

describe("if the top level fails, the first request boots the program", () => {
  for (const [name, dir, boots] of /** @type {const} */ ([
    [
      "the boot throws",
      () => changed("boot.mjs", "if (!topLevel) return randomData(sp);", "$& throw new Error('on purpose');"),
      1,
    ],
    [
      "the rehearsal throws",
      () => changed("rehearsal.mjs", "for (const run of runs) {", "throw new Error('on purpose'); $&"),
      2,
    ],
    ["the program exits", () => changed("rehearsal.mjs", '"GET /nothing"', '"GET /fault/exit"', "faulty"), 2],
    [
      "the rehearsal waits for nothing",
      () => changed("rehearsal.mjs", "instance = start(environment);", "$& instance.settled = () => false;"),
      2,
    ],
  ])) {
    test(name, async () => {
      const apple = await playApple();
      await apple.show("outage");
      const worker = await workerd(dir(), { APPLE_ORIGIN: apple.origin });
      for (let n = 0; n < 3; n++) assert.equal((await status(worker.origin)).level, "outage");
      assert.equal((await fetch(`${worker.origin}/widget`)).status, 200);
      await worker.cron();
      await eventually(() => worker.running.output.includes("preparing the Go program failed"), 3_000, "a log line");
      assert.equal(worker.running.output.split("preparing the Go program failed").length - 1, 1);
      assert.equal(worker.boots(), boots);
      assert.doesNotMatch(worker.running.output.replace(/.*preparing the Go program failed.*/, ""), MADE_UP);
      await Promise.all([worker.stop(), apple.stop()]);
    });
  }

  test("and nothing is logged if it works", async () => {
    const apple = await playApple();
    const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
    await status(worker.origin);
    assert.doesNotMatch(worker.running.output, /preparing the Go program failed/);
    assert.equal(worker.boots(), 1);
    await Promise.all([worker.stop(), apple.stop()]);
  });
});
