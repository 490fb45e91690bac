// @ts-check
// The widget as readers meet it: on somebody else's page, in a real browser.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { By, until } from "selenium-webdriver";
import { build, eventually, playApple, root, status, wranglerDev } from "../../wasm/edge/test/harness.mjs";
import { openChromium } from "./chromium.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

/** @type {Awaited<ReturnType<typeof playApple>>} */
let apple;
/** @type {Awaited<ReturnType<typeof wranglerDev>>} */
let worker;
/** @type {import("node:http").Server} */
let host;
/** @type {string} */
let hostOrigin;
/** What the host's page holds, and the policy that it is served with. */
const page = { body: "", policy: "" };

before(async () => {
  apple = await playApple();
  worker = await wranglerDev(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" });
  host = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    if (page.policy) response.setHeader("Content-Security-Policy", page.policy);
    response.end(`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Support</title><body>${page.body}`);
  });
  await new Promise((done) => host.listen(0, "127.0.0.1", () => done(undefined)));
  // Another host name than the worker's makes it another site.
  hostOrigin = `http://localhost:${/** @type {import("node:net").AddressInfo} */ (host.address()).port}`;
});
after(() => {
  host.close();
  return Promise.all([worker.stop(), apple.stop()]);
});

/** The README's snippet, for the worker under test. */
function snippet() {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const found = /<script src="https:\/\/[^"/]+\/embed\.js" async><\/script>/.exec(readme)?.[0];
  assert.ok(found, "the README shows the snippet");
  return found.replace(/https:\/\/[^"/]+/, worker.origin);
}

/** @param {string} scenario @param {string} level */
async function show(scenario, level) {
  await apple.show(scenario);
  await eventually(async () => (await status(worker.origin)).level === level, 5_000, scenario);
}

/** @param {WebDriver} driver @param {(driver: WebDriver) => Promise<void>} act */
async function withBrowser(driver, act) {
  try {
    await act(driver);
  } finally {
    await driver.quit();
  }
}

/** Goes into the widget's frame, through the element's shadow root. @param {WebDriver} driver */
async function enter(driver, index = 0) {
  await driver.wait(async () => driver.executeScript("return document.querySelectorAll('backup-check')[arguments[0]]?.shadowRoot?.querySelector('iframe') != null", index), 5_000);
  const frame = /** @type {import("selenium-webdriver").WebElement} */ (await driver.executeScript("return document.querySelectorAll('backup-check')[arguments[0]].shadowRoot.querySelector('iframe')", index));
  await driver.switchTo().frame(frame);
  await driver.wait(until.elementLocated(By.css("h1")), 10_000);
}

/** @param {WebDriver} driver @param {string} selector */
const text = async (driver, selector) => driver.findElement(By.css(selector)).getText();

test("the README's snippet shows the verdict on a page of another origin", async () => {
  await show("issue", "degraded");
  page.body = `<h1>Our support page</h1><p>Before.</p>${snippet()}<p id="after">After.</p>`;
  page.policy = "";
  await withBrowser(await openChromium({ phone: true }), async (driver) => {
    await driver.get(hostOrigin);
    await enter(driver);
    assert.equal(await text(driver, "h1"), "It’s Apple, not your iPhone");
    assert.match(await text(driver, ".verdict"), /Apple reports a problem with iCloud Backup since/);
    // Times are in the reader's own zone and words.
    assert.match(await text(driver, ".meta time"), /second|now/);
    const height = /** @type {number} */ (await driver.executeScript("return document.body.getBoundingClientRect().height"));
    await driver.switchTo().defaultContent();
    await driver.wait(async () => {
      const frame = /** @type {number} */ (await driver.executeScript("return document.querySelector('backup-check').shadowRoot.querySelector('iframe').getBoundingClientRect().height"));
      return Math.abs(frame - height) <= 1;
    }, 3_000, "the frame has the document's height");
    const facts = await driver.executeScript(`
      const element = document.querySelector("backup-check"), frame = element.shadowRoot.querySelector("iframe");
      return { title: frame.title, elements: document.querySelectorAll("backup-check").length, after: element.nextElementSibling.id,
        wide: document.documentElement.scrollWidth <= innerWidth, sandbox: frame.getAttribute("sandbox") }`);
    assert.deepEqual(facts, { title: "iCloud Backup check", elements: 1, after: "after", wide: true, sandbox: "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads" });
  });
});

test("it works on a page with a strict policy, twice, with a theme, and inserted late", async () => {
  await show("fine", "operational");
  page.policy = `default-src 'none'; script-src ${worker.origin}; frame-src ${worker.origin}`;
  page.body = `<backup-check theme="dark"></backup-check><backup-check theme="light"></backup-check>${snippet()}`;
  await withBrowser(await openChromium(), async (driver) => {
    await driver.get(hostOrigin);
    for (const [index, background] of /** @type {const} */ ([[0, "rgb(22, 22, 24)"], [1, "rgb(255, 255, 255)"]])) {
      await enter(driver, index);
      assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup");
      assert.equal(await driver.executeScript("return getComputedStyle(document.body).backgroundColor"), background);
      await driver.switchTo().defaultContent();
    }
    assert.equal(await driver.executeScript("return document.querySelectorAll('backup-check').length"), 2);
    await driver.executeScript("document.body.append(document.createElement('backup-check'))");
    await enter(driver, 2);
    assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup");
  });
});

test("with scripts off in the widget the steps are there", async () => {
  await show("fine", "operational");
  page.policy = "";
  page.body = `<iframe id="w" sandbox src="${worker.origin}/widget" width="100%" height="700"></iframe>`;
  await withBrowser(await openChromium({ phone: true }), async (driver) => {
    await driver.get(hostOrigin);
    await driver.switchTo().frame(driver.findElement(By.id("w")));
    await driver.wait(until.elementLocated(By.css("h1")), 10_000);
    assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup");
    const steps = await driver.findElements(By.css(".steps > li"));
    assert.ok(steps.length > 15);
    assert.match(await steps[0].getText(), /Check that iCloud Backup is on[\s\S]*Open Settings > \[your name\] > iCloud > iCloud Backup/);
    // Without script a step opens all the same.
    const third = steps[2].findElement(By.css("summary"));
    await third.click();
    assert.match(await steps[2].getText(), /enter the one you use now/);
    assert.match(await text(driver, ".meta"), /\d+ \w+ \d{4}, \d\d:\d\d · Source: Apple · Times are in UTC/);
  });
});

test("messages from others don't change the frame's height", async () => {
  await show("fine", "operational");
  page.policy = "";
  page.body = `${snippet()}<iframe id="other" srcdoc="<script>parent.postMessage({ type: 'backup-check:height', height: 11 }, '*')</script>"></iframe>`;
  await withBrowser(await openChromium(), async (driver) => {
    await driver.get(hostOrigin);
    await enter(driver);
    await driver.switchTo().defaultContent();
    const frame = "document.querySelector('backup-check').shadowRoot.querySelector('iframe')";
    await driver.wait(async () => (await driver.executeScript(`return ${frame}.style.height`)) !== "640px", 3_000);
    const height = await driver.executeScript(`return ${frame}.style.height`);
    await driver.executeScript("postMessage({ type: 'backup-check:height', height: 12 }, '*'); window[0].postMessage({ type: 'backup-check:height', height: 13 }, '*')");
    await driver.executeAsyncScript("setTimeout(arguments[0], 200)");
    assert.equal(await driver.executeScript(`return ${frame}.style.height`), height);
  });
});

test("no page says anything to the console, sets a cookie or asks another origin", async () => {
  await show("outage", "outage");
  page.policy = "";
  page.body = snippet();
  await withBrowser(await openChromium(), async (driver) => {
    for (const address of [hostOrigin, `${worker.origin}/`, `${worker.origin}/widget`]) {
      await driver.get(address);
      await driver.executeAsyncScript("setTimeout(arguments[0], 500)");
      const log = await driver.manage().logs().get("browser");
      assert.deepEqual(log.map((entry) => entry.message).filter((message) => !message.includes("favicon")), [], address);
      assert.deepEqual(await driver.manage().getCookies(), []);
      const resources = /** @type {string[]} */ (await driver.executeScript("return performance.getEntriesByType('resource').map((entry) => entry.name)"));
      for (const resource of resources) assert.ok(resource.startsWith(worker.origin) || resource.startsWith(hostOrigin), resource);
    }
  });
});

test("screenshots of the main states", async () => {
  const folder = process.env.SCREENSHOTS;
  page.policy = "";
  for (const [scenario, level] of [["fine", "operational"], ["issue", "degraded"], ["maintenance", "maintenance"], ["recovered", "operational"], ["unlisted", "unknown"]]) {
    await show(scenario, level);
    for (const look of [{ phone: true }, { phone: true, dark: true }, { width: 1100, height: 900 }, { width: 500, height: 900, narrow: true }]) {
      if (!folder && scenario !== "fine") continue; // one state proves that the picture can be taken
      await withBrowser(await openChromium(look), async (driver) => {
        page.body = `<div style="font-family:system-ui;${"dark" in look ? "background:#000;color:#eee;" : ""}${"narrow" in look ? "width:280px" : ""}">${snippet()}</div>`;
        await driver.get(hostOrigin);
        await enter(driver);
        const overflow = await driver.executeScript("return document.documentElement.scrollWidth > innerWidth");
        assert.equal(overflow, false, `${scenario} ${JSON.stringify(look)} is wider than its frame`);
        await driver.switchTo().defaultContent();
        await driver.executeAsyncScript("setTimeout(arguments[0], 300)");
        const picture = Buffer.from(await driver.takeScreenshot(), "base64");
        assert.ok(picture.length > 5_000);
        if (!folder) return;
        mkdirSync(folder, { recursive: true });
        const name = ["widget", scenario, "narrow" in look ? "narrow" : "phone" in look ? "phone" : "desktop", "dark" in look ? "dark" : "light"].join("-");
        writeFileSync(join(folder, `${name}.png`), picture);
      });
    }
  }
});
