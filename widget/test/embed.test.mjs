// @ts-check
// The element that pages embed: attributes, events, methods, and places where
// it has to work.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { engines } from "./engines.mjs";
import { enter, scrollHostTo, fixture, text, withBrowser } from "./fixture.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();

// Keeps what the element tells the page.
const listening = `<script>
  window.told = [];
  for (const type of ["status", "step", "done"]) addEventListener("backup-check:" + type, (event) => told.push([type, event.detail]));
</script>`;

const room = (/** @type {number} */ height) => `<div style="height:${height}px"></div>`;
/** A page with a lot around the widget, and a header that stays. @param {string} element */
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
  test(`${engine}: attributes reach the widget, and the page hears of progress but not of answers`, async () => {
    await env.show("fine");
    env.page = {
      policy: "",
      body: `${listening}<backup-check symptom="stuck-estimating" accent="#b00020" compact theme="light" style="--backup-check-paper:#fffbe6;--backup-check-radius:3px;--backup-check-ink:red"></backup-check>${env.snippet()}`,
    };
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
      assert.equal(await text(driver, ".sequence h2"), "If it seems stuck, give it a night");
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
      await driver.findElement(By.css(".choices .primary")).click();
      await driver.switchTo().defaultContent();
      await driver.wait(
        async () => /** @type {any} */ (await driver.executeScript("return told.some(([type]) => type === 'done')")),
        3_000,
      );
      const told = /** @type {[string, object][]} */ (await driver.executeScript("return told"));
      assert.deepEqual(told[0], ["status", { level: "operational" }]);
      assert.deepEqual(told[told.length - 1], ["done", { fixed: false }]);
      assert.doesNotMatch(JSON.stringify(told), /stuck|leave|night/);
      // Started over by the page, it is compact: without the list of all steps.
      await driver.executeScript("document.querySelector('backup-check').reset()");
      await enter(driver);
      await driver.wait(async () => (await driver.findElements(By.css(".sequence"))).length === 0, 3_000);
      assert.equal(await driver.findElement(By.css("[data-steps]")).isDisplayed(), false);
      assert.equal(await driver.findElement(By.css("a[data-symptom]")).isDisplayed(), true);
      await driver.switchTo().defaultContent();
      await driver.executeScript("document.querySelector('backup-check').open('greyed-out')");
      await enter(driver);
      await driver.wait(until.elementLocated(By.css(".sequence h2")), 5_000);
      assert.equal(await text(driver, ".sequence h2"), "If the switch or button is grey, find out why");
    });
  });

  test(`${engine}: nonsense in attributes does no harm`, async () => {
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
      assert.equal(await driver.executeScript("return document.querySelectorAll('b').length"), 0);
    });
  });

  test(`${engine}: inside somebody's shadow root, at 280 px, and moved`, async () => {
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
      // Moved in the page it loads anew, and still tells its height.
      await driver.executeScript("document.body.append(document.querySelector('#other backup-check'))");
      await driver.executeScript("document.querySelector('body > backup-check').scrollIntoView()");
      const moved = "document.querySelector('body > backup-check').shadowRoot.querySelector('iframe')";
      await driver.wait(
        async () => driver.executeScript(`return ${moved}.style.height !== Math.max(640, innerHeight) + 'px'`),
        10_000,
      );
    });
  });

  test(`${engine}: what comes next is in view, and only who asked is led to it`, async () => {
    await env.show("fine");
    env.page = { policy: "", body: longPage('<backup-check symptom="not-enough-storage"></backup-check>') };
    await withBrowser(engine, { phone: true }, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
      const began = await text(driver, ".sequence h2");
      await driver.executeAsyncScript("setTimeout(arguments[0], 200)");
      assert.equal(
        await driver.executeScript("return document.activeElement.tagName"),
        "BODY",
        "the focus stays where it is",
      );
      await driver.switchTo().defaultContent();
      assert.equal(await driver.executeScript("return scrollY"), 0, "who reads something else is left alone");
      await enter(driver);
      await scrollHostTo(driver, ".sequence > .choices button");
      assert.ok((await place(driver, ".sequence")) < 60, "the step's beginning is out of view");
      await driver.findElement(By.css(".sequence > .choices button:last-child")).click();
      await driver.wait(async () => (await text(driver, ".sequence h2")) !== began, 3_000);
      await seen(driver, ".sequence");
      await scrollHostTo(driver, ".bar button");
      await driver.findElement(By.xpath("//button[.='Start over']")).click();
      await driver.wait(until.elementLocated(By.css("[data-plain] a")), 3_000);
      await seen(driver, "[data-plain]");
    });
  });

  test(`${engine}: without WebAssembly, as in Lockdown Mode, a symptom leads to its step in plain words`, async () => {
    await env.show("fine");
    env.page = { policy: "", body: longPage("<backup-check compact></backup-check>") };
    await withBrowser(engine, { phone: true, lockdown: true }, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      assert.equal(await driver.executeScript("return typeof WebAssembly"), "undefined");
      const [link, step] = /** @type {[string, string]} */ (
        await driver.executeScript(
          "const link = [...document.querySelectorAll('a[data-symptom]')].at(-3); return [link.dataset.symptom, document.querySelector(link.hash).closest('li').id]",
        )
      );
      await scrollHostTo(driver, `a[data-symptom=${link}]`);
      await driver.findElement(By.css(`a[data-symptom=${link}]`)).click();
      await driver.wait(async () => driver.findElement(By.css(`#${step} > details`)).getAttribute("open"), 3_000);
      await seen(driver, `#${step}`);
      assert.equal(await driver.executeScript("return document.activeElement.closest('li').id"), step);
    });
  });

  test(`${engine}: the connection is measured when the reader asks, and a backup's time is told`, async () => {
    await env.show("fine");
    await withBrowser(engine, { phone: true }, async (driver) => {
      await driver.get(`${env.address("fine")}#symptom=stuck-estimating`);
      await driver.wait(until.elementLocated(By.css(".check > summary")), 15_000);
      await driver.findElement(By.css(".check > summary")).click();
      await driver.findElement(By.css(".check button")).click();
      await driver.wait(async () => /0% of the requests were lost/.test(await text(driver, ".check")), 15_000);
      assert.match(await text(driver, ".check"), /Upload: about [\d.,]+ Mbit\/s/);
      await driver.findElement(By.css(".check input")).sendKeys("12,5");
      await driver.wait(async () => /At this speed the backup takes about/.test(await text(driver, ".check")), 3_000);
    });
  });
}
