// @ts-check
// The entry module's response cache: bounded, only under canonical addresses, and
// invalidated by each reading. Cached responses have an Age header.
import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { build, eventually, playApple, status, workerd } from "./harness.mjs";

/** @type {Awaited<ReturnType<typeof playApple>>} */
let apple;
/** @type {Awaited<ReturnType<typeof workerd>>} */
let worker;
before(async () => {
  apple = await playApple();
  worker = await workerd(build("faulty").dir, { APPLE_ORIGIN: apple.origin });
});
after(() => Promise.all([worker.stop(), apple.stop()]));

// All cacheable addresses: those that are their own canonical address.
const canonical = [
  "/api/status",
  "/badge.json",
  "/badge.svg",
  "/badge.svg?style=flat-square",
  "/feed.atom",
  "/healthz",
  "/openapi.json",
  "/api/v2/summary.json",
  "/api/v2/status.json",
  "/api/v2/components.json",
  "/api/v2/incidents.json",
  "/widget",
  "/widget?theme=dark",
  "/widget?theme=light",
];

/**
 * Sends a request with node:http, which allows any header.
 * @param {string} path
 * @param {{method?: string, headers?: Record<string, string>}} [options]
 * @returns {Promise<{code: number, headers: import("node:http").IncomingHttpHeaders, body: string}>}
 */
