// @ts-check
// The security headers of every response: from Go, from the entry module, and
// from the platform for static files.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build, playApple, status, workerd, wranglerDev } from "./harness.mjs";

/** The headers of every response. */
const common = {
  "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
};
const closed = "default-src 'none'; frame-ancestors 'none'";

/** @type {Awaited<ReturnType<typeof playApple>>} */
let apple;
/** @type {Awaited<ReturnType<typeof wranglerDev>>} */
let worker;
before(async () => {
  apple = await playApple();
  worker = await wranglerDev(build("faulty").dir, {
    APPLE_ORIGIN: apple.origin,
    EMBED_ORIGINS: "https://support.example, http://*.example.org:8080 * nonsense",
  });
  await status(worker.origin);
});
after(() => Promise.all([worker?.stop(), apple?.stop()]));

/** @param {Response} response @param {string} what @param {RegExp | string} policy @param {string} [resource] */
async function assertHeaders(response, what, policy, resource = "cross-origin") {
  await response.arrayBuffer();
  for (const [key, value] of Object.entries(common)) assert.equal(response.headers.get(key), value, `${what}: ${key}`);
  assert.equal(response.headers.get("Set-Cookie"), null, what);
  assert.equal(response.headers.get("Cross-Origin-Resource-Policy"), resource, what);
  if (typeof policy === "string") assert.equal(response.headers.get("Content-Security-Policy"), policy, what);
  else assert.match(response.headers.get("Content-Security-Policy") ?? "", policy, what);
}

/** The policy of a page. @param {string} directives */
const page = (directives) =>
  new RegExp(
    `^default-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; ${directives}$`,
  );

test("every kind of response has its headers", async () => {
  const document = await (await fetch(`${worker.origin}/widget`)).text();
  const files = [...document.matchAll(/"(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  assert.ok(
    files.some((file) => file.endsWith(".wasm")) &&
      files.some((file) => file.endsWith(".js")) &&
      files.some((file) => file.endsWith(".json")),
    files.join(),
  );
  const request = (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) =>
    fetch(worker.origin + path, init);
  for (const path of ["/embed.js", ...files]) await assertHeaders(await request(path), path, closed);
  for (const path of [
    "/api/status",
    "/api/status?x",
    "/api/history",
    "/api/v2/summary.json",
    "/badge.svg",
    "/badge.json",
    "/feed.atom",
    "/openapi.json",
    "/healthz",
    "/oembed?url=/widget",
    "/oembed",
    "/nothing",
    "/fault/panic",
    "/assets/",
    "/probe",
  ]) {
    await assertHeaders(await request(path), path, closed);
  }
  await assertHeaders(await request("/probe", { method: "POST", body: "x" }), "204 of /probe", closed);
  await assertHeaders(await request("/probe", { method: "POST", body: "x".repeat(600_000) }), "413 of /probe", closed);
  await assertHeaders(await request("/api/status", { method: "POST" }), "405", closed);
  await assertHeaders(await request("/api/status", { method: "OPTIONS" }), "OPTIONS", closed);
  const down = await request("/fault/die");
  assert.equal(down.status, 503);
  await assertHeaders(down, "503", closed);

  const ancestors = "frame-ancestors 'self' https://support\\.example http://\\*\\.example\\.org:8080",
    own = `'self' ${worker.origin.replaceAll(".", "\\.")}`;
  const widget = page(
    `script-src ${own} 'wasm-unsafe-eval'( 'sha256-[\\w+/]+=')+; connect-src ${own}; style-src 'sha256-[\\w+/]+='; ${ancestors}`,
  );
  for (const address of ["/widget", "/widget?theme=dark", "/widget?x"])
    await assertHeaders(await request(address), address, widget);
  const tag = (await request("/widget")).headers.get("ETag") ?? "";
  const same = await request("/widget", { headers: { "If-None-Match": tag } });
  assert.equal(same.status, 304);
  await assertHeaders(same, "304", widget);
  await assertHeaders(
    await request("/"),
    "/",
    page(`script-src 'self'; frame-src 'self'; img-src 'self'; style-src 'sha256-[\\w+/]+='; ${ancestors}`),
    "same-origin",
  );
});

test("invalid entries of EMBED_ORIGINS are logged", () => {
  assert.match(worker.running.output, /invalid entries of EMBED_ORIGINS[^\n]*nonsense/);
});

test("without EMBED_ORIGINS every page may embed the widget, and nothing else", async () => {
  const open = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
  // Not even "*" allows local files and apps. The landing page leads frames to the widget.
  for (const path of ["/widget", "/"])
    assert.doesNotMatch(
      (await fetch(`${open.origin}${path}`)).headers.get("Content-Security-Policy") ?? "frame-ancestors",
      /frame-ancestors/,
      path,
    );
  assert.match(
    (await fetch(`${open.origin}/api/status`)).headers.get("Content-Security-Policy") ?? "",
    /; frame-ancestors 'none'$/,
  );
  await open.stop();
});
