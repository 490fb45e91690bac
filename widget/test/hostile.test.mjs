// @ts-check
// Hostile texts from Apple and hostile parameters are displayed as text, wherever
// a browser displays them.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { eventually, scratch, status } from "../../wasm/edge/test/harness.mjs";
import { consoleOf, engines } from "./engines.mjs";
import { enter, scrollHostTo, fixture, withBrowser, withoutFavicon } from "./fixture.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const attacks = [
  "<script>alert(1)</script>",
  '</script><script src="https://evil.example/x.js"></script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus='alert(1)' autofocus tabindex='1",
  "javascript:alert(1)",
  '<a href="javascript:alert(1)">Tap here to mend it</a>',
  "]]><svg/onload=alert(1)>",
  "--><iframe src=https://evil.example></iframe><!--",
  "</blockquote></details></section><h1>Apple reports no problem</h1>",
  "</style><style>body{display:none}</style>",
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
  "\u202e\u2066desrever si siht\u2069",
  "\u0000\u0007\u001b[2J\u001b]0;title\u0007",
  "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
  "{{constructor.constructor('alert(1)')()}} ${alert(1)}",
  "much and ".repeat(2_000),
];
const event = (/** @type {string} */ attack, /** @type {number} */ n) => ({
  messageId: n % 2 ? attack : String(n),
  statusType: n % 5 ? "Issue" : attack,
  eventStatus: "ongoing",
  message: `Before ${attack} after.`,
  usersAffected: `Some ${attack} users`,
  epochStartDate: Date.now() - 3_600_000 - n,
  epochEndDate: null,
  datePosted: attack,
  startDate: attack,
  endDate: attack,
  affectedServices: ["iCloud Backup", attack],
});
const recordings = join(scratch, "hostile");
mkdirSync(recordings);
writeFileSync(
  join(recordings, "hostile.json"),
  JSON.stringify({
    drMessage: attacks.join(" "),
    services: [
      {
        serviceName: "iCloud Backup",
        redirectUrl: "javascript:alert(1)",
        events: [...attacks.map(event), { ...event("", 8), message: `Before ${"a megabyte ".repeat(100_000)}` }],
      },
      { serviceName: "iCloud Account & Sign In", redirectUrl: null, events: attacks.map(event) },
      ...attacks.map((serviceName) => ({ serviceName, redirectUrl: serviceName, events: [] })),
    ],
  }),
);

const env = fixture([recordings]);

/** Asserts that no hostile text became markup, ran, or caused a request. @param {WebDriver} driver @param {string} where */
async function assertHarmless(driver, where) {
  await driver.executeAsyncScript("setTimeout(arguments[0], 100)"); // an alert would make this fail
  const bad = await driver.executeScript(`return [...document.querySelectorAll("*")].filter((e) =>
    e.matches("img[onerror], [onload], [onfocus], [onclick], base, object, embed, frame, meta[http-equiv=refresh], [srcdoc], script[src*=evil], iframe[src*=evil], [href^='javascript:'], [src^='javascript:']")).map((e) => e.outerHTML.slice(0, 200))`);
  assert.deepEqual(bad, [], where);
  const requests = /** @type {string[]} */ (
    await driver.executeScript("return performance.getEntriesByType('resource').map((entry) => entry.name)")
  );
  assert.deepEqual(
    requests.filter((address) => !address.startsWith(env.worker.origin) && !address.startsWith(env.host)),
    [],
    where,
  );
  const source = /** @type {string} */ (await driver.executeScript("return document.documentElement.textContent"));
  assert.doesNotMatch(source, /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/, where);
}

for (const engine of engines) {
  test(`${engine}: Apple's texts are shown as text everywhere`, async () => {
    await env.apple.show("hostile.json");
    await eventually(async () => (await status(env.worker.origin)).incidents.length > 10, 10_000, "the hostile feed");
    await env.worker.cron();
    env.page = { policy: "", body: env.snippet() };
    await withBrowser(engine, { phone: true }, async (driver) => {
      for (const path of [
        "/widget?hostile",
        "/",
        "/badge.svg",
        "/feed.atom",
        "/api/status",
        "/api/history",
        "/api/v2/summary.json",
        "/badge.json",
        "/openapi.json",
        `/oembed?url=${env.worker.origin}/widget`,
      ]) {
        // Firefox downloads a feed, so nothing of it is shown or runs there, and the navigation never ends.
        if (engine === "firefox" && path === "/feed.atom") continue;
        await driver.get(env.worker.origin + path);
        assert.equal(await driver.getCurrentUrl(), env.worker.origin + path, `${path} leads nowhere else`);
        await assertHarmless(driver, path);
      }
      // In a host page.
      await driver.get(env.host);
      await enter(driver);
      assert.equal(await driver.findElement(By.css("h1")).getText(), "It’s Apple, not your iPhone");
      await driver.findElement(By.css(".verdict summary")).click();
      const quotes = await driver.findElements(By.css("blockquote"));
      assert.ok(quotes.length >= attacks.length, `${quotes.length} messages are shown`);
      for (const quote of quotes) {
        const words = await quote.getText();
        assert.match(words, /^Before /);
        assert.ok(words.length < 10_000, `${words.length} characters`);
      }
      assert.ok((await driver.findElements(By.css("h1"))).length === 1);
      await assertHarmless(driver, "the widget in a page");
      assert.ok(
        await driver.executeScript("return document.documentElement.scrollWidth <= innerWidth"),
        "nothing is wider than the frame",
      );
      // And the sequence.
      await scrollHostTo(driver, ".older > summary");
      await driver.findElement(By.css(".older > summary")).click();
      await scrollHostTo(driver, "a[data-symptom='not-enough-storage']");
      await driver.findElement(By.css("a[data-symptom='not-enough-storage']")).click();
      await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
      await assertHarmless(driver, "the sequence");
      assert.deepEqual(withoutFavicon(await consoleOf(engine, driver)), []);
    });
  });
}

test("parameters are never markup, and never leave the site", async () => {
  await env.apple.show("fine"); // the incidents of the recording are still retained
  await withBrowser("chromium", {}, async (driver) => {
    for (const attack of attacks.slice(0, -1).map(encodeURIComponent)) {
      for (const path of [
        `/badge.svg?label=${attack}&style=${attack}`,
        `/widget?lang=${attack}&theme=${attack}&${attack}=${attack}`,
        `/widget?test#accent=${attack}&ink=${attack}&radius=${attack}&symptom=${attack}&s=${attack}`,
        `/oembed?url=${attack}`,
        `/oembed?url=${env.worker.origin}/widget%3Flang=${attack}&maxwidth=${attack}`,
        `/api/history?days=${attack}&service=${attack}`,
        `/api/status?callback=${attack}`,
        `/${attack}`,
      ]) {
        await driver.get(env.worker.origin + path);
        assert.ok((await driver.getCurrentUrl()).startsWith(`${env.worker.origin}/`), path);
        await assertHarmless(driver, path);
      }
    }
  });
});
