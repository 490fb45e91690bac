// @ts-check
// The limits and conditions of the response cache; memory.test.mjs tests it from
// the outside.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ResponseCache } from "../response_cache.mjs";

/** @param {string} key @param {string} body @param {Record<string, string>} [headers] */
const response = (key, body, headers) =>
  new Response(body, {
    headers: {
      "Cache-Control": "public, max-age=30, stale-if-error=150",
      "Content-Location": key,
      ETag: '"tag"',
      ...headers,
    },
  });
const request = (/** @type {RequestInit} */ init = {}) => new Request("https://worker.example/", init);

test("at most 32 responses are cached, and the oldest are evicted", async () => {
  const cache = new ResponseCache();
  for (let n = 0; n < 32; n++) await cache.store([`/${n}`], response(`/${n}`, "x"));
  assert.ok(cache.get("/0"));
  await cache.store(["/0"], response("/0", "y")); // now the newest one
  await cache.store(["/32"], response("/32", "x"));
  assert.deepEqual([cache.get("/1"), Boolean(cache.get("/0")), Boolean(cache.get("/2"))], [undefined, true, true]);
});

test("a response that depends on the host is cached under its whole address", async () => {
  const cache = new ResponseCache();
  const [one, other] = ["https://one.example/", "https://other.example/"];
  await cache.store(["/", one], response(one, "x"));
  await cache.store(["/?x", `${one}?x`], response(one, "y"));
  await cache.store(["/", other], response(one, "z"));
  assert.equal(new TextDecoder().decode(cache.get(one)?.body), "x");
  for (const key of ["/", other, "/?x", `${one}?x`]) assert.equal(cache.get(key), undefined, key);
});

test("at most 2 MB are cached", async () => {
  const cache = new ResponseCache();
  const half = "x".repeat(1_000_000);
  for (const key of ["/a", "/b", "/b", "/b"]) await cache.store([key], response(key, half)); // replacing adds no bytes
  assert.ok(cache.get("/a") && cache.get("/b"));
  await cache.store(["/c"], response("/c", "x"));
  assert.equal(cache.get("/a"), undefined);
  assert.ok(cache.get("/b") && cache.get("/c"));
  const sent = await cache.store(["/d"], response("/d", half + half + "x"));
  assert.equal((await sent.text()).length, 2_000_001);
  for (const key of ["/b", "/c", "/d"]) assert.equal(cache.get(key), undefined, key);
  cache.clear();
  for (const key of ["/a", "/b"]) await cache.store([key], response(key, half)); // nothing was counted twice
  assert.ok(cache.get("/a") && cache.get("/b"));
});

test("only what Go allows is cached", async () => {
  const cache = new ResponseCache();
  await cache.store(["/?x"], response("/", "x"));
  await cache.store(["/no-store"], response("/no-store", "x", { "Cache-Control": "no-store" }));
  await cache.store(["/s-maxage"], response("/s-maxage", "x", { "Cache-Control": "s-maxage=30" }));
  const { headers } = response("/404", "");
  assert.equal((await cache.store(["/404"], new Response("x", { status: 404, headers }))).status, 404);
  for (const key of ["/?x", "/", "/no-store", "/s-maxage", "/404"]) assert.equal(cache.get(key), undefined, key);
});

test("a response is fresh for max-age, and usable on errors for stale-if-error after that", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  const cache = new ResponseCache();
  await cache.store(["/"], response("/", "x"));
  const cached = cache.get("/");
  assert.ok(cached);
  const at = (/** @type {number} */ ms) => [cached.isFresh(1_000_000 + ms), cached.isUsableOnError(1_000_000 + ms)];
  assert.deepEqual(
    [at(0), at(29_999), at(30_000)],
    [
      [true, true],
      [true, true],
      [false, true],
    ],
  );
  assert.deepEqual(
    [at(179_999), at(180_000), at(-1)],
    [
      [false, true],
      [false, false],
      [false, false],
    ],
  );
  for (const [seconds, age] of [
    [0, "0"],
    [7.9, "7"],
    [-5, "0"], // the clock was set back
  ]) {
    context.mock.timers.setTime(1_000_000 + Number(seconds) * 1000);
    assert.equal(cached.respond(request()).headers.get("Age"), age);
  }
});

test("a response that says nothing of errors isn't used on errors once it has expired", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  const cache = new ResponseCache();
  for (const [control, seconds] of /** @type {const} */ ([
    ["public, max-age=30", 30],
    ["public, max-age=30, stale-while-revalidate=60", 30],
    ["public, max-age=20, stale-while-revalidate=0, stale-if-error=0", 20],
    ["public, max-age=0, stale-while-revalidate=0, stale-if-error=0", 0],
    ["public, max-age=30, stale-if-error=86400", 300], // never longer than a reading counts as new
  ])) {
    await cache.store(["/"], response("/", "x", { "Cache-Control": control }));
    const cached = cache.get("/");
    assert.equal(cached?.isUsableOnError(1_000_000 + seconds * 1000 - 1), seconds > 0, control);
    assert.equal(cached?.isUsableOnError(1_000_000 + seconds * 1000), false, control);
  }
});

test("a response without an ETag is never 304", async () => {
  const cache = new ResponseCache();
  await cache.store(["/"], response("/", "x", { ETag: "" }));
  for (const condition of ["", "*", '""', "W/", ","])
    assert.equal(cache.get("/")?.respond(request({ headers: { "If-None-Match": condition } })).status, 200, condition);
});

test("an error is cached only if Go allows it, and stays one", async () => {
  const cache = new ResponseCache();
  const allowed = { "Cache-Control": "public, max-age=5", "Content-Location": "/healthz" };
  for (const [headers, cached] of /** @type {[Record<string, string>, boolean][]} */ ([
    [{ "Cache-Control": "no-store" }, false],
    [allowed, true],
  ])) {
    const sent = await cache.store(["/healthz"], new Response("{}", { status: 503, headers }));
    assert.equal(sent.status, 503);
    assert.equal(cache.get("/healthz") !== undefined, cached);
  }
  for (const method of ["GET", "HEAD"])
    for (const tag of ["*", '""', ""]) {
      const request = new Request("https://x.example/healthz", { method, headers: { "If-None-Match": tag } });
      assert.equal(cache.get("/healthz")?.respond(request).status, 503, `${method} ${tag}`);
    }
  await cache.store(["/x"], new Response("", { status: 404, headers: { ...allowed, "Content-Location": "/x" } }));
  assert.equal(cache.get("/x"), undefined);
});
