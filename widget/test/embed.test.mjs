// @ts-check
// The element that pages embed: its attributes, events and methods, and the
// places where it must work.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { engines } from "./engines.mjs";
import { enter, scrollHostTo, fixture, text, withBrowser } from "./fixture.mjs";
import { readerOf } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();

// Records the element's events.
const eventRecorder = `<script>
  window.recorded = [];
  for (const type of ["status", "step", "done"]) addEventListener("backup-check:" + type, (event) => recorded.push([type, event.detail]));
</script>`;

const room = (/** @type {number} */ height) => `<div style="height:${height}px"></div>`;
/** A page with a lot of content around the widget, and a sticky header. @param {string} element */
const longPage = (element) =>
  `<style>html { scroll-padding-top: 60px }</style><header style="position:fixed;top:0;width:100%;height:60px;background:silver"></header>${room(700)}${element}${room(3000)}${env.snippet()}`;

/** Where an element of the widget's, in which the driver is and stays, begins on the reader's screen. @param {WebDriver} driver @param {string} selector */
async function place(driver, selector) {
  await driver.switchTo().defaultContent();
  const frame = /** @type {number} */ (
    await driver.executeScript("return document.querySelector('backup-check').getBoundingClientRect().top")
  );
  await enter(driver);
  return (
    frame +
    /** @type {number} */ (
      await driver.executeScript("return document.querySelector(arguments[0]).getBoundingClientRect().top", selector)
    )
  );
}

/** Waits until it is in view, below the page's header. @param {WebDriver} driver @param {string} selector */
async function seen(driver, selector) {
  let at = NaN;
  await driver
    .wait(async () => (at = await place(driver, selector)) >= 59 && at < 700, 3_000)
    .catch(() => assert.fail(`${selector} begins at ${at}`));
}