const send = (path, options = {}) =>
  new Promise((done, failed) => {
    const sent = request(worker.origin + path, options, (response) => {
      let body = "";
      response
        .setEncoding("utf8")
        .on("data", (text) => (body += text))
        .on("end", () => done({ code: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on("error", failed).end();
  });

const isCached = async (/** @type {string} */ path) => (await send(path)).headers.age !== undefined;

/** Checks that everything cached is still cached, and the same, after an action. @param {() => Promise<void>} act */
async function leavesCacheAlone(act) {
  const cached = [];
  for (const path of canonical) {
    await send(path);
    const response = await send(path);
    assert.notEqual(response.headers.age, undefined, `${path} is cached`);
    cached.push({ path, body: response.body, tag: response.headers.etag });
  }
  await act();
  for (const { path, body, tag } of cached) {
    const { headers, ...response } = await send(path);
    assert.notEqual(headers.age, undefined, `${path} is still cached`);
    assert.equal(response.body, body, path);
    assert.equal(headers.etag, tag, path);
  }
}

test("responses are cached under their canonical address only", async () => {
  for (const path of [
    "/?x=1",
    "/?lang=en",
    "/nothing",
    "/api/status?",
    "/api/status?x=1",
    "/API/STATUS",
    "/api//status",
    "/api/%73tatus",
    "/widget?theme=dark&utm=2",
    "/widget?utm=2&theme=dark",
    "/widget?theme=DARK",
    "/widget?theme=%64ark",
    "/widget?lang=en",
    "/badge.svg?label=x",
    "/badge.svg?style=flat",
    "/oembed?url=/widget",
  ]) {
    await send(path);
    // The platform removes an empty query.
    assert.equal(await isCached(path), path === "/api/status?", path);
  }
});

test("invented addresses use no memory and evict nothing", { timeout: 60_000 }, () =>
  leavesCacheAlone(async () => {
    const paths = [
      "/widget?a=",
      "/api/status?theme=",
      "/badge.svg?label=",
      "/?",
      "/nothing/",
      "/api/history?days=",
      "/widget?lang=",
    ];
    const goMemory = async () => Number((await send("/fault/memory")).body);
    /** @param {number} count */
    const flood = (count) =>
      Promise.all(
        Array.from({ length: 8 }, async (_, lane) => {
          for (let n = 0; n < count; n++) {
            const long = n % 10 ? "" : "x".repeat(6_000);
            const { code } = await send(`${paths[n % paths.length]}${lane}-${n}${long}`, {
              headers: { "X-Long": long },
            });
            assert.ok([200, 400, 404].includes(code), `${code}`);
          }
        }),
      );
    await flood(100);
    const before = await goMemory();
    await flood(250);
    assert.ok((await goMemory()) - before < 4_000_000, "Go's memory grows with the requests");
  }),
);

test("request headers neither change a response nor poison the cache", () =>
  leavesCacheAlone(async () => {
    for (const path of [...canonical, "/widget?x", "/api/status?x"]) {
      const plain = await send(path);
      for (const headers of [
        { Host: "evil.example" },
        { "X-Forwarded-Host": "evil.example" },
        { "X-Forwarded-Proto": "gopher" },
        { Forwarded: "host=evil.example" },
        { "X-Original-URL": "/nothing" },
        { "X-Rewrite-URL": "/nothing" },
        { "X-HTTP-Method-Override": "DELETE" },
        { Cookie: "a=b" },
        { Authorization: "Basic eDp5" },
        { "Accept-Language": "de" },
        { Accept: "text/x-nothing" },
        { Range: "bytes=0-3" },
        { Origin: "https://evil.example" },
        { "If-Modified-Since": "Sun, 22 Nov 2099 06:00:00 GMT" },
        { "Cache-Control": "no-cache" },
      ]) {
        const {
          code,
          body,
          headers: got,
        } = await send(path, { headers: /** @type {Record<string, string>} */ (/** @type {unknown} */ (headers)) });
        if (/^\/(feed\.atom|widget)/.test(path) && "Host" in headers) {
          // An address in it has to be absolute, so it is for this host alone.
          const { host } = new URL(worker.origin);
          const own = (/** @type {string} */ text) =>
            text.replaceAll(host, "evil.example").replaceAll(encodeURIComponent(host), "evil.example");
          assert.equal(body, own(plain.body));
          if (path === "/feed.atom") {
            assert.match(String(got["cache-control"]), /^private, /);
            assert.match(String(got.vary), /Host/);
          }
          assert.equal((await send(path)).body, plain.body);
          continue;
        }
        assert.equal(code, 200, `${path} with ${JSON.stringify(headers)}`);
        assert.equal(body, plain.body, `${path} with ${JSON.stringify(headers)}`);
        assert.doesNotMatch(JSON.stringify(got), /evil|gopher/, path);
      }
    }
  }));

for (const path of ["/", "/widget"])
  test(`${path} is cached for each host by itself`, async () => {
    for (const Host of ["one.example", "other.example", "one.example"]) {
      const { body } = await send(path, { headers: { Host } });
      assert.deepEqual([...new Set(body.match(/[a-z]+\.example/g))], [Host]);
      const again = await send(path, { headers: { Host } });
      assert.notEqual(again.headers.age, undefined, Host);
      assert.equal(again.body, body);
    }
  });

test("a frame of the landing page gets the widget, whatever is cached", async () => {
  for (const path of ["/", "/?theme=dark"])
    for (let n = 0; n < 2; n++) {
      const page = await send(path, { headers: { "Sec-Fetch-Dest": "document" } });
      assert.equal(page.code, 200, path);
      if (n > 0) assert.notEqual(page.headers.age, undefined, path);
      assert.match(String(page.headers.vary), /\bSec-Fetch-Dest\b/);
      const frame = await send(path, { headers: { "Sec-Fetch-Dest": "iframe" } });
      assert.deepEqual([frame.code, frame.headers.location], [302, path.replace("/", "/widget")]);
      assert.match(String(frame.headers["cache-control"]), /no-store/);
    }
});

test("only GET and HEAD are served from the cache", () =>
  leavesCacheAlone(async () => {
    for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
      const { code, headers } = await send("/api/status", { method });
      assert.equal(code, 405, method);
      assert.equal(headers.age, undefined, method);
    }
    assert.equal((await send("/api/status", { method: "OPTIONS" })).code, 204);
  }));

test("conditional and HEAD requests have the same response from the cache and from Go", async () => {
  // An unknown parameter bypasses the cache.
  for (const [own, other] of [
    ["/api/status", "/api/status?x"],
    ["/widget?theme=dark", "/widget?x&theme=dark"],
    ["/badge.svg", "/badge.svg?x"],
  ]) {
    await send(own);
    const full = await send(own);
    const tag = /** @type {string} */ (full.headers.etag);
    /** The headers without those of the connection and of caching. @param {import("node:http").IncomingHttpHeaders} headers */
    const ownHeaders = ({
      age,
      date,
      connection,
      "keep-alive": _,
      "transfer-encoding": __,
      "content-length": ___,
      ...rest
    }) => rest;
    for (const [condition, code] of /** @type {[string, number][]} */ ([
      [tag, 304],
      [`W/${tag}`, 304],
      [`"other", ${tag}`, 304],
      [`"other",W/${tag} , "more"`, 304],
      ["*", 304],
      ['"other"', 200],
      [tag.slice(1, -1), 200],
      ["", 200],
      [tag.slice(0, -2) + '"', 200],
    ])) {
      const [cached, fresh] = [
        await send(own, { headers: { "If-None-Match": condition } }),
        await send(other, { headers: { "If-None-Match": condition } }),
      ];
      assert.notEqual(cached.headers.age, undefined, own);
      assert.equal(fresh.headers.age, undefined, other);
      for (const response of [cached, fresh]) {
        assert.equal(response.code, code, `${own} if none match ${condition}`);
        assert.equal(response.body, code === 304 ? "" : full.body);
      }
      assert.deepEqual(ownHeaders(cached.headers), ownHeaders(fresh.headers), `${own} if none match ${condition}`);
    }
    const [cached, fresh] = [await send(own, { method: "HEAD" }), await send(other, { method: "HEAD" })];
    assert.equal(cached.body + fresh.body, "");
    assert.deepEqual(ownHeaders(cached.headers), ownHeaders(full.headers), `HEAD ${own}`);
    assert.deepEqual(ownHeaders(fresh.headers), ownHeaders(full.headers), `HEAD ${other}`);
  }
});

test("after a reading no response is older than it", async () => {
  const own = await playApple();
  const eager = await workerd(build().dir, { APPLE_ORIGIN: own.origin, REFRESH_SECONDS: "0.2" });
  const endpoints = {
    "/api/status": '"level":"',
    "/badge.json": '"message":"',
    "/widget": 'data-level="',
    "/widget?theme=dark": 'data-level="',
  };
  for (const [scenario, level] of [
    ["outage", "outage"],
    ["fine", "operational"],
    ["issue", "degraded"],
  ]) {
    await own.show(scenario);
    await eventually(async () => (await status(eager.origin)).level === level, 5_000, scenario);
    for (let round = 0; round < 3; round++) {
      for (const [endpoint, before] of Object.entries(endpoints)) {
        const text = await (await fetch(eager.origin + endpoint)).text();
        assert.ok(text.includes(`${before}${level}"`), `${endpoint} after ${scenario}: ${text.slice(0, 300)}`);
      }
    }
  }
  await Promise.all([eager.stop(), own.stop()]);
});
