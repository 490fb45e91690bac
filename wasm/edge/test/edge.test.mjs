// @ts-check
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { build, eventually, pause, playApple, status, workerd } from "./harness.mjs";

// Building blocks: a connection that another test is opening meanwhile would
// run into its time limit.
build();

// Each of these workers is cold: it has read nothing, and shares with no other.
describe("a cold worker is honest about what it can't read", { concurrency: 4 }, () => {
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
    ["what isn't gzip", "garbage-gzip", "couldn't be checked"],
    ["deep nesting", "deep", "couldn't be checked"],
    ["6 MB", "big", "couldn't be checked"],
    ["a body without end", "endless", "couldn't be checked"],
    ["headers without end", "endless-headers", "couldn't be checked"],
    ["a connection that breaks off", "reset", "couldn't be checked"],
  ])) {
    test(name, async () => {
      const apple = await playApple();
      await apple.show("outage"); // it must not be guessed either
      await apple.fault(fault);
      const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" });
      try {
        const v = await status(worker.origin);
        assert.equal(v.level, "unknown");
        assert.equal(v.down, false);
        assert.match(v.summary, new RegExp(want));
        assert.equal(v.last_known, null);
        const widget = await (await fetch(`${worker.origin}/widget`)).text();
        assert.match(widget, /We couldn’t read Apple’s status just now/);
        assert.match(
          widget,
          /Not now: we couldn’t read whether signing in works|Not now: we couldn’t read how iCloud Backup is doing/,
        );
        assert.doesNotMatch(widget, /Apple reports no problem/);
        await apple.fault("");
        await eventually(
          async () => (await status(worker.origin)).level === "outage",
          5_000,
          "the right answer after the fault",
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
    test(`an answer that doesn't end (${fault})`, async () => {
      const apple = await playApple();
      await apple.fault(fault);
      const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" });
      try {
        const began = Date.now();
        // Not one waits longer than 10 s, though all of them need the same reading.
        for (const v of await Promise.all(Array.from({ length: 20 }, () => status(worker.origin))))
          assert.equal(v.level, "unknown");
        assert.ok(Date.now() - began < 10_000, `took ${Date.now() - began} ms`);
        await eventually(() => worker.running.output.includes("reading Apple's status failed"), 3_000, "the log");
        await apple.fault("");
        await eventually(
          async () => (await status(worker.origin)).level === "operational",
          12_000,
          "the right answer after the fault",
        );
      } finally {
        await Promise.all([worker.stop(), apple.stop()]);
      }
    });
  }

  test("an origin that isn't there, has no TLS, or is none", async () => {
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

  test("page and data that disagree, whichever is broken", async () => {
    const apple = await playApple();
    const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.1" });
    await apple.show("page-disagrees");
    await eventually(async () => (await status(worker.origin)).level === "outage", 5_000, "the worse one");
    assert.match((await status(worker.origin)).summary, /disagree/);
    // The page alone can raise the alarm …
    await apple.fault("500", "feed");
    await eventually(
      async () => /isn't understood|couldn't be read|outage/.test((await status(worker.origin)).summary),
      5_000,
    );
    assert.equal((await status(worker.origin)).level, "outage");
    // … and the data alone is enough for all.
    await apple.fault("500", "page");
    await eventually(async () => (await status(worker.origin)).level !== "outage", 5_000, "the data alone");
    await apple.show("outage");
    await eventually(async () => (await status(worker.origin)).level === "outage", 5_000, "the data alone");
    await Promise.all([worker.stop(), apple.stop()]);
  });
});

describe("one worker, asked again and again", () => {
  /** @type {Awaited<ReturnType<typeof playApple>>} */
  let apple;
  /** @type {Awaited<ReturnType<typeof workerd>>} */
  let worker;
  before(async () => {
    apple = await playApple();
    worker = await workerd(build("faulty").dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" });
  });
  after(() => Promise.all([worker.stop(), apple.stop()]));

  test("every scenario is told by the endpoint and the widget", async () => {
    for (const [scenario, level, title] of [
      ["fine", "operational", "Apple reports no problem with iCloud Backup"],
      ["issue", "degraded", "It’s Apple, not your iPhone"],
      ["performance", "degraded", "It’s Apple, not your iPhone"],
      ["outage", "outage", "It’s Apple, not your iPhone"],
      ["maintenance", "maintenance", "Apple is working on iCloud Backup"],
      ["upcoming", "operational", "Apple reports no problem with iCloud Backup"],
      ["recovered", "operational", "Apple had a problem, and it is over"],
      ["sign-in", "operational", "Apple reports no problem with iCloud Backup"],
      ["page-disagrees", "outage", "It’s Apple, not your iPhone"],
      ["unlisted", "unknown", "We couldn’t read Apple’s status just now"],
    ]) {
      await apple.show(scenario);
      await eventually(
        async () => {
          const v = await status(worker.origin);
          const widget = await (await fetch(`${worker.origin}/widget`)).text();
          return (
            v.level === level &&
            v.down === (level === "degraded" || level === "outage") &&
            v.recovered === (scenario === "recovered") &&
            widget.includes(title)
          );
        },
        5_000,
        scenario,
      );
    }
  });

  test("a fault keeps what was known", async () => {
    await apple.show("issue");
    await eventually(async () => (await status(worker.origin)).level === "degraded", 5_000);
    for (const fault of ["403", "500", "empty", "html", "truncated", "wrong-types"]) {
      await apple.fault(fault);
      const { feeds } = await apple.state();
      await eventually(
        async () => {
          assert.equal((await status(worker.origin)).level, "degraded");
          return (await apple.state()).feeds > feeds + 1;
        },
        5_000,
        `two readings under ${fault}`,
      );
    }
    await apple.fault("");
  });

  test("harmless forms of the feed are read", async () => {
    for (const form of ["bom", "wrapped", "wrong-type"]) {
      await apple.show("fine");
      await eventually(async () => (await status(worker.origin)).level === "operational", 5_000);
      await apple.fault(form);
      await apple.show("outage");
      await eventually(async () => (await status(worker.origin)).level === "outage", 5_000, form);
      await apple.fault("");
    }
  });

  test("thousands of answers come from one Go instance", async () => {
    const before = worker.boots();
    const kinds = ["/widget?x=", "/api/status?x=", "/?x=", "/nothing?x="]; // none of them is answered from memory
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

  test("memory doesn't grow with the answers", async () => {
    const size = async () => Number(await (await fetch(`${worker.origin}/fault/memory`)).text());
    /** @param {string} what */
    const ask = async (what) => {
      for (let i = 0; i < 1500; i++) await (await fetch(`${worker.origin}/widget?${what}=${i}`)).arrayBuffer();
    };
    await ask("warm");
    const before = await size();
    await ask("more");
    const grown = (await size()) - before;
    assert.ok(grown < 4_000_000, `Go's memory grew by ${grown} bytes in 1,500 answers`);
  });

  test("a client that leaves in the middle of a refresh stops nobody else", async () => {
    const own = await playApple();
    await own.fault("hang");
    const cold = await workerd(build().dir, { APPLE_ORIGIN: own.origin, REFRESH_SECONDS: "0.2" });
    const began = Date.now();
    await assert.rejects(fetch(`${cold.origin}/api/status`, { signal: AbortSignal.timeout(300) }));
    await eventually(async () => (await own.state()).feeds > 0, 3_000, "the reading that hangs");
    await own.fault("");
    for (;;) {
      const v = await status(cold.origin);
      if (v.level === "operational") break;
      assert.equal(v.level, "unknown");
      assert.ok(Date.now() - began < 12_000, "the refresh of the client that left still blocks the others");
      await pause(100);
    }
    await Promise.all([cold.stop(), own.stop()]);
  });

  test("a handler that panics costs its own answer only", async () => {
    const before = worker.boots();
    const response = await fetch(`${worker.origin}/fault/panic`);
    assert.equal(response.status, 500);
    assert.ok(/** @type {{error: string}} */ (await response.json()).error.endsWith("."));
    assert.equal((await status(worker.origin)).service, "iCloud Backup");
    assert.equal(worker.boots(), before);
  });

  for (const end of ["die", "exit"]) {
    test(`after the Go program has ended (${end}) the next request works`, async () => {
      await apple.show("outage");
      await eventually(async () => (await status(worker.origin)).level === "outage", 5_000);
      for (let i = 0; i < 3; i++) {
        const before = worker.boots();
        const others = Array.from({ length: 10 }, () => fetch(`${worker.origin}/widget?other=${Math.random()}`));
        const response = await fetch(`${worker.origin}/fault/${end}`);
        assert.equal(response.status, 503);
        assert.ok(/** @type {{error: string}} */ (await response.json()).error.endsWith("."));
        for (const other of await Promise.all(others)) assert.ok(other.status === 200 || other.status === 503);
        assert.equal((await fetch(`${worker.origin}/widget?next=${i}`)).status, 200);
        assert.equal((await status(worker.origin)).level, "outage");
        await eventually(() => worker.boots() === before + 1, 2_000, "one more start of the program");
      }
    });
  }

  test("an answer that was kept stands in when Go can't give one", async () => {
    const kept = await fetch(`${worker.origin}/api/status`);
    assert.equal(kept.status, 200);
    await fetch(`${worker.origin}/fault/die`);
    const after = await fetch(`${worker.origin}/api/status`);
    assert.equal(after.status, 200);
    assert.equal(/** @type {any} */ (await after.json()).level, "outage");
  });
});

test("200 requests at once to a cold isolate boot one program and ask Apple once", async () => {
  const apple = await playApple();
  const worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
  const answers = await Promise.all(Array.from({ length: 200 }, () => status(worker.origin)));
  for (const v of answers) assert.equal(v.level, "operational");
  assert.equal((await apple.state()).feeds, 1);
  assert.equal(worker.boots(), 1);
  await Promise.all([worker.stop(), apple.stop()]);
});

test("Apple is asked once in 60 s however often the worker is", async () => {
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

test("Apple that asks for time gets it, and is asked right after it", async () => {
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
  await eventually(
    async () => (await status(worker.origin)).level === "outage",
    5_000,
    "the reading after the time that was asked for",
  );
  await Promise.all([worker.stop(), apple.stop()]);
});

test("a failure that hits every request is logged once in a while", async () => {
  const apple = await playApple();
  const worker = await workerd(build("faulty").dir, { APPLE_ORIGIN: apple.origin });
  for (let i = 0; i < 50; i++) assert.equal((await fetch(`${worker.origin}/fault/die`)).status, 503);
  await status(worker.origin);
  const failures = worker.running.output.split("\n").filter((line) => line.includes("answering failed"));
  assert.equal(failures.length, 1, failures.join("\n"));
  assert.equal(/** @type {{level: string}} */ (JSON.parse(failures[0])).level, "ERROR");
  await Promise.all([worker.stop(), apple.stop()]);
});
