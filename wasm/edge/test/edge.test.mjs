// @ts-check
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { build, eventually, nextReading, pause, playApple, status, workerd } from "./harness.mjs";

// The build blocks the event loop, so it is done before the tests start, whose
// connections have time limits.
build();

// Each of these workers is cold: it has no reading and no shared cache.
describe("a cold worker that can't read Apple reports unknown", { concurrency: 4 }, () => {
  for (const [name, fault, want] of /** @type {const} */ ([
    ["403", "403", "couldn't be checked"],
    ["404", "404", "couldn't be checked"],
    ["429", "429", "couldn't be checked"],
    ["500", "500", "couldn't be checked"],
    ["503", "503", "couldn't be checked"],
    ["redirects in a loop", "redirect-loop", "couldn't be checked"],
    ["a redirect to another origin", "redirect-away", "couldn't be checked"],
    ["HTML instead of JSON", "html", "couldn't be checked"],
    ["an empty body", "empty", "couldn't be checked"],
    ["truncated JSON", "truncated", "couldn't be checked"],
    ["wrong JSON types at the top", "wrong-types", "couldn't be checked"],
    ["wrong JSON types in the row", "wrong-events", "can't be read"],
    ["invalid gzip", "garbage-gzip", "couldn't be checked"],
    ["deep nesting", "deep", "couldn't be checked"],
    ["6 MB", "big", "couldn't be checked"],
    ["an endless body", "endless", "couldn't be checked"],
    ["endless headers", "endless-headers", "couldn't be checked"],
    ["a connection that is reset", "reset", "couldn't be checked"],
  ])) {
    test(name, async () => {
      const apple = await playApple();
      await apple.show("outage"); // must not be guessed either
      await apple.fault(fault);
      const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" });
      try {
        const v = await status(worker.origin);
        assert.equal(v.level, "unknown");
        assert.equal(v.down, false);
        assert.match(v.summary, new RegExp(want));
        assert.equal(v.last_known, null);
        const widget = await (await fetch(`${worker.origin}/widget`)).text();
        assert.match(widget, /We couldn’t read Apple’s status right now/);
        assert.match(
          await (await fetch(`${worker.origin}/widget/messages`)).text(),
          /Not now: we couldn’t read whether signing in works|Not now: we couldn’t read how iCloud Backup is doing/,
        );
        assert.doesNotMatch(widget, /Apple reports no problem/);
        await apple.fault("");
        await eventually(
          async () => (await status(worker.origin)).level === "outage",
          5_000,
          "the right level after the fault",
        );
      } finally {
        await Promise.all([worker.stop(), apple.stop()]);
      }
    });
  }

  test("a missing row", async () => {
    const apple = await playApple();
    await apple.show("unlisted");
    const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
    const v = await status(worker.origin);
    assert.equal(v.level, "unknown");
    assert.match(v.summary, /doesn't list iCloud Backup/);
    await Promise.all([worker.stop(), apple.stop()]);
  });

  for (const fault of ["hang", "slow"]) {
    test(`a response that doesn't complete (${fault})`, async () => {
      const apple = await playApple();
      await apple.fault(fault);
      const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" });
      try {
        const began = Date.now();
        // All requests need the same reading, and none waits longer than 10 s.
        for (const v of await Promise.all(Array.from({ length: 20 }, () => status(worker.origin))))
          assert.equal(v.level, "unknown");
        assert.ok(Date.now() - began < 10_000, `took ${Date.now() - began} ms`);
        await eventually(() => worker.running.output.includes("reading Apple's status failed"), 3_000, "the log");
        await apple.fault("");
        await eventually(
          async () => (await status(worker.origin)).level === "operational",
          12_000,
          "the right level after the fault",
        );
      } finally {
        await Promise.all([worker.stop(), apple.stop()]);
      }
    });
  }

  test("an origin that is unreachable, has no TLS, or is invalid", async () => {
    const apple = await playApple();
    for (const origin of [
      "http://127.0.0.1:9",
      "https://no-such-host.invalid",
      apple.origin.replace("http:", "https:"),
      "nonsense",
      "file:///etc/passwd",
      "",
    ]) {
      const worker = await workerd(build().dir, { APPLE_ORIGIN: origin });
      const v = await status(worker.origin);
      assert.equal(v.level, "unknown", origin);
      assert.match(worker.running.output, /reading Apple's status failed/, origin);
      await worker.stop();
    }
    assert.deepEqual(await apple.state().then(({ pages, feeds }) => pages + feeds), 0);
    await apple.stop();
  });

  test("page and data that disagree, and one of them failing", async () => {
    const apple = await playApple();
    const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.1" });
    await apple.show("page-disagrees"); // the page shows an outage, the data no problem
    let v = await nextReading(worker, apple);
    assert.equal(v.level, "outage");
    assert.match(v.summary, /disagree/);
    // Without the data, the page can report a problem.
    await apple.fault("500", "feed");
    v = await nextReading(worker, apple);
    assert.deepEqual([v.level, v.summary], ["outage", "Apple reports an outage of iCloud Backup."]);
    // Without the page, the data alone decides.
    await apple.fault("500", "page");
    v = await nextReading(worker, apple);
    assert.deepEqual([v.level, v.summary], ["operational", "Apple reports no problem with iCloud Backup."]);
    await apple.show("issue");
    assert.equal((await nextReading(worker, apple)).level, "degraded");
    // Without either, the last level remains, although the page shows an outage.
    await apple.show("page-disagrees");
    await apple.fault("500");
    assert.equal((await nextReading(worker, apple)).level, "degraded");
    await Promise.all([worker.stop(), apple.stop()]);
  });
});

describe("one worker and many requests", () => {
  /** @type {Awaited<ReturnType<typeof playApple>>} */
  let apple;
  /** @type {Awaited<ReturnType<typeof workerd>>} */
  let worker;
  before(async () => {
    apple = await playApple();
    worker = await workerd(build("faulty").dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" });
  });
  after(() => Promise.all([worker.stop(), apple.stop()]));

  test("endpoint and widget report every scenario", async () => {
    for (const [scenario, level, title, type] of [
      ["fine", "operational", "Apple reports no problem with iCloud Backup"],
      ["issue", "degraded", "It’s Apple, not your iPhone", "Issue"],
      ["performance", "degraded", "It’s Apple, not your iPhone", "Performance"],
      ["outage", "outage", "It’s Apple, not your iPhone", "Outage"],
      ["maintenance", "maintenance", "Apple is working on iCloud Backup", "Maintenance"],
      ["upcoming", "operational", "Apple reports no problem with iCloud Backup", "Maintenance"],
      ["recovered", "operational", "Apple had a problem, and it is over", "Issue"],
      ["sign-in", "operational", "Apple reports no problem with iCloud Backup"],
      ["page-disagrees", "outage", "It’s Apple, not your iPhone"],
      ["unlisted", "unknown", "We couldn’t read Apple’s status right now"],
    ]) {
      await apple.show(scenario);
      const v = await nextReading(worker, apple);
      assert.equal(v.level, level, scenario);
      assert.equal(v.down, level === "degraded" || level === "outage", scenario);
      assert.equal(v.recovered, scenario === "recovered", scenario);
      // Incidents of earlier scenarios are over, and are listed last.
      const own = v.incidents.filter(
        (i) => i.state === "ongoing" || i.state === "upcoming" || (v.recovered && i.id === "2000009001"),
      );
      assert.equal(own[0]?.type, type, scenario);
      const widget = await (await fetch(`${worker.origin}/widget`)).text();
      assert.ok(widget.includes(title), scenario);
    }
  });

  test("a fault doesn't change the level", async () => {
    await apple.show("issue");
    assert.equal((await nextReading(worker, apple)).level, "degraded");
    await apple.show("fine");
    for (const fault of ["403", "500", "empty", "html", "truncated", "wrong-types"]) {
      await apple.fault(fault);
      assert.equal((await nextReading(worker, apple)).level, "degraded", fault);
    }
    await apple.fault("");
    assert.equal((await nextReading(worker, apple)).level, "operational");
  });

  test("harmless variants of the feed are read", async () => {
    for (const variant of ["bom", "wrapped", "wrong-type"]) {
      await apple.show("fine");
      assert.equal((await nextReading(worker, apple)).level, "operational");
      await apple.fault(variant);
      await apple.show("outage");
      assert.equal((await nextReading(worker, apple)).level, "outage", variant);
      await apple.fault("");
    }
  });

  test("one Go instance serves thousands of requests", async () => {
    const before = worker.boots();
    const kinds = ["/widget?x=", "/api/status?x=", "/?x=", "/nothing?x="]; // none of them is cached
    let n = 0;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        for (let i = 0; i < 100; i++) {
          const kind = kinds[n % kinds.length];
          const response = await fetch(worker.origin + kind + n++);
          const body = await response.text();
          assert.equal(response.status, kind.startsWith("/nothing") ? 404 : 200, body);
          assert.ok(body.length > 50);
        }
      }),
    );
    assert.equal(worker.boots(), before);
    assert.equal(worker.boots(), 1);
  });

  test("memory doesn't grow with the number of requests", async () => {
    const size = async () => Number(await (await fetch(`${worker.origin}/fault/memory`)).text());
    /** @param {string} what */
    const request = async (what) => {
      for (let i = 0; i < 1500; i++) await (await fetch(`${worker.origin}/widget?${what}=${i}`)).arrayBuffer();
    };
    await request("warm");
    const before = await size();
    await request("more");
    const grown = (await size()) - before;
    assert.ok(grown < 4_000_000, `Go's memory grew by ${grown} bytes in 1,500 requests`);
  });

  test("a client that disconnects during a reading doesn't block the others", async () => {
    const own = await playApple();
    await own.fault("hang");
    const cold = await workerd(build().dir, { APPLE_ORIGIN: own.origin, REFRESH_SECONDS: "0.2" });
    const began = Date.now();
    await assert.rejects(fetch(`${cold.origin}/api/status`, { signal: AbortSignal.timeout(300) }));
    await eventually(async () => (await own.state()).feeds > 0, 3_000, "a reading that hangs");
    await own.fault("");
    for (;;) {
      const v = await status(cold.origin);
      if (v.level === "operational") break;
      assert.equal(v.level, "unknown");
      assert.ok(Date.now() - began < 12_000, "the reading of the disconnected client still blocks the others");
      await pause(100);
    }
    await Promise.all([cold.stop(), own.stop()]);
  });

  test("a handler that panics fails only its own request", async () => {
    const before = worker.boots();
    const response = await fetch(`${worker.origin}/fault/panic`);
    assert.equal(response.status, 500);
    assert.ok(/** @type {{error: string}} */ (await response.json()).error.endsWith("."));
    assert.equal((await status(worker.origin)).service, "iCloud Backup");
    assert.equal(worker.boots(), before);
  });

  for (const exit of ["die", "exit"]) {
    test(`after the Go program has exited (${exit}) the next request works`, async () => {
      await apple.show("outage");
      await eventually(async () => (await status(worker.origin)).level === "outage", 5_000);
      for (let i = 0; i < 3; i++) {
        const before = worker.boots();
        const others = Array.from({ length: 10 }, () => fetch(`${worker.origin}/widget?other=${Math.random()}`));
        const response = await fetch(`${worker.origin}/fault/${exit}`);
        assert.equal(response.status, 503);
        assert.ok(/** @type {{error: string}} */ (await response.json()).error.endsWith("."));
        for (const other of await Promise.all(others)) assert.ok(other.status === 200 || other.status === 503);
        assert.equal((await fetch(`${worker.origin}/widget?next=${i}`)).status, 200);
        assert.equal((await status(worker.origin)).level, "outage");
        await eventually(() => worker.boots() === before + 1, 2_000, "another start of the program");
      }
    });
  }
});

