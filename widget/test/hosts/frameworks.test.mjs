// @ts-check
// The widget in sites that frameworks have built: with the script and the element
// as their owners write them, and with their own routers and event handlers.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { By } from "selenium-webdriver";
import { engines } from "../engines.mjs";
import { enter, fixture, text, withBrowser, withoutFavicon } from "../fixture.mjs";
import { readerOf } from "../reader.mjs";
import { apps, buildApp, install, serve } from "./apps.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
before(install);

/**
 * The pages that have the widget, each in another way, by the text of the link to it; whether
 * their own handlers show its level and open it; and a page with the script alone.
 * @type {Record<string, {pages: string[], handlers: boolean, snippet?: boolean}>}
 */
const sites = {
  react: { pages: ["Help", "Import"], handlers: true, snippet: true },
  vue: { pages: ["Help"], handlers: true },
  next: { pages: ["Help", "Script", "Import"], handlers: true },
  vitepress: { pages: ["Help"], handlers: true },
  docusaurus: { pages: ["Help"], handlers: false, snippet: true },
  astro: { pages: ["Help"], handlers: true },
};
assert.deepEqual(Object.keys(sites), Object.keys(apps));

const elements = `return [...document.querySelectorAll("backup-check")].map((element) =>
  [element.parentNode.id, element.shadowRoot?.querySelectorAll("iframe").length])`;
/** The host page's console. React names its developer tools there. @param {WebDriver} driver */
const lines = async (driver) =>
  withoutFavicon(/** @type {string[]} */ (await driver.executeScript("return window.consoleLines"))).filter(
    (line) => !/^info: .*React DevTools/.test(line),
  );

/** Waits for the one widget, in its place. @param {WebDriver} driver @param {boolean} handlers @param {string} when */
async function isInPlace(driver, handlers, when) {
  const found = async () => JSON.stringify(await driver.executeScript(elements));
  await driver
    .wait(async () => (await found()) === '[["place",1]]', 10_000)
    .catch(async () => assert.fail(`${when}: ${await found()}, ${await lines(driver)}`));
  await enter(driver);
  assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup", when);
  assert.equal(await driver.executeScript("return document.documentElement.hasAttribute('data-compact')"), false, when);
  await driver.switchTo().defaultContent();
  if (!handlers) return;
  await driver
    .wait(async () => (await text(driver, "#level")) === "operational", 5_000)
    .catch(async () => assert.fail(`${when}: the page shows the level "${await text(driver, "#level")}"`));
}

/** Follows a link of the page by its router. @param {WebDriver} driver @param {string} name */
async function follow(driver, name) {
  await driver.executeScript("window.sameDocument = true");
  await driver.findElement(By.linkText(name)).click();
  const heading = "return document.querySelector('h1')?.textContent";
  const expected = name === "Home" ? "Home" : "Help";
  await driver.wait(
    async () => String(await driver.executeScript(heading)).startsWith(expected),
    5_000,
    `the page ${name}`,
  );
  assert.equal(await driver.executeScript("return window.sameDocument"), true, `${name}: by the router`);
}

for (const [name, { pages, handlers, snippet }] of Object.entries(sites))
  test(name, async (t) => {
    await env.show("fine");
    const site = await serve(await buildApp(name), env.worker.origin);
    t.after(site.stop);
    for (const engine of engines)
      await t.test(`${engine}: ${name}`, () =>
        withBrowser(engine, {}, async (driver) => {
          for (const page of pages) {
            // Once from the page itself, once from another one.
            await driver.get(`${site.origin}/${page.toLowerCase()}`);
            await isInPlace(driver, handlers, `${page}, loaded`);
            await follow(driver, "Home");
            assert.deepEqual(await driver.executeScript(elements), [], "it is gone with its page");
            await follow(driver, page);
            await isInPlace(driver, handlers, `${page}, come back to`);
            assert.deepEqual(await lines(driver), [], page);
            await driver.get(site.origin);
            for (const when of ["come to", "come to again"]) {
              await follow(driver, page);
              await isInPlace(driver, handlers, `${page}, ${when}`);
              if (when === "come to") await follow(driver, "Home");
            }
            if (handlers) {
              await driver.findElement(By.css("#open")).click();
              await enter(driver);
              assert.equal(await readerOf(driver).node(), "greyed-out");
              await driver.switchTo().defaultContent();
            }
            assert.deepEqual(await lines(driver), [], page);
          }
          if (!snippet) return;
          await driver.get(`${site.origin}/snippet`);
          await driver.wait(async () => (await lines(driver)).length > 0, 8_000, "a line in the console");
          assert.match((await lines(driver)).join("\n"), /^info: Backup Check: [^\n]*$/);
          assert.deepEqual(await driver.executeScript(elements), [], "the script alone has no place here");
        }),
      );
  });
