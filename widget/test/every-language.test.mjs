// @ts-check
// Every document and every screen of the sequence fits a narrow column in each
// language, right to left where it is read so; and axe finds nothing in two of
// the languages that differ most from English.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { root } from "../../wasm/edge/test/harness.mjs";
import { violations } from "./axe.mjs";
import { unfold } from "./emulate.mjs";
import { engines } from "./engines.mjs";
import { assertShows, enter, fixture, painted, withBrowser } from "./fixture.mjs";
import { overflowing } from "./overflow.mjs";
import { waysToScreens } from "./walk.mjs";

const env = fixture();
const folder = join(root, "widget/locale");
const languages = readdirSync(folder).flatMap((name) => /^([\w-]+)\.json$/.exec(name)?.[1] ?? []);

/** The texts of a language. @param {string} tag @returns {Record<string, string>} */
const textsOf = (tag) => JSON.parse(readFileSync(join(folder, `${tag}.json`), "utf8"));

/**
 * Shows every screen of the sequence, one after the other as another tab of the
 * browser would, and looks at each: by one script, since there are a thousand.
 */
const everyScreen = `
  const [ways, done] = [arguments[0], arguments[1]];
  const look = () => { ${overflowing} };
  const found = {}, shown = new Set();
  const turn = () => new Promise((next) => requestAnimationFrame(() => next()));
  (async () => {
    for (const [node, [session, behind]] of Object.entries(ways)) {
      localStorage.setItem("backup-check", JSON.stringify({ ...JSON.parse(localStorage.getItem("backup-check") ?? "{}"), form: 1, session, at: Date.now(), times: [], tab: "another", page: "something-else" }));
      dispatchEvent(new StorageEvent("storage", { key: "backup-check" }));
      if (behind) {
        for (const box of document.querySelectorAll(".confirm input")) box.click();
        document.querySelector('.sequence > .choices [data-choice="continue"]')?.click();
      }
      for (let n = 0; n < 60 && document.querySelector(".sequence")?.dataset.node !== node; n++) await turn();
      if (document.querySelector(".sequence")?.dataset.node !== node) { found[node] = ["isn't shown"]; continue; }
      for (const element of document.querySelectorAll("details")) element.open = true;
      shown.add(node);
      const out = look();
      if (out.length) found[node] = out;
    }
    done({ found, shown: shown.size });
  })().catch((error) => done({ found: { script: [String(error)] }, shown: 0 }));`;

for (const engine of engines)
  test(`${engine}: every document and every screen fits 280 px in each language`, async () => {
    await withBrowser(engine, {}, async (driver) => {
      await driver.manage().setTimeouts({ script: 60_000 });
      /** Opens an address in a narrow frame of a page. @param {string} address */
      const openNarrow = async (address) => {
        env.page = {
          policy: "",
          body: `<iframe title="narrow" width="280" height="900" style="border:0" src="${address}"></iframe>`,
        };
        await driver.get(`${env.host}/?${encodeURIComponent(address)}`);
        await driver.switchTo().frame(0);
      };
      for (const scenario of ["outage", "recovered", "fine"]) {
        await env.show(scenario);
        for (const tag of languages) {
          await openNarrow(`${env.address(scenario)}&lang=${tag}`);
          if (tag === "en") await assertShows(driver, scenario);
          const state = await driver.executeScript(
            "const { lang, dir } = document.documentElement; return { lang, rtl: getComputedStyle(document.body).direction === 'rtl' };",
          );
          assert.deepEqual(state, { lang: tag, rtl: textsOf(tag)["language.dir"] === "rtl" });
          await unfold(driver);
          assert.deepEqual(await driver.executeScript(overflowing), [], `${tag}, ${scenario}`);
        }
      }
      for (const tag of languages) {
        await openNarrow(`${env.worker.origin}/widget/messages?lang=${tag}`);
        await unfold(driver);
        assert.deepEqual(await driver.executeScript(overflowing), [], `${tag}, all steps`);

        await openNarrow(`${env.address("fine")}&lang=${tag}#symptom=something-else`);
        await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
        await driver.wait(() => driver.executeScript("return !document.querySelector('section[data-from]')"), 15_000);
        const ways = Object.entries(await waysToScreens(driver)).filter(
          ([node]) => node !== "symptom" && node !== "wait" && node !== "when",
        );
        const { found, shown } = /** @type {{found: Record<string, string[]>, shown: number}} */ (
          await driver.executeAsyncScript(everyScreen, Object.fromEntries(ways))
        );
        assert.deepEqual(found, {}, tag);
        assert.equal(shown, ways.length, tag);
        await driver.executeScript("localStorage.clear()");
      }
    });
  });

for (const tag of ["ar", "ja"])
  test(`axe finds nothing in ${tag}: the documents, a step, and the landing page`, async () => {
    await withBrowser("chromium", { phone: true }, async (driver) => {
      for (const scenario of ["outage", "fine"]) {
        await env.show(scenario);
        await driver.get(`${env.address(scenario)}&lang=${tag}`);
        await unfold(driver);
        assert.deepEqual(await violations(driver), [], scenario);
      }
      await driver.get(`${env.address("fine")}&lang=${tag}#symptom=not-enough-storage`);
      await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
      await unfold(driver);
      assert.deepEqual(await violations(driver), [], "a step");
      await driver.get(`${env.worker.origin}/?lang=${tag}`);
      assert.deepEqual(await violations(driver), [], "the landing page");
    });
  });

test("screenshots of the first screen in each language", async () => {
  const folder = process.env.SCREENSHOTS;
  if (folder) mkdirSync(folder, { recursive: true });
  for (const engine of engines)
    for (const scenario of ["fine", "issue"]) {
      if (!folder && (engine !== "chromium" || scenario !== "fine")) continue; // one is enough to test the screenshot
      await env.show(scenario);
      await withBrowser(engine, { phone: true }, async (driver) => {
        for (const tag of folder ? languages : ["ar"]) {
          const { "language.dir": dir } = textsOf(tag);
          const body = `<div lang="${tag}" dir="${dir}" style="font-family:system-ui">${env.snippet()}</div>`;
          env.page = { policy: "", body };
          await driver.get(`${env.host}/?${tag}`);
          await enter(driver);
          assert.equal(await driver.executeScript("return document.documentElement.lang"), tag);
          await driver.switchTo().defaultContent();
          await driver.executeAsyncScript("setTimeout(arguments[0], 300)");
          await painted(driver);
          const picture = Buffer.from(await driver.takeScreenshot(), "base64");
          assert.ok(picture.length > 5_000);
          if (folder) writeFileSync(join(folder, `first-${tag}-${scenario}-${engine}.png`), picture);
        }
      });
    }
});
