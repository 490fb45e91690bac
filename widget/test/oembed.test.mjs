// @ts-check
// The widget where editors strip scripts: WordPress' embed of a bare address, a
// plain frame, and a frame of the landing page's address.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { json } from "../../wasm/edge/test/harness.mjs";
import { engines } from "./engines.mjs";
import { fixture, text, withBrowser } from "./fixture.mjs";
import { readerOf } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
const fine = "Apple reports no problem with iCloud Backup";
const SECRET = "a1B2c3D4e5";

/** What WordPress leaves of the HTML of an unknown site's answer, and adds. @param {string} html */
function filtered(html) {
  const quote = /<blockquote[^>]*>(.*?)<\/blockquote>/.exec(html)?.[1] ?? assert.fail(html);
  const iframe = /<iframe[^>]*>/.exec(html)?.[0] ?? assert.fail(html);
  const attributes = ["title", "width", "height"].map((name) => new RegExp(` ${name}="[^"]*"`).exec(iframe)?.[0]);
  const source = / src="([^"]*)"/.exec(iframe)?.[1];
  return `<blockquote class="wp-embedded-content" data-secret="${SECRET}">${quote}</blockquote>
    <iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" style="position: absolute; visibility: hidden" src="${source}#?secret=${SECRET}" data-secret="${SECRET}"${attributes.join("")}></iframe>`;
}

/** What WordPress does with the frame's messages, and when it starts to. @param {number} after milliseconds */
const listener = (after) => `<script>
  const frame = document.querySelector("iframe");
  setTimeout(() => {
    addEventListener("message", ({ data, source }) => {
      if (data?.secret !== frame.dataset.secret || source !== frame.contentWindow) return;
      document.querySelector("blockquote").style.display = "none";
      frame.removeAttribute("style");
      if (data.message === "height") frame.height = Math.min(1000, Math.max(200, parseInt(data.value, 10)));
      if (data.message === "link" && new URL(data.value).host === new URL(frame.src).host && document.activeElement === frame)
        top.location.href = data.value;
    });
    frame.contentWindow.postMessage({ message: "ready", secret: frame.dataset.secret }, "*");
  }, ${after});
</script>`;

/** Opens the host page, and goes into its frame. @param {WebDriver} driver @param {string} body */
async function openFrame(driver, body) {
  env.page = { policy: "", body };
  await driver.get(env.host);
  await driver.switchTo().frame(driver.findElement(By.css("iframe")));
  await driver.wait(until.elementLocated(By.css("h1")), 10_000);
}

/** Waits until the frame, in which the driver is, is as high as its content, within the limits. @param {WebDriver} driver @param {string} what */
async function heightFollows(driver, what) {
  const heights = async () =>
    /** @type {[number, number]} */ (
      await driver.executeScript("return [innerHeight, Math.ceil(document.body.getBoundingClientRect().height)]")
    );
  await driver
    .wait(async () => {
      const [frame, content] = await heights();
      return frame === Math.min(1000, Math.max(200, content));
    }, 5_000)
    .catch(async () => assert.fail(`${what}: ${await heights()}`));
  return (await heights())[0];
}

/** The sentence about what doesn't work here. */
const notice = "p:has(+ [data-languages])";

