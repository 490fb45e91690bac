// @ts-check
// The widget in sites that frameworks have built: with the script and the element
// as their owners write them, and with their own routers and event handlers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By } from "selenium-webdriver";
import { engines } from "../engines.mjs";
import { fixture, withBrowser } from "../fixture.mjs";
import { apps, buildApp, install, serve } from "./apps.mjs";
import { click, isInPlace, levelShown, lines, openByButton, widgets } from "./page.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();

/**
 * The pages that have the widget, each in another way, by the text of the link to it; whether
 * their own handlers show its level and open it; and whether there is one with the script alone.
 * @type {Record<string, {pages: string[], handlers: boolean, script?: boolean}>}
 */
const sites = {
  react: { pages: ["Help", "Import"], handlers: true, script: true },
  vue: { pages: ["Help"], handlers: true },
  next: { pages: ["Help", "Script", "Import"], handlers: true },
  vitepress: { pages: ["Help"], handlers: true },
  docusaurus: { pages: ["Help"], handlers: false, script: true },
  astro: { pages: ["Help"], handlers: true },
};
assert.deepEqual(Object.keys(sites), Object.keys(apps));

/** Follows a link of the page by its router. @param {WebDriver} driver @param {string} name */
async function follow(driver, name) {
  await driver.executeScript("window.sameDocument = true");
  await click(driver, By.linkText(name));
  const heading = "return document.querySelector('h1')?.textContent ?? ''";
  const expected = name === "Home" ? "Home" : "Help";
  await driver.wait(
    async () => String(await driver.executeScript(heading)).startsWith(expected),
    5_000,
    `the page ${name}`,
  );
  assert.equal(await driver.executeScript("return window.sameDocument"), true, `${name}: by the router`);
}

for (const [name, { pages, handlers, script }] of Object.entries(sites))
  test(name, async (t) => {
    await install();
    await env.show("fine");
    const site = await serve(await buildApp(name), env.worker.origin);
    t.after(site.stop);
    for (const engine of engines)
      await t.test(`${engine}: ${name}`, () =>
        withBrowser(engine, {}, async (driver) => {
          /** @param {string} when */
          async function works(when) {
            await isInPlace(driver, when);
            if (handlers) await levelShown(driver, when);
          }
          for (const page of pages) {
            await driver.get(`${site.origin}/${page.toLowerCase()}`);
            await works(`${page}, loaded`);
            await follow(driver, "Home");
            assert.deepEqual(await widgets(driver), [], "it is gone with its page");
            await follow(driver, page);
            await works(`${page}, come back to`);
            assert.deepEqual(await lines(driver), [], page);

            await driver.get(site.origin);
            await follow(driver, page);
            await works(`${page}, come to from another one`);
            if (handlers) await openByButton(driver);
            assert.deepEqual(await lines(driver), [], page);
          }
          if (!script) return;
          await driver.get(`${site.origin}/snippet`);
          await driver.wait(async () => (await lines(driver)).length > 0, 8_000, "a line in the console");
          assert.match((await lines(driver)).join("\n"), /^info: Backup Check: [^\n]*$/);
          assert.deepEqual(await widgets(driver), [], "the script alone has no place here");
        }),
      );
  });