for (const engine of engines) {
  test(`${engine}: attributes reach the widget, and the page receives events of progress without the answers`, async () => {
    await env.show("fine");
    env.page = {
      policy: "",
      body: `${eventRecorder}<backup-check symptom="stuck-estimating" accent="#b00020" compact theme="light" style="--backup-check-paper:#fffbe6;--backup-check-radius:3px;--backup-check-ink:red"></backup-check>${env.snippet()}`,
    };
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
      const reader = readerOf(driver);
      assert.equal(await reader.node(), "stuck");
      assert.equal(
        await driver.executeScript(
          "return getComputedStyle(document.querySelector('.choices .primary')).backgroundColor",
        ),
        "rgb(176, 0, 32)",
      );
      assert.deepEqual(
        await driver.executeScript(
          "const s = document.documentElement.style; return [s.getPropertyValue('--paper'), s.getPropertyValue('--radius'), s.getPropertyValue('--ink')]",
        ),
        ["#fffbe6", "3px", ""],
      );
      assert.equal(await reader.choose("leave-it"), "wait-day");
      await driver.switchTo().defaultContent();
      await driver.wait(
        async () =>
          /** @type {any} */ (await driver.executeScript("return recorded.some(([type]) => type === 'done')")),
        3_000,
      );
      const events = /** @type {[string, object][]} */ (await driver.executeScript("return recorded"));
      assert.deepEqual(events[0], ["status", { level: "operational" }]);
      assert.deepEqual(events[events.length - 1], ["done", { fixed: false }]);
      assert.doesNotMatch(JSON.stringify(events), /stuck|leave|night/);
      // Started over by the page, it is compact: without the list of all steps.
      await driver.executeScript("document.querySelector('backup-check').reset()");
      await enter(driver);
      await driver.wait(async () => (await driver.findElements(By.css(".sequence"))).length === 0, 3_000);
      assert.equal(await driver.findElement(By.css("[data-steps]")).isDisplayed(), false);
      assert.equal(await driver.findElement(By.css("a[data-symptom]")).isDisplayed(), true);
      await driver.switchTo().defaultContent();
      await driver.executeScript("document.querySelector('backup-check').open('greyed-out')");
      await enter(driver);
      assert.equal(await reader.node(), "greyed-out");
    });
  });

  test(`${engine}: after a reset the page's next open begins anew, also on a later visit`, async () => {
    await env.show("fine");
    env.page = { policy: "", body: env.snippet() };
    await withBrowser(engine, {}, async (driver) => {
      const reader = readerOf(driver);
      await driver.get(env.host);
      await enter(driver);
      assert.equal(await reader.begin("something-else", "stuck-estimating"), "stuck");
      assert.equal(await reader.choose("nothing-moved"), "restart");
      await driver.get(env.host);
      await enter(driver);
      assert.equal(await reader.node(), "restart", "the later visit resumes");
      await driver.switchTo().defaultContent();
      await driver.executeScript(
        "const widget = document.querySelector('backup-check'); widget.reset(); widget.open('greyed-out')",
      );
      await enter(driver);
      await driver.wait(async () => (await reader.node()) !== "restart", 5_000, "another screen");
      assert.equal(await reader.node(), "greyed-out");
    });
  });

  test(`${engine}: the frame's title follows the language, and is English for an unknown one`, async () => {
    await env.show("fine");
    env.page = { policy: "", body: `<backup-check lang="xx-Latn"></backup-check>${env.snippet()}` };
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      await driver.switchTo().defaultContent();
      const title = "return document.querySelector('backup-check').shadowRoot.querySelector('iframe').title";
      const wanted = "iCloud Backup: is it Apple or my iPhone?";
      await driver.wait(async () => (await driver.executeScript(title)) === wanted, 5_000, "the document's title");
    });
  });

  test(`${engine}: invalid attributes have no effect`, async () => {
    await env.show("fine");
    env.page = {
      policy: "",
      body: `<backup-check symptom="<b>&s=1AAAA" accent="red;} body{display:none" theme="pink" lang="../x"></backup-check>${env.snippet()}`,
    };
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup");
      assert.equal(
        await driver.executeScript("return document.documentElement.style.getPropertyValue('--accent')"),
        "",
      );
      assert.equal(await driver.executeScript("return document.body.innerHTML.includes('s=1AAAA')"), false);
    });
  });

  test(`${engine}: inside another shadow root, at 280 px, and moved`, async () => {
    await env.show("issue");
    env.page = {
      policy: "",
      body: `<div id="room" style="width:280px"></div><div id="other"></div>${env.snippet().replace("async", "data-x async")}<script>
      document.getElementById("room").attachShadow({ mode: "open" }).innerHTML = "<backup-check></backup-check>";
      document.getElementById("other").append(document.createElement("backup-check"));</script>`,
    };
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.host);
      const inside = "document.getElementById('room').shadowRoot.querySelector('backup-check')";
      await driver.wait(
        async () =>
          driver.executeScript(
            `return ${inside}?.shadowRoot?.querySelector('iframe')?.style.height > '' && ${inside}.shadowRoot.querySelector('iframe').style.height !== Math.max(640, innerHeight) + 'px'`,
          ),
        10_000,
      );
      await driver.switchTo().frame(await driver.executeScript(`return ${inside}.shadowRoot.querySelector('iframe')`));
      assert.equal(await text(driver, "h1"), "It’s Apple, not your iPhone");
      assert.equal(
        await driver.executeScript("return document.documentElement.scrollWidth <= innerWidth && innerWidth === 280"),
        true,
      );
      await driver.switchTo().defaultContent();
      // Moved in the page it loads again, and still posts its height.
      await driver.executeScript("document.body.append(document.querySelector('#other backup-check'))");
      await driver.executeScript("document.querySelector('body > backup-check').scrollIntoView()");
      const moved = "document.querySelector('body > backup-check').shadowRoot.querySelector('iframe')";
      await driver.wait(
        async () => driver.executeScript(`return ${moved}.style.height !== Math.max(640, innerHeight) + 'px'`),
        10_000,
      );
    });
  });

  test(`${engine}: the next screen is in view, and the page scrolls only after an action of the reader`, async () => {
    await env.show("fine");
    env.page = { policy: "", body: longPage('<backup-check symptom="not-enough-storage"></backup-check>') };
    await withBrowser(engine, { phone: true }, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
      const reader = readerOf(driver);
      assert.equal(await reader.node(), "backup-on");
      await driver.executeAsyncScript("setTimeout(arguments[0], 200)");
      assert.equal(
        await driver.executeScript("return document.activeElement.tagName"),
        "BODY",
        "the focus stays where it is",
      );
      await driver.switchTo().defaultContent();
      assert.equal(await driver.executeScript("return scrollY"), 0, "a reader of something else isn't disturbed");
      await enter(driver);
      await scrollHostTo(driver, ".sequence > .choices button");
      assert.ok((await place(driver, ".sequence")) < 60, "the step's beginning is out of view");
      assert.equal(await reader.choose("is-on"), "compare-storage");
      await seen(driver, ".sequence");
      await scrollHostTo(driver, ".bar button");
      await reader.press("restart");
      await driver.wait(until.elementLocated(By.css("[data-plain] a")), 3_000);
      await seen(driver, "[data-plain]");
    });
  });

  test(`${engine}: without WebAssembly, as in Lockdown Mode, a symptom leads to its plain step`, async () => {
    await env.show("fine");
    env.page = { policy: "", body: longPage("<backup-check compact></backup-check>") };
    await withBrowser(engine, { phone: true, lockdown: true }, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      assert.equal(await driver.executeScript("return typeof WebAssembly"), "undefined");
      const [link, step] = /** @type {[string, string]} */ (
        await driver.executeScript(
          "const link = [...document.querySelectorAll('a[data-symptom]')].at(-1); return [link.dataset.symptom, document.querySelector(link.hash).closest('li').id]",
        )
      );
      await scrollHostTo(driver, `a[data-symptom=${link}]`);
      await driver.findElement(By.css(`a[data-symptom=${link}]`)).click();
      await driver.wait(async () => driver.findElement(By.css(`#${step} > details`)).getAttribute("open"), 3_000);
      await seen(driver, `#${step}`);
      assert.equal(await driver.executeScript("return document.activeElement.closest('li').id"), step);
    });
  });

  test(`${engine}: the connection is measured when the reader requests it, and a backup's duration is estimated`, async () => {
    await env.show("fine");
    await withBrowser(engine, { phone: true }, async (driver) => {
      await driver.get(`${env.address("fine")}#symptom=stuck-estimating`);
      await driver.wait(until.elementLocated(By.css(".check > summary")), 15_000);
      await driver.findElement(By.css(".check > summary")).click();
      await driver.findElement(By.css("[data-action=measure]")).click();
      await driver.wait(async () => /0% of the requests were lost/.test(await text(driver, ".check")), 15_000);
      assert.match(await text(driver, ".check"), /Upload: about [\d.,]+ Mbit\/s/);
      await driver.findElement(By.css(".check input")).sendKeys("12,5");
      await driver.wait(
        async () => /At this speed the backup takes (about|less)/.test(await text(driver, ".check")),
        3_000,
      );
    });
  });
}
