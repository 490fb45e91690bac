// @ts-check
// Complete journeys through the troubleshooting sequence, in real browsers, by
// taps and by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, Key, until } from "selenium-webdriver";
import { violations } from "./axe.mjs";
import { engines } from "./engines.mjs";
import { fixture, withBrowser } from "./fixture.mjs";
import { readerOf, worstAnswer } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();

/**
 * Opens the widget in a new browser.
 * @param {import("./engines.mjs").Engine} engine
 * @param {string} scenario
 * @param {(reader: ReturnType<typeof readerOf>, driver: WebDriver) => Promise<void>} act
 * @param {import("./engines.mjs").BrowserOptions} [options]
 */
async function journey(engine, scenario, act, options = { phone: true }) {
  await env.show(scenario);
  await withBrowser(engine, options, async (driver) => {
    await driver.get(env.address(scenario));
    await act(readerOf(driver), driver);
  });
}

for (const engine of engines) {
  test(`${engine}: storage full: compare, make room, delete an old backup behind its gate, fixed`, async () => {
    await journey(engine, "fine", async (reader, driver) => {
      assert.equal(await reader.begin("not-enough-storage", "is-on"), "compare-storage");
      assert.equal(await reader.title(), "Check whether the next backup fits");
      assert.match(await reader.text(), /Next Backup Size/);
      // Paths are those of the reader's version, once it is known.
      const either = /Manage Account Storage; in iOS 15 Manage Storage/;
      assert.match(await reader.text(), either);
      await driver.executeScript(
        "const s = document.querySelector('.sequence select[data-ios]'); s.value = '16'; s.dispatchEvent(new Event('change'))",
      );
      assert.match(await reader.text(), /iCloud > Manage Account Storage \(or Storage\)\. /);
      assert.equal(
        await driver.executeScript("return document.activeElement.matches('select[data-ios]')"),
        true,
        "the focus stays on the version",
      );
      assert.equal(await reader.choose("too-large"), "make-room");
      assert.equal(await reader.choose("trim"), "what-takes-room");
      assert.equal(await reader.choose("old-backups"), "before-trim-old-backups");
      assert.equal(await reader.title(), "Before you delete an old backup");
      const proceed = () => driver.findElement(By.css("[data-choice=continue]"));
      assert.equal(await (await proceed()).isEnabled(), false, "the gate is closed before anything was confirmed");
      await reader.confirmAll();
      assert.equal(await (await proceed()).isEnabled(), true);
      assert.equal(
        await driver.executeScript("return document.activeElement.type"),
        "checkbox",
        "the focus stays on the box",
      );
      assert.equal(await reader.choose("continue"), "trim-old-backups");
      assert.equal(await reader.choose("worked"), "fixed");
      assert.match(await reader.text(), /week/);
      assert.deepEqual(await reader.choices(), []);
      assert.match(await reader.trail(), /Check whether the next backup fits: The next backup is larger/);
      assert.notEqual(await driver.executeScript("return localStorage.getItem('backup-check')"), null);
      await reader.press("forget");
      assert.equal(await driver.findElement(By.css("[data-plain]")).isDisplayed(), true);
      assert.equal(await driver.executeScript("return localStorage.getItem('backup-check')"), null);
    });
  });

  test(`${engine}: greyed out by a profile: contact IT`, async () => {
    await journey(engine, "fine", async (reader) => {
      assert.equal(await reader.begin("something-else", "greyed-out"), "greyed-out");
      assert.equal(await reader.choose("profile"), "ask-it");
      assert.match(await reader.text(), /Don’t remove a profile yourself/);
    });
  });

  for (const dark of engine === "chromium" ? [false, true] : [false])
    test(`${engine}: everything fails${dark ? ", in the dark" : ""}: a computer backup, the gate before signing out, the support request`, async () => {
      await journey(
        engine,
        "fine",
        async (reader, driver) => {
          /** @type {string[]} */
          const seen = [];
          for (
            let node = await reader.begin("something-else");
            node !== "support";
            node = await reader.choose(worstAnswer(node))
          ) {
            assert.ok(!seen.includes(node), `"${node}" is shown twice`);
            seen.push(node);
            if (engine === "chromium") assert.deepEqual(await violations(driver), [], node);
            if (!node.startsWith("before-")) continue;
            const proceed = driver.findElement(By.css("[data-choice=continue]"));
            assert.equal(await proceed.isEnabled(), false, `"${node}" is closed before anything was confirmed`);
            await reader.confirmAll();
          }
          if (engine === "chromium") assert.deepEqual(await violations(driver), [], "support");
          assert.deepEqual(
            seen.filter((node) => ["computer-mac", "before-sign-out", "sign-out"].includes(node)),
            ["computer-mac", "before-sign-out", "sign-out"],
            seen.join(" · "),
          );
          await driver.findElement(By.css("[data-detail=message]")).sendKeys("The last backup could not be completed.");
          const request = (await driver.findElement(By.css("textarea")).getAttribute("value")) ?? "";
          assert.match(request, /Message on screen: The last backup could not be completed\./);
          assert.match(request, /Apple’s System Status: Apple reports no problem with iCloud Backup\./);
          assert.match(request, /\n1\. .*\(.*\d{4}.*\)\n/); // the step and the time
          // The first answer is the symptom.
          assert.match(request, new RegExp(`\n${seen.length + 1}\\. `), "every answer is in the request");
          // The answers can be transferred to another device.
          await driver.findElement(By.css(".carry > summary")).click();
          const qr = await driver.wait(until.elementLocated(By.css(".carry svg.qr path")), 5_000);
          assert.ok(((await qr.getAttribute("d")) ?? "").length > 1_000);
          assert.match(
            (await driver.findElement(By.css(".carry input")).getAttribute("value")) ?? "",
            /\/widget#s=2[\w.~-]+$/,
          );
        },
        { phone: true, dark },
      );
    });

  test(`${engine}: stuck: too large, trimmed behind a gate, fixed`, async () => {
    await journey(engine, "fine", async (reader, driver) => {
      assert.equal(await reader.begin("something-else", "stuck-estimating"), "stuck");
      assert.equal(await reader.choose("nothing-moved"), "restart");
      assert.equal(await reader.choose("still-failing"), "vpn");
      assert.equal(await reader.choose("no-vpn"), "other-network");
      assert.equal(await reader.choose("no-other"), "compare-storage");
      assert.equal(await reader.choose("too-large"), "make-room");
      assert.equal(await reader.choose("trim"), "what-takes-room");
      assert.equal(await reader.choose("apps"), "app-downloads");
      assert.equal(await reader.choose("still-too-large"), "before-trim-apps");
      await reader.confirmAll();
      assert.equal(await reader.choose("continue"), "trim-apps");
      assert.equal(await reader.choose("worked"), "fixed");
      assert.equal((await driver.findElements(By.css("[data-action=remind]"))).length, 1);
    });
  });

  test(`${engine}: Apple's sign-in has an outage: signing out is held back, and the reason is given`, async () => {
    await journey(engine, "sign-in", async (reader, driver) => {
      const allSteps = await (await fetch(`${env.worker.origin}/widget/messages`)).text();
      assert.match(
        /<li id="step-sign-out">[^]*?<\/details>/.exec(allSteps)?.[0] ?? "",
        /reports a problem with signing in/,
      );
      assert.equal(await reader.begin("something-else", "asks-to-sign-in"), "account-alert");
      assert.match(await reader.text(), /Apple reports a problem with signing in/);
    });
  });

  test(`${engine}: an outage: wait; when it is over the page updates and the answers stay`, async () => {
    await journey(engine, "outage", async (reader, driver) => {
      assert.equal(await driver.findElement(By.css("h1")).getText(), "It’s Apple, not your iPhone");
      await driver.findElement(By.css(".older > summary")).click();
      const node = await reader.begin("something-else", "stuck-estimating");
      assert.equal(node, "stuck");
      await env.show("recovered");
      // A minute passes for the page.
      await driver.executeScript(
        "const now = Date.now; Date.now = () => now() + 60_000; document.dispatchEvent(new Event('visibilitychange'))",
      );
      await driver.wait(
        async () =>
          (await driver
            .findElement(By.css("h1"))
            .getText()
            .catch(() => "")) === "Apple had a problem, and it is over",
        5_000,
      );
      assert.equal(await reader.node(), node);
    });
  });

  test(`${engine}: Apple had a problem until recently: try Back Up Now first`, async () => {
    await journey(engine, "recovered", async (reader) => {
      assert.equal(await reader.begin("last-not-completed"), "back-up-now");
      assert.match(await reader.text(), /Apple had a problem with iCloud Backup that is over now/);
    });
  });

  test(`${engine}: a reload in the middle continues where it was; Back and Start over work`, async () => {
    await journey(engine, "fine", async (reader, driver) => {
      assert.equal(await reader.begin("not-backed-up-weeks"), "backup-on");
      assert.equal(await reader.choose("is-on"), "back-up-now");
      await driver.navigate().refresh();
      assert.equal(await reader.node(), "back-up-now");
      assert.equal(await reader.back(), "backup-on");
      // Going back is saved, too.
      await driver.navigate().refresh();
      assert.equal(await reader.node(), "backup-on");
      // The answers also travel in a link's fragment, to a browser without progress.
      assert.equal(await reader.choose("is-on"), "back-up-now");
      const session = await driver.executeScript("return JSON.parse(localStorage.getItem('backup-check')).session");
      await driver.executeScript("localStorage.clear()");
      await driver.get("about:blank");
      await driver.get(`${env.worker.origin}/widget#s=${session}`);
      assert.equal(await reader.node(), "back-up-now");
      await reader.press("restart");
      assert.equal(await reader.shown(), false);
      await driver.navigate().refresh();
      await driver.executeAsyncScript("setTimeout(arguments[0], 500)");
      assert.equal(await reader.shown(), false);
    });
  });

  test(`${engine}: Back from the first screen leads to the symptoms, without the answers`, async () => {
    await journey(engine, "fine", async (reader, driver) => {
      await reader.begin("something-else", "greyed-out");
      assert.equal(await reader.back(), "more");
      assert.equal(await reader.back(), "symptom");
      await reader.press("back");
      assert.equal(await reader.shown(), false);
      assert.equal(await driver.executeScript("return localStorage.getItem('backup-check')"), null);
    });
  });

  test(`${engine}: by keyboard only: the focus moves to each new step`, async () => {
    await journey(
      engine,
      "fine",
      async (reader, driver) => {
        /** Presses Tab until an element that matches has the focus. @param {string} selector @param {number} most */
        const tabTo = async (selector, most) => {
          for (let tabs = 0; tabs < most; tabs++) {
            await driver.actions().sendKeys(Key.TAB).perform();
            if (await driver.executeScript("return document.activeElement.matches(arguments[0])", selector)) return;
          }
          assert.fail(`${selector} has no focus after ${most} times Tab`);
        };
        const headingHasFocus = () => driver.executeScript("return document.activeElement.matches('.sequence h2')");
        await tabTo("a[data-symptom=not-enough-storage]", 8);
        await driver.actions().sendKeys(Key.ENTER).perform();
        assert.equal(await reader.node(), "backup-on");
        assert.equal(await headingHasFocus(), true);
        await tabTo("[data-choice=is-on]", 8);
        await driver.actions().sendKeys(Key.SPACE).perform();
        await driver.wait(async () => (await reader.node()) === "compare-storage", 3_000, "the next step");
        assert.equal(await headingHasFocus(), true);
        assert.ok(String(await driver.findElement(By.css(".live")).getAttribute("textContent")).length > 0);
      },
      { phone: false },
    );
  });
}

