// @ts-check
// A database that is missing, fails, hangs or has no tables doesn't affect the
// rest of the Worker.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  build,
  eventually,
  history,
  json,
  migrate,
  pause,
  playApple,
  status,
  workerd,
  wranglerDev,
} from "./harness.mjs";
import { fakeDatabase } from "./fakes.mjs";

build("faulty"); // blocks the event loop, so it is done before the tests

test("the Worker creates the tables of an empty database", async () => {
  const apple = await playApple();
  await apple.show("outage");
  const worker = await wranglerDev(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.5" });
  try {
    const early = await Promise.all(Array.from({ length: 5 }, () => history(worker.origin)));
    for (const h of early) assert.deepEqual([h.kept, h.changes], [true, []]);
    assert.match(await (await fetch(`${worker.origin}/`)).text(), /The last 90 days/);
    await Promise.all([worker.cron(), worker.cron(), worker.cron()]);
    assert.deepEqual(
      (await history(worker.origin, "?days=90&x=1")).changes.map((c) => c.level),
      ["outage"],
    );
    const health = (await json(`${worker.origin}/healthz`)).history;
    assert.deepEqual([health.kept, health.error, health.recorded_at !== null], [true, null, true]);
    // wrangler finds that all migrations are applied. While the Worker runs it locks the local database.
    await worker.stop();
    assert.match(migrate(build().dir, worker.state), /No migrations to apply/);
  } finally {
    await Promise.all([worker.stop(), apple.stop()]);
  }
});

/**
 * Checks every response of a worker whose database can't be read.
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
  const failed = await fetch(`${origin}/api/history`);
  assert.equal(failed.status, 503);
  assert.equal(failed.headers.get("Cache-Control"), "no-store");
  assert.match(/** @type {any} */ (await failed.json()).error, /^The history can't be read right now\./);
  const landing = await fetch(`${origin}/`);
  assert.equal(landing.status, 200);
  assert.match(await landing.text(), /The history can[’']t be read right now\./);
  const failing = await fetch(`${origin}/healthz`);
  assert.equal(failing.status, 503);
  const health = /** @type {any} */ (await failing.json());
  assert.deepEqual(
    [health.status, health.problems, health.history.kept, health.history.recorded_at, health.history.error],
    ["failing", ["The database can't be read."], true, null, "The database can't be read."],
  );
  assert.equal((await json(`${origin}/livez`)).status, "ok");
  assert.match(await (await fetch(`${origin}/metrics`)).text(), /^backupcheck_healthy 0$/m);
}

describe("without a working database", { concurrency: 2 }, () => {
  test("no binding: everything except the history works, and the history is reported as disabled", async () => {
    const apple = await playApple();
    await apple.show("issue");
    const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
    await worker.cron();
    assert.equal((await status(worker.origin)).level, "degraded");
    const h = await history(worker.origin, "");
    assert.deepEqual([h.kept, h.days, h.incidents, h.changes], [false, [], [], []]);
    const health = await json(`${worker.origin}/healthz`);
    assert.deepEqual(
      [health.status, health.history],
      ["ok", { kept: false, recorded_at: null, future_until: null, error: null }],
    );
    assert.match(health.version, /\w/);
    for (const path of ["/", "/widget", "/feed.atom", "/badge.svg", "/openapi.json"])
      assert.equal((await fetch(worker.origin + path)).status, 200, path);
    assert.doesNotMatch(worker.running.output, /"ERROR"/);
    await Promise.all([worker.stop(), apple.stop()]);
  });

  test("a database that fails", async () => {
    const [apple, database] = await Promise.all([playApple(), fakeDatabase()]);
    await apple.show("outage");
    database.fault = "fail";
    const worker = await workerd(
      build().dir,
      { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" },
      { database: database.address },
    );
    await worker.cron();
    assert.match(worker.running.output, /storing the reading failed.*fake: SQLITE_READONLY/);
    await withoutHistory(worker.origin, "outage");
    database.fault = "";
    assert.equal((await history(worker.origin)).kept, true);
    await Promise.all([worker.stop(), apple.stop(), database.stop()]);
  });

  test("a read-only database", async () => {
    const [apple, database] = await Promise.all([playApple(), fakeDatabase()]);
    await apple.show("outage");
    database.fault = "read-only";
    const worker = await workerd(
      build().dir,
      { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" },
      { database: database.address },
    );
    await worker.cron();
    assert.match(worker.running.output, /storing the reading failed.*fake: SQLITE_READONLY/);
    assert.equal((await status(worker.origin)).level, "outage");
    assert.equal((await history(worker.origin)).kept, true);
    const failing = await fetch(`${worker.origin}/healthz`);
    assert.equal(failing.status, 503);
    await Promise.all([worker.stop(), apple.stop(), database.stop()]);
  });

  test("a database that takes a second for each statement", async () => {
    const [apple, database] = await Promise.all([playApple(), fakeDatabase()]);
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

  test("a database that never responds", async () => {
    const [apple, database] = await Promise.all([playApple(), fakeDatabase()]);
    await apple.show("outage");
    const worker = await workerd(
      build("faulty").dir,
      { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" },
      { database: database.address },
    );
    const goroutines = async () => Number(await (await fetch(`${worker.origin}/fault/goroutines`)).text());
    assert.equal((await history(worker.origin)).kept, true);
    const idle = await goroutines();
    database.fault = "hang";

    let began = Date.now();
    await worker.cron();
    assert.ok(Date.now() - began < 8000, "the cron run waits for the database twice, until its time limit");
    assert.match(worker.running.output, /storing the reading failed.*the database didn't answer in time/);
    await withoutHistory(worker.origin, "outage");

    // 100 clients disconnect, and one waits.
    const disconnected = Promise.allSettled(
      Array.from({ length: 100 }, (_, i) =>
        fetch(`${worker.origin}/api/history?days=${i + 1}`, { signal: AbortSignal.timeout(100) }),
      ),
    );
    began = Date.now();
    const waiting = fetch(`${worker.origin}/api/history?days=200`);
    await eventually(async () => (await goroutines()) > idle + 50, 2_500, "requests that wait in Go");
    assert.equal((await waiting).status, 503);
    assert.ok(Date.now() - began < 5000, `waited ${Date.now() - began} ms`);
    for (const { status } of await disconnected) assert.equal(status, "rejected");
    await eventually(
      async () => (await goroutines()) <= idle + 5,
      6_000,
      "the end of Go's work for disconnected clients",
    );

    database.fault = "";
    assert.equal((await history(worker.origin)).kept, true);
    await Promise.all([worker.stop(), apple.stop(), database.stop()]);
  });
});

describe("a Go program that waits for the database", () => {
  /** @type {Awaited<ReturnType<typeof playApple>>} */
  let apple;
  /** @type {Awaited<ReturnType<typeof fakeDatabase>>} */
  let database;
  /** @type {Awaited<ReturnType<typeof workerd>>} */
  let worker;
  before(async () => {
    [apple, database] = await Promise.all([playApple(), fakeDatabase()]);
    worker = await workerd(
      build("faulty").dir,
      { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" },
      { database: database.address },
    );
  });
  after(() => Promise.all([worker.stop(), apple.stop(), database.stop()]));

  for (const exit of ["die", "exit"]) {
    test(`and exits (${exit}): waiting requests fail immediately, and the next request works`, async () => {
      assert.equal((await history(worker.origin)).kept, true);
      database.fault = "hang";
      const statements = database.statements;
      const began = Date.now();
      const waiting = fetch(`${worker.origin}/api/history?days=9`);
      const run = worker.cron();
      await eventually(() => database.statements >= statements + 2, 2_000, "statements");
      await pause(300); // one may be that of a reading in the background
      assert.equal((await fetch(`${worker.origin}/fault/${exit}`)).status, 503);
      assert.equal((await waiting).status, 503);
      await run;
      assert.ok(Date.now() - began < 2500, `waited ${Date.now() - began} ms`);
      assert.match(worker.running.output, /the cron run failed.*the Go program exited/);
      database.fault = "";
      assert.equal((await history(worker.origin, "?days=8")).kept, true);
      await worker.cron();
    });
  }

  test("leaks no memory per request", async (t) => {
    const size = async () => Number(await (await fetch(`${worker.origin}/fault/heap`)).text());
    /** @param {number} n */
    const request = (n) =>
      Promise.all(
        Array.from({ length: 4 }, async (_, at) => {
          for (let i = at; i < n; i += 4) await history(worker.origin, `?days=${1 + (i % 30)}&service=iCloud+Backup`);
        }),
      );
    await request(200);
    const before = await size();
    await request(1000);
    const grown = (await size()) - before;
    t.diagnostic(`${grown} bytes in 1,000 requests`);
    assert.ok(grown < 200_000, `Go's heap grew by ${grown} bytes in 1,000 requests`);
  });

  test("the next reading works after a cancelled cron run", async () => {
    await apple.show("fine");
    await eventually(async () => (await status(worker.origin)).level === "operational", 5_000);
    await pause(300);
    await apple.fault("hang");
    const { feeds } = await apple.state();
    const run = new AbortController();
    const cancelled = fetch(`${worker.origin}/__scheduled`, { signal: run.signal });
    await eventually(async () => (await apple.state()).feeds > feeds, 3_000, "a reading that hangs");
    run.abort();
    await assert.rejects(cancelled);
    await apple.fault("");
    await apple.show("outage");
    await eventually(
      async () => {
        await worker.cron();
        return (await status(worker.origin)).level === "outage";
      },
      12_000,
      "a reading after the one that was cancelled",
    );
  });
});

test("visitors of the landing page and of /healthz share what is read from the database", async () => {
  const [apple, database] = await Promise.all([playApple(), fakeDatabase()]);
  const worker = await workerd(
    build().dir,
    { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "120" },
    { database: database.address },
  );
  /** Statements of ten visitors. @param {string} path @param {number} [code] */
  const statements = async (path, code = 200) => {
    const { statements } = database;
    for (let n = 0; n < 10; n++) assert.equal((await fetch(worker.origin + path)).status, code, path);
    return database.statements - statements;
  };
  try {
    // A reading clears the cache, so it is done first: the next one is due in two minutes.
    await status(worker.origin);
    await pause(500);
    assert.equal(await statements("/"), 1);
    assert.equal(await statements("/healthz"), 1);
    assert.equal(await statements("/api/history"), 1);
    await worker.clock(31_000);
    assert.equal(await statements("/healthz"), 1, "after 30 s");

    // A failure is shared for 5 s, and an error not at all.
    await worker.clock(62_000);
    database.fault = "fail";
    assert.equal(await statements("/"), 1, "/, which fails");
    assert.equal(await statements("/healthz", 503), 1, "/healthz, which fails");
    assert.equal(await statements("/api/history", 503), 10);
    database.fault = "";
    const text = async (/** @type {string} */ path) => (await fetch(worker.origin + path)).text();
    for (const path of ["/", "/healthz"]) assert.match(await text(path), /can[’']t be read/, path);
    await worker.clock(68_000);
    for (const path of ["/", "/healthz"]) assert.doesNotMatch(await text(path), /can[’']t be read/, path);
    assert.equal(await statements("/api/history"), 1);
  } finally {
    await Promise.all([worker.stop(), apple.stop(), database.stop()]);
  }
});

test("an expired response from the cache is used for three minutes when Go fails", async () => {
  const [apple, database] = await Promise.all([playApple(), fakeDatabase()]);
  const worker = await workerd(build("faulty").dir, { APPLE_ORIGIN: apple.origin }, { database: database.address });
  const request = () => fetch(`${worker.origin}/api/history`);
  try {
    // A reading clears the cache, so it is done first: the next one is due in a minute.
    await status(worker.origin);
    await eventually(async () => (await request()).headers.has("Age"), 3_000, "a cached response");
    const body = await (await request()).text();
    database.fault = "hang";
    for (const [seconds, code] of [
      [170, 200],
      [181, 503],
    ]) {
      await worker.clock(seconds * 1000);
      const { statements } = database;
      const waiting = request();
      await eventually(() => database.statements > statements, 2_000, "a request that waits for the database");
      assert.equal((await fetch(`${worker.origin}/fault/die`)).status, 503);
      const response = await waiting;
      assert.equal(response.status, code, `after ${seconds} s`);
      if (code === 200) assert.equal(await response.text(), body);
    }
  } finally {
    await Promise.all([worker.stop(), apple.stop(), database.stop()]);
  }
});
