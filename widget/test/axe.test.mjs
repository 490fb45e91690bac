// @ts-check
// The widget violates no rule of axe in any state.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { violations } from "./axe.mjs";
import { emulate, unfold } from "./emulate.mjs";
import { enter, scenarios, assertShows, fixture, withBrowser } from "./fixture.mjs";

const env = fixture();
const looks = [280, 390].flatMap((width) => [false, true].map((dark) => ({ width, dark })));

test("axe finds a violation", async () => {
  env.page = { policy: "default-src 'none'", body: "<img src='data:,'><a href='/'></a>" };
  await withBrowser("chromium", {}, async (driver) => {
    await driver.get(env.host);
    const found = await violations(driver);
    for (const rule of ["image-alt", "link-name", "page-has-heading-one"])
      assert.ok(
        found.some((line) => line.startsWith(rule)),
        rule,
      );
  });
});

test("axe finds no violation in any state of the widget, narrow or not, light or dark", async (t) => {
  await withBrowser("chromium", { phone: true }, async (driver) => {
    for (const scenario of Object.keys(scenarios)) {
      await t.test(scenario, async () => {
        await env.show(scenario);
        await driver.get(env.address(scenario));
        await assertShows(driver, scenario);
        await unfold(driver);
        /** @type {Record<string, string[]>} */
        const found = {};
        for (const look of looks) {
          await emulate(driver, look);
          assert.deepEqual(
            await driver.executeScript(
              "return { width: innerWidth, dark: getComputedStyle(document.body).backgroundColor === 'rgb(22, 22, 24)' }",
            ),
            look,
          );
          for (const line of await violations(driver))
            (found[line] ??= []).push(`${look.width} px ${look.dark ? "dark" : "light"}`);
        }
        assert.deepEqual(found, {});
      });
    }
  });
});

test("axe finds no violation on the landing page and in its widget", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(`${env.worker.origin}/`);
    for (const look of looks) {
      await emulate(driver, look);
      assert.deepEqual(await violations(driver), [], `${JSON.stringify(look)}, the page`);
      await enter(driver);
      await unfold(driver);
      assert.deepEqual(await violations(driver), [], `${JSON.stringify(look)}, the widget`);
      await driver.switchTo().defaultContent();
    }
  });
});

// Chromium has more of this above.
for (const engine of /** @type {const} */ (["webkit", "firefox"]))
  for (const dark of [false, true]) {
    test(`${engine}: axe finds no violation when it is ${dark ? "dark" : "light"}`, async (t) => {
      await withBrowser(engine, { phone: true, dark }, async (driver) => {
        for (const scenario of ["fine", "issue", "unlisted"]) {
          await t.test(scenario, async () => {
            await env.show(scenario);
            for (const width of [280, 390]) {
              // No window of it is that narrow, but a frame can be.
              env.page = {
                policy: "",
                body: `<iframe id="w" title="Widget" style="width:${width}px;height:3000px;border:0" src="${env.address(scenario)}"></iframe>`,
              };
              await driver.get(env.host);
              await driver.switchTo().frame(driver.findElement(By.id("w")));
              await driver.wait(until.elementLocated(By.css("h1")), 10_000);
              await assertShows(driver, scenario);
              assert.deepEqual(
                await driver.executeScript(
                  "return { width: innerWidth, dark: getComputedStyle(document.body).backgroundColor === 'rgb(22, 22, 24)' }",
                ),
                { width, dark },
              );
              await unfold(driver);
              assert.deepEqual(await violations(driver), [], `${width} px`);
              await driver.switchTo().defaultContent();
            }
          });
        }
      });
    });
  }
