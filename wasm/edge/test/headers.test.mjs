// @ts-check
// The headers that keep answers from being misused, whoever gives them: Go, the
// entry module, and the platform for static files.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build, playApple, status, workerd, wranglerDev } from "./harness.mjs";

/** What every answer has. */
const every = {
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
async function guarded(response, what, policy, resource = "cross-origin") {
  await response.arrayBuffer();
  for (const [key, value] of Object.entries(every)) assert.equal(response.headers.get(key), value, `${what}: ${key}`);
  assert.equal(response.headers.get("Set-Cookie"), null, what);
  assert.equal(response.headers.get("Cross-Origin-Resource-Policy"), resource, what);
  if (typeof policy === "string") assert.equal(response.headers.get("Content-Security-Policy"), policy, what);
  else assert.match(response.headers.get("Content-Security-Policy") ?? "", policy, what);
}

const page = (/** @type {string} */ own) =>
  new RegExp(`^default-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; ${own}$`);

test("every kind of answer has its headers", async () => {
  const document = await (await fetch(`${worker.origin}/widget`)).text();
  const files = [...document.matchAll(/"(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  assert.ok(
    files.some((file) => file.endsWith(".wasm")) &&
      files.some((file) => file.endsWith(".js")) &&
      files.some((file) => file.endsWith(".json")),
    files.join(),
  );
  const ask = (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) => fetch(worker.origin + path, init);
  for (const path of ["/embed.js", ...files]) await guarded(await ask(path), path, closed);
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
    await guarded(await ask(path), path, closed);
  }
  await guarded(await ask("/probe", { method: "POST", body: "x" }), "204 of /probe", closed);
  await guarded(await ask("/probe", { method: "POST", body: "x".repeat(600_000) }), "413 of /probe", closed);
  await guarded(await ask("/api/status", { method: "POST" }), "405", closed);
  await guarded(await ask("/api/status", { method: "OPTIONS" }), "OPTIONS", closed);
  const down = await ask("/fault/die");
  assert.equal(down.status, 503);
  await guarded(down, "503", closed);

  const widget = page(
    "script-src 'self' 'wasm-unsafe-eval' 'sha256-[\\w+/]+='; connect-src 'self'; style-src 'sha256-[\\w+/]+='; frame-ancestors 'self' https://support\\.example http://\\*\\.example\\.org:8080",
  );
  for (const address of ["/widget", "/widget?theme=dark", "/widget?x"])
    await guarded(await ask(address), address, widget);
  const tag = (await ask("/widget")).headers.get("ETag") ?? "";
  const same = await ask("/widget", { headers: { "If-None-Match": tag } });
  assert.equal(same.status, 304);
  await guarded(same, "304", widget);
  await guarded(
    await ask("/"),
    "/",
    page("script-src 'self'; frame-src 'self'; img-src 'self'; style-src 'sha256-[\\w+/]+='; frame-ancestors 'none'"),
    "same-origin",
  );
});

test("what is no origin in EMBED_ORIGINS is named in the log", () => {
  assert.match(worker.running.output, /EMBED_ORIGINS is wrong in part[^\n]*nonsense/);
});

test("without EMBED_ORIGINS every page may embed the widget, and only that", async () => {
  const open = await workerd(build().dir, { APPLE_ORIGIN: apple.origin });
  assert.match(
    (await fetch(`${open.origin}/widget`)).headers.get("Content-Security-Policy") ?? "",
    /; frame-ancestors \*$/,
  );
  assert.match(
    (await fetch(`${open.origin}/`)).headers.get("Content-Security-Policy") ?? "",
    /; frame-ancestors 'none'$/,
  );
  await open.stop();
});
