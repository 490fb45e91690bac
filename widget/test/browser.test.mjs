// @ts-check
// The widget on a page of another origin, in real browsers.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { consoleOf, engines } from "./engines.mjs";
import { enter, painted, fixture, text, withBrowser } from "./fixture.mjs";

const env = fixture();
const frame = "document.querySelector('backup-check').shadowRoot.querySelector('iframe')";

for (const engine of engines) {
  test(`${engine}: the README's snippet shows the verdict on a page of another origin`, async () => {
    await env.show("issue");
    env.page = { policy: "", body: `<h1>Our support page</h1><p>Before.</p>${env.snippet()}<p id="after">After.</p>` };
    await withBrowser(engine, { phone: true }, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      assert.equal(await text(driver, "h1"), "It’s Apple, not your iPhone");
      assert.match(await text(driver, ".verdict"), /Apple reports a problem with iCloud Backup since/);
      // Times are in the reader's zone and language.
      await driver.wait(async () => /second|now/.test(await text(driver, ".meta time")), 5_000, "the relative time");
      const height = /** @type {number} */ (
        await driver.executeScript("return document.body.getBoundingClientRect().height")
      );
      await driver.switchTo().defaultContent();
      await driver.wait(
        async () => {
          const given = /** @type {number} */ (
            await driver.executeScript(`return ${frame}.getBoundingClientRect().height`)
          );
          return Math.abs(given - height) <= 1;
        },
        3_000,
        "the frame has the document's height",
      );
      await driver.wait(() => driver.executeScript(`return ${frame}.title !== "iCloud Backup"`), 3_000, "the title");
      const facts = await driver.executeScript(`
        const element = document.querySelector("backup-check"), frame = element.shadowRoot.querySelector("iframe");
        return { title: frame.title, elements: document.querySelectorAll("backup-check").length, after: element.nextElementSibling.id,
          wide: document.documentElement.scrollWidth <= innerWidth, sandbox: frame.getAttribute("sandbox") }`);
      assert.deepEqual(facts, {
        title: "iCloud Backup: is it Apple or my iPhone?",
        elements: 1,
        after: "after",
        wide: true,
        sandbox: "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads",
      });
    });
  });

  test(`${engine}: it works on a page with a strict policy, twice, with a theme, and inserted late`, async () => {
    await env.show("fine");
    env.page = {
      policy: `default-src 'none'; script-src ${env.worker.origin}; frame-src ${env.worker.origin}`,
      body: `<backup-check theme="dark"></backup-check><backup-check theme="light"></backup-check>${env.snippet()}`,
    };
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.host);
      // A frame that loads lazily loads when it is near.
      /** @param {number} index */
      const reach = async (index) => {
        await driver.executeScript(`document.querySelectorAll('backup-check')[${index}].scrollIntoView()`);
        await enter(driver, index);
      };
      for (const [index, background] of /** @type {const} */ ([
        [0, "rgb(22, 22, 24)"],
        [1, "rgb(255, 255, 255)"],
      ])) {
        await reach(index);
        assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup");
        assert.equal(await driver.executeScript("return getComputedStyle(document.body).backgroundColor"), background);
        await driver.switchTo().defaultContent();
      }
      assert.equal(await driver.executeScript("return document.querySelectorAll('backup-check').length"), 2);
      await driver.executeScript("document.body.append(document.createElement('backup-check'))");
      await reach(2);
      assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup");
    });
  });

  test(`${engine}: it is dark where the page and the reader's system are`, async () => {
    await env.show("fine");
    env.page = { policy: "", head: "<style>:root { color-scheme: light dark }</style>", body: env.snippet() };
    for (const [dark, background] of /** @type {const} */ ([
      [true, "rgb(22, 22, 24)"],
      [false, "rgb(255, 255, 255)"],
    ])) {
      await withBrowser(engine, { phone: true, dark }, async (driver) => {
        await driver.get(env.host);
        assert.equal(
          await driver.executeScript("return matchMedia('(prefers-color-scheme: dark)').matches"),
          dark,
          "the system's colours",
        );
        await enter(driver);
        assert.equal(await driver.executeScript("return getComputedStyle(document.body).backgroundColor"), background);
      });
    }
  });

  test(`${engine}: with scripts off in the widget the steps are shown`, async () => {
    await env.show("fine");
    env.page = {
      policy: "",
      body: `<iframe id="w" sandbox src="${env.worker.origin}/widget" width="100%" height="700"></iframe>`,
    };
    await withBrowser(engine, { phone: true }, async (driver) => {
      await driver.get(env.host);
      await driver.switchTo().frame(driver.findElement(By.id("w")));
      await driver.wait(until.elementLocated(By.css("h1")), 10_000);
      assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup");
      const steps = await driver.findElements(By.css(".steps > li"));
      assert.ok(steps.length > 12);
      assert.match(
        await steps[0].getText(),
        /Look at the switch and the date[\s\S]*Open Settings > \[your name\] > iCloud > iCloud Backup/,
      );
      // Without script a step opens as well.
      await steps[2].findElement(By.css("summary")).click();
      assert.match(await steps[2].getText(), /up to 24 hours/);
      // The symptom that is tapped opens its step.
      await driver.findElement(By.css("a[data-symptom='not-enough-storage']")).click();
      await driver.wait(
        async () => (await text(driver, "#step-backup-on .do")).includes("date of the last backup"),
        3_000,
        "an open step",
      );
      assert.match(await text(driver, ".meta"), /\d+ \w+ \d{4}, \d\d:\d\d · Source: Apple · Times are in UTC/);
    });
  });

  test(`${engine}: messages from others don't change the frame's height`, async () => {
    await env.show("fine");
    env.page = {
      policy: "",
      body: `${env.snippet()}<iframe id="other" srcdoc="<script>parent.postMessage({ type: 'backup-check:height', height: 11 }, '*')</script>"></iframe>`,
    };
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      await driver.switchTo().defaultContent();
      await driver.wait(
        async () => driver.executeScript(`return ${frame}.style.height !== Math.max(640, innerHeight) + "px"`),
        3_000,
        "the widget's own height",
      );
      await painted(driver);
      const height = await driver.executeScript(`return ${frame}.style.height`);
      await driver.executeScript("postMessage({ type: 'backup-check:height', height: 12 }, '*')");
      await driver.executeAsyncScript("setTimeout(arguments[0], 200)");
      assert.equal(await driver.executeScript(`return ${frame}.style.height`), height);
      // Nor does a document of another origin in the widget's own frame.
      const other =
        "data:text/html,<script>for (const type of ['backup-check:height', 'posted']) parent.postMessage({ type, height: 13 }, '*')</script>";
      await driver.executeAsyncScript(
        `const [address, done] = arguments; addEventListener("message", ({ data }) => data.type === "posted" && done()); ${frame}.src = address`,
        other,
      );
      assert.equal(await driver.executeScript(`return ${frame}.style.height`), height);
    });
  });

  test(`${engine}: no page writes to the console, sets a cookie or sends requests to another origin`, async () => {
    await env.show("outage");
    env.page = { policy: "", body: env.snippet() };
    await withBrowser(engine, {}, async (driver) => {
      for (const address of [env.host, `${env.worker.origin}/`, `${env.worker.origin}/widget`]) {
        await driver.get(address);
        await driver.executeAsyncScript("setTimeout(arguments[0], 500)");
        const log = await consoleOf(engine, driver);
        assert.deepEqual(
          log.filter((message) => !message.includes("favicon")),
          [],
          address,
        );
        assert.deepEqual(await driver.manage().getCookies(), []);
        const resources = /** @type {string[]} */ (
          await driver.executeScript("return performance.getEntriesByType('resource').map((entry) => entry.name)")
        );
        for (const resource of resources)
          assert.ok(resource.startsWith(env.worker.origin) || resource.startsWith(env.host), resource);
      }
      // Checks that the log records lines.
      await driver.get(env.host);
      await driver.executeScript("console.error('heard')");
      assert.match((await consoleOf(engine, driver)).join(), /heard/);
    });
  });
}