test("the variable SERVICE has no effect: the texts are about iCloud Backup", async () => {
  const apple = await playApple();
  await apple.show("outage"); // with a smaller problem of Photos
  const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, SERVICE: "Photos" });
  const v = await status(worker.origin);
  assert.deepEqual([v.service, v.level], ["iCloud Backup", "outage"]);
  assert.match(await (await fetch(`${worker.origin}/widget`)).text(), /data-level="outage"/);
  await Promise.all([worker.stop(), apple.stop()]);
});

test("200 concurrent requests to a cold isolate boot one program and read Apple once", async () => {
  const apple = await playApple();
  const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
  const statuses = await Promise.all(Array.from({ length: 200 }, () => status(worker.origin)));
  for (const v of statuses) assert.equal(v.level, "operational");
  assert.equal((await apple.state()).feeds, 1);
  assert.equal(worker.boots(), 1);
  await Promise.all([worker.stop(), apple.stop()]);
});

test("Apple is read once in 60 s, however many requests there are", async () => {
  const apple = await playApple();
  const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
  for (let i = 0; i < 50; i++) {
    await status(worker.origin);
    await fetch(`${worker.origin}/widget?x=${i}`);
    await pause(20);
  }
  const { pages, feeds } = await apple.state();
  assert.deepEqual({ pages, feeds }, { pages: 1, feeds: 1 });
  await Promise.all([worker.stop(), apple.stop()]);
});

test("Retry-After delays the next reading by that time", async () => {
  const apple = await playApple();
  await apple.show("outage");
  await apple.fault("429"); // with Retry-After: 3
  const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" });
  const began = Date.now();
  assert.equal((await status(worker.origin)).level, "unknown");
  await apple.fault("");
  while (Date.now() - began < 2_500) {
    await status(worker.origin);
    await pause(50);
  }
  assert.equal((await apple.state()).feeds, 1);
  await eventually(async () => (await status(worker.origin)).level === "outage", 5_000, "a reading after that time");
  await Promise.all([worker.stop(), apple.stop()]);
});

test("a failure of every request is logged once", async () => {
  const apple = await playApple();
  const worker = await workerd(build("faulty").dir, { APPLE_ORIGIN: apple.origin });
  for (let i = 0; i < 20; i++) assert.equal((await fetch(`${worker.origin}/fault/die`)).status, 503);
  await status(worker.origin);
  const failures = worker.running.output.split("\n").filter((line) => line.includes("handling a request failed"));
  assert.equal(failures.length, 1, failures.join("\n"));
  assert.equal(/** @type {{level: string}} */ (JSON.parse(failures[0])).level, "ERROR");
  await Promise.all([worker.stop(), apple.stop()]);
});
