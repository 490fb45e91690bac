// @ts-check
// The widget in WordPress: in an administrator's HTML block and classic content, and
// as the address alone of an author, from whose posts WordPress strips scripts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { engines } from "../engines.mjs";
import { fixture, text, withBrowser } from "../fixture.mjs";
import { isInPlace, lines, widgets } from "./page.mjs";
import { startWordPress } from "./wordpress.mjs";

const env = fixture();

test("WordPress", async (t) => {
  await env.show("fine");
  const wordpress = await startWordPress(env.worker.origin);
  t.after(wordpress.stop);
  for (const engine of engines)
    await t.test(`${engine}: WordPress`, () =>
      withBrowser(engine, {}, async (driver) => {
        for (const name of ["element", "script", "stack", "classic", "multiline"]) {
          await driver.get(wordpress.pages[name]);
          await isInPlace(driver, name);
          const width = Number(await driver.executeScript("return document.querySelector('backup-check').offsetWidth"));
          assert.ok(width >= 560, `${name}: ${width} pixels wide`);
          assert.deepEqual(await lines(driver), [], name);
        }
        await driver.get(wordpress.pages.stripped);
        assert.equal(await text(driver, "#place"), "Support");
        assert.deepEqual(await widgets(driver), []);

        for (const name of ["site", "widget"]) {
          await driver.get(wordpress.pages[name]);
          const frame = await driver.wait(until.elementLocated(By.css(".wp-block-embed iframe")), 10_000, name);
          // WordPress hides the frame until it has got a message from it.
          await driver.wait(async () => !(await frame.getAttribute("style")), 5_000, `${name}: the frame is shown`);
          await driver.switchTo().frame(frame);
          assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup", name);
          const fits = "return innerHeight >= Math.min(1000, Math.floor(document.body.getBoundingClientRect().height))";
          await driver.wait(() => driver.executeScript(fits), 5_000, `${name}: the frame's height follows its content`);
          await driver.switchTo().defaultContent();
          assert.deepEqual(await lines(driver), [], name);
        }
      }),
    );
});