test("screenshots of the main states", async () => {
  const folder = process.env.SCREENSHOTS;
  for (const scenario of ["fine", "issue", "maintenance", "recovered", "unlisted"]) {
    if (!folder && scenario !== "fine") continue; // one state is enough to test the screenshot
    await env.show(scenario);
    for (const look of [
      { phone: true },
      { phone: true, dark: true },
      { width: 1100, height: 900 },
      { width: 500, height: 900, narrow: true },
    ]) {
      const style = `font-family:system-ui;${"dark" in look ? "background:#000;color:#eee;" : ""}${"narrow" in look ? "width:280px" : ""}`;
      env.page = { policy: "", body: `<div style="${style}">${env.snippet()}</div>` };
      await withBrowser("chromium", look, async (driver) => {
        await driver.get(env.host);
        await enter(driver);
        const overflow = await driver.executeScript("return document.documentElement.scrollWidth > innerWidth");
        assert.equal(overflow, false, `${scenario} ${JSON.stringify(look)} is wider than its frame`);
        await driver.switchTo().defaultContent();
        await driver.executeAsyncScript("setTimeout(arguments[0], 300)");
        const picture = Buffer.from(await driver.takeScreenshot(), "base64");
        assert.ok(picture.length > 5_000);
        if (!folder) return;
        mkdirSync(folder, { recursive: true });
        const name = [
          "widget",
          scenario,
          "narrow" in look ? "narrow" : "phone" in look ? "phone" : "desktop",
          "dark" in look ? "dark" : "light",
        ].join("-");
        writeFileSync(join(folder, `${name}.png`), picture);
      });
    }
  }
});
