// @ts-check
// Firefox as the tests run it: it asks for nothing on its own, scripts run in
// the page's realm, and it is always ended.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { Builder, Capabilities } from "selenium-webdriver";
import { pause } from "../../wasm/edge/test/harness.mjs";
import { withBrowser } from "./fixture.mjs";
import { openMarionette } from "./marionette.mjs";
import { firefox, requireEngines } from "./requirements.mjs";

/** What a proxy was asked for. @type {Set<string>} */
const asked = new Set();
const proxy = createServer((request, response) => {
  asked.add(request.url ?? "");
  response.end("<title>proxied</title>");
}).on("connect", (request, socket) => {
  asked.add(request.url ?? "");
  socket.end();
});
before(() => {
  requireEngines(["firefox"]);
  return new Promise((done) => proxy.listen(0, "127.0.0.1", () => done(undefined)));
});
after(() => proxy.close());

test("Firefox asks for nothing on its own", async () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (proxy.address());
  const running = await openMarionette(firefox(), {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": port,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": port,
  });
  try {
    const driver = await new Builder().usingServer(running.origin).withCapabilities(Capabilities.firefox()).build();
    await pause(Number(process.env.FIREFOX_IDLE ?? 5_000));
    assert.deepEqual([...asked], []);
    await driver.get("http://support.example/");
    assert.equal(await driver.getTitle(), "proxied");
    assert.ok(asked.has("http://support.example/"), "the proxy records requests");
  } finally {
    await running.stop();
  }
});

test("Firefox's scripts run in the page's realm, on a page with a strict policy too", async () => {
  await withBrowser("firefox", {}, async (driver) => {
    const policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">";
    await driver.get(`data:text/html,${encodeURIComponent(policy)}`);
    assert.deepEqual(
      await driver.executeScript("Date.now = () => 5; return [Date.now === window.Date.now, window.Date.now()]"),
      [true, 5],
    );
    assert.equal(await driver.executeScript("return window.Date.now()"), 5, "in the next script too");
  });
});

test("a Firefox that can't be started is told in a sentence", async () => {
  await assert.rejects(openMarionette("false", {}), /^Error: Firefox can't be started: /);
});