for (const engine of engines) {
  test(`${engine}: WordPress shows the embedded address at its height, and what its sandbox prevents is said`, async () => {
    await env.show("fine");
    const { html } = await json(`${env.worker.origin}/oembed?url=${env.worker.origin}/widget&maxwidth=500`);
    await withBrowser(engine, {}, async (driver) => {
      await openFrame(driver, `<main style="width:600px">${filtered(html)}</main>${listener(0)}`);
      assert.equal(await text(driver, "h1"), fine);
      assert.equal(await heightFollows(driver, "the first page"), 1000);
      await driver.wait(until.elementLocated(By.css(notice)), 10_000);
      const sentence = await text(driver, notice);
      assert.match(sentence, /links may not open, and your answers are lost/);
      assert.ok(sentence.endsWith(` ${env.worker.origin}/widget`), sentence);

      const reader = readerOf(driver);
      assert.equal(await reader.begin("not-enough-storage"), "backup-on");
      await heightFollows(driver, "a step");
      assert.equal(await reader.choose("is-on"), "compare-storage");
      await heightFollows(driver, "the next step");
      assert.equal(await reader.back(), "backup-on");
      await heightFollows(driver, "the step before");

      // A link to Apple can't open, so its address can be copied.
      const link = driver.findElement(By.css(".sequence a[target]"));
      const address = await link.getAttribute("href");
      await driver.executeScript("arguments[0].click()", link);
      assert.equal(await text(driver, ".sequence a[target] + code"), address);

      // The widget's own address opens in place of the page, which doesn't learn the
      // answers. A reader's tap focuses the frame; WebKit's driver doesn't, nor does it
      // scroll the page to the link.
      await driver.switchTo().defaultContent();
      await driver.executeScript("document.querySelector('iframe').focus()");
      await driver.switchTo().frame(0);
      await driver.executeScript("document.querySelector(arguments[0]).click()", `${notice} a`);
      await driver.switchTo().defaultContent();
      await driver.wait(until.urlIs(`${env.worker.origin}/widget`), 5_000);
      await driver.wait(until.elementLocated(By.css("[data-language]")), 10_000);
      assert.equal((await driver.findElements(By.css(notice))).length, 0);
    });
  });

  test(`${engine}: WordPress' script may come later than the widget, and limits the height`, async () => {
    await env.show("fine");
    const { html } = await json(`${env.worker.origin}/oembed?url=/widget`);
    await withBrowser(engine, {}, async (driver) => {
      await openFrame(driver, filtered(html) + listener(2_000));
      await driver.wait(until.elementLocated(By.css(notice)), 10_000);
      await driver.switchTo().defaultContent();
      assert.ok(await driver.findElement(By.css("blockquote a")).isDisplayed(), "until then there is a link");
      await driver.wait(until.elementIsVisible(driver.findElement(By.css("iframe"))), 5_000);
      assert.equal(await driver.findElement(By.css("blockquote")).isDisplayed(), false);
      await driver.switchTo().frame(0);
      await heightFollows(driver, "the first page");
      await driver.executeScript("for (const details of document.querySelectorAll('details')) details.open = true");
      assert.equal(await heightFollows(driver, "all steps"), 1000);
      await driver.executeScript("document.querySelector('[data-plain]').hidden = true");
      const height = await heightFollows(driver, "the verdict");
      assert.ok(height > 200 && height < 700, String(height));
    });
  });

  test(`${engine}: a plain frame works, with a sandbox that allows links too`, async () => {
    await env.show("fine");
    const frame = `<iframe src="${env.worker.origin}/widget" title="iCloud Backup check" width="560" height="640" style="border:0;width:100%;max-width:560px" allow="clipboard-write; web-share" loading="lazy"></iframe>`;
    await withBrowser(engine, {}, async (driver) => {
      await openFrame(driver, frame);
      const reader = readerOf(driver);
      await reader.begin("not-enough-storage");
      assert.equal((await driver.findElements(By.css(notice))).length, 0);
      await openFrame(driver, frame); // the answers are saved
      assert.equal(await reader.node(), "backup-on");

      await openFrame(driver, frame.replace("<iframe", '<iframe sandbox="allow-scripts allow-popups"'));
      await driver.wait(until.elementLocated(By.css(notice)), 10_000);
      const links = await driver.findElements(By.css("a[target]"));
      for (const link of links) if (await link.isDisplayed()) await link.click();
      await driver.wait(async () => (await driver.getAllWindowHandles()).length > 1, 5_000, "a new tab");
      assert.equal((await driver.findElements(By.css("code"))).length, 0);
    });
  });

  test(`${engine}: a frame of the landing page shows the widget, also after a visit there`, async () => {
    await env.show("fine");
    await withBrowser(engine, {}, async (driver) => {
      for (const [address, shown] of [
        ["/", "/widget"],
        ["/?lang=de&theme=dark", "/widget?lang=de&theme=dark"],
      ]) {
        await driver.get(env.worker.origin + address);
        assert.equal((await driver.findElements(By.css("backup-check"))).length, 1);
        await openFrame(driver, `<iframe src="${env.worker.origin}${address}" width="560" height="640"></iframe>`);
        assert.equal(await driver.executeScript("return location.pathname + location.search"), shown);
        assert.equal((await driver.findElements(By.css("[data-symptom]"))).length > 3, true);
        await driver.switchTo().defaultContent();
      }
    });
  });
}
