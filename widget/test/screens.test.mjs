// @ts-check
// Every screen of the sequence passes axe in light and dark; and the plain steps
// remain when the engine isn't loaded, or ends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { violations } from "./axe.mjs";
import { emulate, unfold } from "./emulate.mjs";
import { enter, fixture, text, withBrowser } from "./fixture.mjs";
import { readerOf } from "./reader.mjs";
import { waysToScreens } from "./walk.mjs";

const env = fixture();

test("axe finds no violation on any screen of the sequence, in light and dark, inside an iframe", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(`${env.address("fine")}#symptom=something-else`);
    await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
    const ways = await waysToScreens(driver);
    assert.ok(Object.keys(ways).length >= 35, `only ${Object.keys(ways)} were found`);
    for (const [node, [way, behind]] of Object.entries(ways)) {
      if (node === "symptom") continue; // the document's own first screen
      // The question about the time is shown only if Apple had a problem.
      const scenario = node === "when" ? "recovered" : "fine";
      await env.show(scenario);
      env.page = {
        policy: "",
        body: `<iframe title="widget" width="390" height="1200" src="${env.address(scenario)}#s=${way}"></iframe>`,
      };
      await driver.get(env.host);
      await driver.switchTo().frame(0);
      if (behind) {
        // By script, since the driver doesn't scroll the frame and the page around it.
        await readerOf(driver).node();
        await driver.executeScript(`
          for (const box of document.querySelectorAll(".confirm input")) box.click();
          document.querySelector('.sequence > .choices [data-choice="continue"]').click();`);
        await driver.executeScript("localStorage.clear()"); // or the next link would ask
      }
      await driver.wait(until.elementLocated(By.css(`.sequence[data-node="${node}"]`)), 15_000, node);
      await unfold(driver);
      for (const dark of [false, true]) {
        await emulate(driver, { dark });
        assert.deepEqual(await violations(driver), [], `${node}${dark ? " in the dark" : ""}`);
      }
    }
  });
});

test("an engine that exits during the sequence leaves the plain steps and the saved answers", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(`${env.address("fine")}#symptom=something-else`);
    await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
    await driver.executeScript(`
      const { start } = backupCheckEngine;
      backupCheckEngine.start = (report) => {
        const session = start(report);
        let calls = 0;
        return { ...session, choose: (id) => { if (++calls === 3) throw new Error("Go program has already exited"); return session.choose(id); } };
      };
      document.querySelector(".sequence [data-action=restart]").click();`);
    assert.equal(await readerOf(driver).begin("something-else", "stuck-estimating"), "stuck");
    await driver.findElement(By.css("[data-choice=nothing-moved]")).click();
    assert.equal((await driver.findElements(By.css(".sequence"))).length, 0);
    assert.equal(await driver.findElement(By.css("[data-plain]")).isDisplayed(), true);
    assert.doesNotMatch(await text(driver, "body"), /exited|error/i);
    await driver.navigate().refresh();
    await driver.wait(until.elementLocated(By.css(".sequence[data-node=stuck]")), 15_000);
  });
});

test("with Save-Data nothing is loaded before the first touch", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    const chrome = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver);
    await chrome.sendDevToolsCommand("Page.addScriptToEvaluateOnNewDocument", {
      source: "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
    });
    await driver.get(env.address("fine"));
    const engine = () =>
      driver.executeScript(
        "return performance.getEntriesByType('resource').some((entry) => /engine/.test(entry.name))",
      );
    await driver.executeAsyncScript("setTimeout(arguments[0], 2500)");
    assert.equal(await engine(), false);
    await driver.findElement(By.css("h1")).click();
    await driver.wait(engine, 5_000, "the engine after a touch");
  });
});

test("the pinned snippet works, and the browser rejects another script under its hash", async () => {
  await env.show("fine");
  await withBrowser("chromium", {}, async (driver) => {
    await driver.get(`${env.worker.origin}/`);
    const pinned = await (await driver.findElements(By.css("pre")))[1].getText();
    assert.match(
      pinned,
      /^<script src="http[^"]+\/assets\/embed-[0-9a-f]{12}\.js" integrity="sha384-[\w+/]{64}" crossorigin async><\/script>$/,
    );
    env.page = { policy: "", body: pinned };
    await driver.get(env.host);
    await enter(driver);
    assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup");
    await driver.switchTo().defaultContent();
    env.page = {
      policy: "",
      body: pinned.replace(
        /assets\/embed-[0-9a-f]{12}\.js" integrity="sha384-.{4}/,
        (start) => `${start.slice(0, -4)}AAAA`,
      ),
    };
    await driver.get(env.host);
    await driver.executeAsyncScript("setTimeout(arguments[0], 1000)");
    assert.equal(await driver.executeScript("return document.querySelector('backup-check')"), null);
  });
});
