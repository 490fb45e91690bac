// @ts-check
// A database that isn't there, fails, hangs or has no tables is in nobody's way.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { build, eventually, json, migrate, past, pause, playApple, status, workerd, wranglerDev } from "./harness.mjs";
import { playDatabase } from "./played.mjs";

build("faulty"); // not in the midst of the tests, which it would hold up

test("a database without tables gets them by itself", async () => {
  const apple = await playApple();
  await apple.show("outage");
  const worker = await wranglerDev(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.5" });
  try {
    const early = await Promise.all(Array.from({ length: 5 }, () => past(worker.origin)));
    for (const h of early) assert.deepEqual([h.kept, h.changes], [true, []]);
    assert.match(await (await fetch(`${worker.origin}/`)).text(), /The last 90 days/);
    await Promise.all([worker.cron(), worker.cron(), worker.cron()]);
    assert.deepEqual(
      (await past(worker.origin, "?days=90&x=1")).changes.map((c) => c.level),
      ["outage"],
    );
    const { history } = await json(`${worker.origin}/healthz`);
    assert.deepEqual([history.kept, history.error, history.recorded_at !== null], [true, null, true]);
    // wrangler finds that there is nothing left to do.
    assert.match(migrate(build().dir, worker.state), /No migrations to apply/);
  } finally {
    await Promise.all([worker.stop(), apple.stop()]);
  }
});

/**
 * Expects all that a worker tells while its database can't be read.
 * @param {string} origin
 * @param {string} level
 */
async function withoutHistory(origin, level) {
  assert.equal((await status(origin)).level, level);
  for (const path of ["/widget", "/api/v2/summary.json", "/feed.atom", "/badge.svg", "/badge.json", "/openapi.json"]) {
    const began = Date.now();
    assert.equal((await fetch(origin + path)).status, 200, path);
    assert.ok(Date.now() - began < 1000, `${path} waited for the database`);
  }
  const refused = await fetch(`${origin}/api/history`);
  assert.equal(refused.status, 503);
  assert.equal(refused.headers.get("Cache-Control"), "no-store");
  assert.match(/** @type {any} */ (await refused.json()).error, /^The history can't be read right now\./);
  const landing = await fetch(`${origin}/`);
  assert.equal(landing.status, 200);
  assert.match(await landing.text(), /The history can[’']t be read right now\./);
  const health = await json(`${origin}/healthz`);
  assert.equal(health.status, "ok");
  assert.deepEqual(
    [health.history.kept, health.history.recorded_at, health.history.error],
    [true, null, "The database can't be read."],
  );
}

describe("without a database that works", { concurrency: 2 }, () => {
  test("no binding: everything answers, and says that history isn't kept", async () => {
    const apple = await playApple();
    await apple.show("issue");
    const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
    await worker.cron();
    assert.equal((await status(worker.origin)).level, "degraded");
    const h = await past(worker.origin, "");
    assert.deepEqual([h.kept, h.days, h.incidents, h.changes], [false, [], [], []]);
    const health = await json(`${worker.origin}/healthz`);
    assert.deepEqual([health.status, health.history], ["ok", { kept: false, recorded_at: null, error: null }]);
    assert.match(health.version, /\w/);
    for (const path of ["/", "/widget", "/feed.atom", "/badge.svg", "/openapi.json"])
      assert.equal((await fetch(worker.origin + path)).status, 200, path);
    assert.doesNotMatch(worker.running.output, /"ERROR"/);
    await Promise.all([worker.stop(), apple.stop()]);
  });

  test("one that fails", async () => {
    const [apple, database] = await Promise.all([playApple(), playDatabase()]);
    await apple.show("outage");
    database.fault = "fail";
    const worker = await workerd(
      build().dir,
      { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" },
      { database: database.address },
    );
    await worker.cron();
    assert.match(worker.running.output, /storing the reading failed.*played/);
    await withoutHistory(worker.origin, "outage");
    database.fault = "";
    assert.equal((await past(worker.origin)).kept, true);
    await Promise.all([worker.stop(), apple.stop(), database.stop()]);
  });

  test("one that can only be read", async () => {
    const [apple, database] = await Promise.all([playApple(), playDatabase()]);
    await apple.show("outage");
    database.fault = "read-only";
    const worker = await workerd(
      build().dir,
      { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" },
      { database: database.address },
    );
    await worker.cron();
    assert.match(worker.running.output, /storing the reading failed.*played/);
    assert.equal((await status(worker.origin)).level, "outage");
    assert.equal((await past(worker.origin)).kept, true);
    await Promise.all([worker.stop(), apple.stop(), database.stop()]);
  });

  test("one that takes a second for each statement", async () => {
    const [apple, database] = await Promise.all([playApple(), playDatabase()]);
    await apple.show("outage");
    const worker = await workerd(
      build("faulty").dir,
      { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" },
      { database: database.address },
    );
    database.fault = "slow";
    const run = worker.cron();
    for (const path of ["/api/history?days=3", "/", "/healthz"]) {
      const began = Date.now();
      assert.equal((await fetch(worker.origin + path)).status, 200, path);
      assert.ok(Date.now() - began < 10_000, `${path} took ${Date.now() - began} ms`);
    }
    for (const path of ["/api/status", "/widget", "/badge.svg", "/feed.atom"]) {
      const began = Date.now();
      assert.equal((await fetch(worker.origin + path)).status, 200, path);
      assert.ok(Date.now() - began < 1_000, `${path} waited for the database`);
    }
    await run;
    await Promise.all([worker.stop(), apple.stop(), database.stop()]);
  });

  test("one that never answers", async () => {
    const [apple, database] = await Promise.all([playApple(), playDatabase()]);
    await apple.show("outage");
    const worker = await workerd(
      build("faulty").dir,
      { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" },
      { database: database.address },
    );
    const goroutines = async () => Number(await (await fetch(`${worker.origin}/fault/goroutines`)).text());
    assert.equal((await past(worker.origin)).kept, true);
    const idle = await goroutines();
    database.fault = "hang";

    let began = Date.now();
    await worker.cron();
    assert.ok(Date.now() - began < 5000, "the cron run waits for the database's time limit, once");
    assert.match(worker.running.output, /storing the reading failed.*didn't answer in time/);
    await withoutHistory(worker.origin, "outage");

    // Clients that leave, and one that stays.
    const left = Promise.allSettled(
      Array.from({ length: 100 }, (_, i) =>
        fetch(`${worker.origin}/api/history?days=${i + 1}`, { signal: AbortSignal.timeout(100) }),
      ),
    );
    began = Date.now();
    const stayed = await fetch(`${worker.origin}/api/history?days=200`);
    assert.equal(stayed.status, 503);
    assert.ok(Date.now() - began < 5000, `waited ${Date.now() - began} ms`);
    for (const { status } of await left) assert.equal(status, "rejected");
    await eventually(
      async () => (await goroutines()) <= idle + 5,
      6_000,
      "an end of what Go did for clients that left",
    );

    database.fault = "";
    assert.equal((await past(worker.origin)).kept, true);
    await Promise.all([worker.stop(), apple.stop(), database.stop()]);
  });
});

describe("a Go program that waits for the database", () => {
  /** @type {Awaited<ReturnType<typeof playApple>>} */
  let apple;
  /** @type {Awaited<ReturnType<typeof playDatabase>>} */
  let database;
  /** @type {Awaited<ReturnType<typeof workerd>>} */
  let worker;
  before(async () => {
    [apple, database] = await Promise.all([playApple(), playDatabase()]);
    worker = await workerd(
      build("faulty").dir,
      { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" },
      { database: database.address },
    );
  });
  after(() => Promise.all([worker.stop(), apple.stop(), database.stop()]));

  for (const end of ["die", "exit"]) {
    test(`and ends (${end}): who waited is told at once, and the next request works`, async () => {
      assert.equal((await past(worker.origin)).kept, true);
      database.fault = "hang";
      const statements = database.statements;
      const began = Date.now();
      const waiting = fetch(`${worker.origin}/api/history?days=9`);
      const run = worker.cron();
      await eventually(() => database.statements >= statements + 2, 2_000, "both at the database");
      assert.equal((await fetch(`${worker.origin}/fault/${end}`)).status, 503);
      assert.equal((await waiting).status, 503);
      await run;
      assert.ok(Date.now() - began < 2500, `waited ${Date.now() - began} ms`);
      assert.match(worker.running.output, /the minute's work failed.*the Go program ended/);
      database.fault = "";
      assert.equal((await past(worker.origin, "?days=8")).kept, true);
      await worker.cron();
    });
  }

  test("leaves nothing behind with its answers", async (t) => {
    const size = async () => Number(await (await fetch(`${worker.origin}/fault/heap`)).text());
    /** @param {number} n */
    const ask = (n) =>
      Promise.all(
        Array.from({ length: 4 }, async (_, at) => {
          for (let i = at; i < n; i += 4) await past(worker.origin, `?days=${1 + (i % 30)}&service=iCloud+Backup`);
        }),
      );
    await ask(200);
    const before = await size();
    await ask(1000);
    const grown = (await size()) - before;
    t.diagnostic(`${grown} bytes in 1,000 answers`);
    assert.ok(grown < 200_000, `what Go holds grew by ${grown} bytes in 1,000 answers`);
  });

  test("keeps nobody from reading Apple when a cron run is cut off", async () => {
    await apple.show("fine");
    await eventually(async () => (await status(worker.origin)).level === "operational", 5_000);
    await pause(300);
    await apple.fault("hang");
    const { feeds } = await apple.state();
    const run = new AbortController();
    const cut = fetch(`${worker.origin}/__scheduled`, { signal: run.signal });
    await eventually(async () => (await apple.state()).feeds > feeds, 3_000, "the reading that hangs");
    run.abort();
    await assert.rejects(cut);
    await apple.fault("");
    await apple.show("outage");
    await eventually(
      async () => {
        await worker.cron();
        return (await status(worker.origin)).level === "outage";
      },
      12_000,
      "a reading after the one that was cut off",
    );
  });
});