test("without the engine the symptom leads to the plain step", async () => {
  for (const blocked of ["*engine*", "*sequence*"]) {
    await journey("chromium", "fine", async (_reader, driver) => {
      const chrome = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver);
      await chrome.sendDevToolsCommand("Network.enable", {});
      await chrome.sendDevToolsCommand("Network.setBlockedURLs", { urls: [blocked] });
      await driver.navigate().refresh();
      await driver.findElement(By.css("a[data-symptom='not-enough-storage']")).click();
      // By script, since what fails at once takes the first screen away.
      await driver.executeScript("document.querySelector('section[data-from] [data-choice=is-on]')?.click()");
      const step = await driver.findElement(By.css("#step-backup-on"));
      await driver.wait(async () => (await step.getText()).includes("date of the last backup"), 15_000);
      assert.doesNotMatch(await driver.findElement(By.css("body")).getText(), /error|wasm|failed to/i);
    });
  }
});

test("offline in the middle it continues", async () => {
  await journey("chromium", "fine", async (reader, driver) => {
    const chrome = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver);
    assert.equal(await reader.begin("something-else", "stuck-estimating"), "stuck");
    await chrome.sendDevToolsCommand("Network.enable", {});
    await chrome.sendDevToolsCommand("Network.emulateNetworkConditions", {
      offline: true,
      latency: 0,
      downloadThroughput: 0,
      uploadThroughput: 0,
    });
    assert.equal(await reader.choose("nothing-moved"), "restart");
  });
});
