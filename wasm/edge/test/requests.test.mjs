// @ts-check
// Requests that no browser sends, and what operators' tools rely on, in real
// workerd: the same answers as natively.
import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { after, before, test } from "node:test";
import { build, eventually, playApple, status, workerd } from "./harness.mjs";

/** @type {Awaited<ReturnType<typeof playApple>>} */
let apple;
/** @type {Awaited<ReturnType<typeof workerd>>} */
let worker;
before(async () => {
  apple = await playApple();
  worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.5" });
  await status(worker.origin);
});
after(() => Promise.all([worker.stop(), apple.stop()]));

/**
 * Sends a request with exactly this path.
 * @param {string} path @param {string} [method] @param {Record<string, string>} [headers]
 * @returns {Promise<{code: number | undefined, headers: import("node:http").IncomingHttpHeaders, body: string}>}
 */
function raw(path, method = "GET", headers = {}) {
  return new Promise((done, failed) => {
    const { hostname, port } = new URL(worker.origin);
    httpRequest({ hostname, port, path, method, headers }, async (response) => {
      let body = "";
      for await (const chunk of response) body += chunk;
      done({ code: response.statusCode, headers: response.headers, body });
    })
      .on("error", failed)
      .end();
  });
}

test("an address that can't be decoded is the client's fault", async () => {
  for (const path of ["/%zz", "/widget%", "/%", "/%a", "/api/status%2", "/%%41", "/%zz?x=1"])
    for (const method of ["GET", "HEAD", "POST"]) {
      const { code, headers } = await raw(path, method);
      assert.deepEqual([code, headers["retry-after"]], [400, undefined], `${method} ${path}`);
    }
  assert.equal((await raw("/api/status?x=%zz")).code, 200);
  assert.equal((await raw("/api/history?days=%zz")).code, 400);
  assert.equal((await raw("/%41%C3%A4")).code, 404);
  assert.doesNotMatch(worker.running.output, /"level":"ERROR"/);
});

test("HEAD has the length of GET, and no body", async () => {
  for (const path of [
    "/",
    "/widget",
    "/api/status",
    "/api/status?x",
    "/healthz",
    "/livez",
    "/metrics",
    "/feed.atom",
    "/badge.svg?label=x",
    "/nothing",
  ]) {
    const get = await raw(path);
    const head = await raw(path, "HEAD");
    assert.equal(head.code, get.code, path);
    assert.equal(head.body, "");
    if (path !== "/metrics" && path !== "/healthz")
      assert.equal(head.headers["content-length"], String(Buffer.byteLength(get.body)), path);
    assert.ok(Number(head.headers["content-length"]) > 0, path);
    assert.equal(head.headers["content-type"], get.headers["content-type"], path);
  }
});

test("304 has the CORS headers", async () => {
  for (const path of ["/", "/widget", "/widget/messages", "/api/status", "/feed.atom", "/openapi.json"]) {
    const { headers } = await raw(path);
    for (let n = 0; n < 2; n++) {
      const same = await raw(path, "GET", { "If-None-Match": String(headers.etag) });
      assert.deepEqual(
        [same.code, same.headers["access-control-allow-origin"], same.headers["access-control-expose-headers"]],
        [304, "*", "ETag"],
        path,
      );
    }
  }
});

test("no cache may give a visitor what another one's Host has made", async () => {
  for (const path of ["/", "/feed.atom", "/oembed?url=/widget"]) {
    const { body, headers } = await raw(path, "GET", { Host: "evil.example" });
    assert.match(body, /evil\.example/, path);
    assert.match(String(headers["cache-control"]), /^private, /, path);
    assert.match(String(headers.vary), /\bHost\b/, path);
    assert.doesNotMatch((await raw(path)).body, /evil\.example/, path);
  }
  // The platform routes by host, so this is for other hosts of the same Worker.
  const other = await raw("/widget", "GET", { Host: "other.example" });
  assert.match(
    other.body,
    /href="http:\/\/other\.example\/oembed\?format=json&amp;url=http%3A%2F%2Fother\.example%2Fwidget"/,
  );
  assert.match(String(other.headers["cache-control"]), /^public, /);
  assert.equal(other.headers["content-location"], "http://other.example/widget");
  for (const path of ["/widget", "/widget?x"]) assert.doesNotMatch((await raw(path)).body, /other\.example/, path);
  for (const path of [
    "/widget/messages",
    "/api/status",
    "/api/v2/summary.json",
    "/badge.svg",
    "/openapi.json",
    "/embed.js",
  ])
    assert.doesNotMatch((await raw(path, "GET", { Host: "evil.example" })).body, /evil\.example/, path);
  const fixed = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, PUBLIC_URL: "https://status.example" });
  const { port } = new URL(fixed.origin);
  for (const path of ["/", "/feed.atom", "/oembed?url=/widget", "/widget"]) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { "X-Forwarded-Host": "evil.example" },
    });
    const body = await response.text();
    assert.match(body, /https:\/\/status\.example/, path);
    assert.doesNotMatch(body, /evil\.example|127\.0\.0\.1/, path);
    assert.match(response.headers.get("Cache-Control") ?? "", /^public, /, path);
    assert.equal(response.headers.get("Vary"), path === "/" ? "Accept-Language, Sec-Fetch-Dest" : null, path);
  }
  await fixed.stop();
});

test("each log line is JSON, with each key once", async () => {
  await apple.show("outage");
  await eventually(async () => (await status(worker.origin)).level === "outage", 10_000);
  await apple.fault("500");
  await eventually(
    async () => (await status(worker.origin), worker.running.output.includes("reading Apple's status failed")),
    10_000,
  );
  const lines = worker.running.output.split("\n").filter((line) => line.includes('"msg"'));
  assert.ok(lines.length >= 3, worker.running.output);
  for (const line of lines) {
    const text = line.slice(line.indexOf("{"), line.lastIndexOf("}") + 1);
    const parsed = JSON.parse(text);
    assert.match(parsed.level, /^(INFO|WARN|ERROR)$/, text);
    const keys = [...text.matchAll(/[{,]"(\w+)":/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(keys)], keys, text);
  }
  await apple.fault("");
});
