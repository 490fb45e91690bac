// @ts-check
// The host page doesn't move when the widget appears. Chromium reports layout
// shifts, from which a page's score is computed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { enter, painted, fixture, withBrowser } from "./fixture.mjs";

const env = fixture();

// Before everything else in the page, so that no shift is missed.
const observer = `<script>
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) shifts.push({ value, moved: sources.map(({ node }) => node?.id || node?.nodeName) });
  }).observe({ type: "layout-shift", buffered: true });
</script>`;
const above = `<h1>Backups</h1><p id="above">What to do when they fail.</p>`;
const below = `<p id="below">${"More about backups, and other things. ".repeat(200)}</p>`;

for (const scenario of ["fine", "outage", "unlisted"]) {
  for (const [name, look] of /** @type {const} */ ([
    ["phone", { phone: true }],
    ["desktop", { width: 1350, height: 940 }],
  ])) {
    test(`nothing in the page moves when the widget appears: ${scenario}, on a ${name}`, async () => {
      await env.show(scenario);
      // The README's way to reserve room.
      env.page = {
        policy: "",
        body: `${observer}${above}<backup-check style="display: block; min-height: 100vh"></backup-check>${below}${env.snippet()}`,
      };
      await withBrowser("chromium", look, async (driver) => {
        await driver.get(env.host);
        const frame = "document.querySelector('backup-check').shadowRoot?.querySelector('iframe')";
        const first = await driver.executeScript("return `${Math.max(640, innerHeight)}px`");
        await driver.wait(
          async () => driver.executeScript(`return ${frame} && ${frame}.style.height !== arguments[0]`, first),
          10_000,
          "the widget's height",
        );
        await painted(driver);
        const shifts = () => driver.executeScript("return new Promise((done) => setTimeout(() => done(shifts), 200))");
        assert.deepEqual(await shifts(), []);
        // The complete widget is visible without scrolling in its frame.
        const height = parseInt(/** @type {string} */ (await driver.executeScript(`return ${frame}.style.height`)), 10);
        await enter(driver);
        assert.equal(
          await driver.executeScript("return Math.ceil(document.body.getBoundingClientRect().height)"),
          height,
        );
        assert.ok(await driver.executeScript("return document.documentElement.scrollHeight <= innerHeight"));
        await driver.switchTo().defaultContent();
        // Checks that the observer reports a shift.
        await driver.executeScript("document.getElementById('above').style.paddingTop = '300px'");
        assert.notDeepEqual(await shifts(), []);
      });
    });
  }
}
