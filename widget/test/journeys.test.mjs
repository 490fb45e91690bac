// @ts-check
// Whole ways through the troubleshooting sequence, in real browsers, by taps
// and by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, Key, until } from "selenium-webdriver";
import { violations } from "./axe.mjs";
import { engines } from "./engines.mjs";
import { stage, withBrowser } from "./stage.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const set = stage();
const WHEN = "When did it last fail?",
  PICK = "Choose a time",
  THAT_WAS_APPLE = "That may have been Apple";

/**
 * A fresh browser at the widget.
 * @param {import("./engines.mjs").Engine} engine
 * @param {string} scenario
 * @param {(reader: ReturnType<typeof readerOf>, driver: WebDriver) => Promise<void>} act
 * @param {import("./engines.mjs").Look} [look]
 */
async function journey(engine, scenario, act, look = { phone: true }) {
  await set.show(scenario);
  await withBrowser(engine, look, async (driver) => {
    await driver.get(set.address(scenario));
    await act(readerOf(driver), driver);
  });
}

/** What there is instead of a step: what was loaded and tapped, and how far it got. */
const state = `
  const loaded = performance.getEntriesByType("resource").map(({ name, startTime, responseEnd, responseStatus }) => [name, responseStatus, Math.round(startTime), Math.round(responseEnd)]);
  const open = [...document.querySelectorAll("details[open] > summary")].map((summary) => summary.innerText);
  return JSON.stringify({ at: location.href, scrolled: scrollY, busy: document.querySelector("[aria-busy]")?.outerHTML, focus: document.activeElement?.outerHTML.slice(0, 120), open, loaded });`;

/** What a reader does. @param {WebDriver} driver */
function readerOf(driver) {
  const title = async () => {
    const heading = await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000).catch(async (error) => {
      throw new Error(`${error.message}; the page: ${await driver.executeScript(state)}`);
    });
    return heading.getText();
  };
  const choices = async () =>
    Promise.all(
      (await driver.findElements(By.css(".sequence > .choices:not(.tools) button"))).map((choice) => choice.getText()),
    );
  /** Taps the first of these answers that is there. @param {...string} wanted */
  const answer = async (...wanted) => {
    const before = await driver.findElement(By.css(".sequence h2"));
    for (const words of wanted) {
      for (const choice of await driver.findElements(By.css(".sequence > .choices:not(.tools) button"))) {
        if ((await choice.getText()) !== words) continue;
        await choice.click();
        await driver.wait(until.stalenessOf(before), 3_000, `after "${words}"`);
        return words;
      }
    }
    throw new Error(`none of ${wanted.join(", ")} among ${await choices()} on "${await title()}"`);
  };
  return {
    title,
    choices,
    answer,
    text: () => driver.findElement(By.css(".sequence")).getText(),
    /** Taps what is seen on the iPhone. @param {string} words */
    async sees(words) {
      await (await driver.findElement(By.xpath(`//a[@data-symptom and contains(., "${words}")]`))).click();
      return title();
    },
    /** Ticks every box of a gate. */
    async confirm() {
      for (const box of await driver.findElements(By.css(".confirm input"))) await box.click();
    },
  };
}

for (const engine of engines) {
  test(`${engine}: storage full: compare, make room, delete an old backup behind its gate, fixed`, async () => {
    await journey(engine, "fine", async (reader, driver) => {
      assert.equal(await reader.sees("Not enough iCloud storage"), "Compare two numbers");
      assert.match(await reader.text(), /Next Backup Size/);
      // Paths are those of the reader's version, once it is known.
      await driver.executeScript(
        "const s = document.querySelector('.sequence select'); s.value = '16'; s.dispatchEvent(new Event('change'))",
      );
      assert.match(await reader.text(), /iCloud > Manage Account Storage \(or Storage\)\. /);
      await reader.answer("The next backup is larger");
      await reader.answer("Delete or leave out what I don’t need");
      assert.equal(await reader.title(), "Before you delete an old backup");
      const go = await driver.findElement(By.xpath("//button[.='Continue']"));
      assert.equal(await go.isEnabled(), false, "the gate is open before anything was confirmed");
      await reader.confirm();
      await reader.answer("Continue");
      assert.equal(await reader.title(), "Delete backups of old devices");
      await reader.answer("It worked", "The backup worked", (await reader.choices())[0]);
      assert.match(await reader.text(), /week/);
      assert.equal((await reader.choices()).length, 0);
      await driver.findElement(By.xpath("//button[.='Forget my answers']")).click();
      assert.equal(await driver.findElement(By.css("[data-plain]")).isDisplayed(), true);
      assert.equal(await driver.executeScript("return localStorage.getItem('backup-check')"), null);
    });
  });

  test(`${engine}: greyed out by a profile: ask IT`, async () => {
    await journey(engine, "fine", async (reader) => {
      assert.equal(await reader.sees("The switch is grey"), "If the switch or button is grey, find out why");
      const profile = (await reader.choices()).find((words) => /profile/i.test(words));
      await reader.answer(profile ?? "");
      assert.match(await reader.text(), /school|manage/i);
    });
  });

  for (const dark of engine === "chromium" ? [false, true] : [false])
    test(`${engine}: everything fails${dark ? ", in the dark" : ""}: a computer backup, the gate before signing out, the support request`, async () => {
      await journey(
        engine,
        "fine",
        async (reader, driver) => {
          await reader.sees("Something else");
          /** @type {string[]} */
          const seen = [];
          for (let screens = 0; screens < 40; screens++) {
            const title = await reader.title();
            assert.ok(!seen.includes(title), `"${title}" is asked twice`);
            seen.push(title);
            if (engine === "chromium") assert.deepEqual(await violations(driver), [], title);
            const choices = await reader.choices();
            if (choices.length === 0) break;
            if ((await driver.findElements(By.css(".confirm"))).length > 0) {
              assert.equal(await driver.findElement(By.css(".choices:not(.tools) button")).isEnabled(), false);
              await reader.confirm();
            }
            // What is answered when nothing helps.
            const bleak =
              choices.find(
                (words) =>
                  /still|didn’t|did not|same message|nothing|no other|none|up to date|is on|was off|don’t use|I can’t find|Continue|done|Done|On a Mac|Mac/.test(
                    words,
                  ) && !/worked/.test(words),
              ) ?? choices[choices.length - 1];
            await reader.answer(bleak);
          }
          const order = ["Back up to a computer", "Sign out"].map((words) =>
            seen.findIndex((title) => title.includes(words)),
          );
          assert.ok(
            seen.some((title) => /Before you sign out/.test(title)),
            seen.join(" · "),
          );
          assert.ok(order[0] < order[1]);
          const fields = await driver.findElements(By.css(".field input[type=text]"));
          await fields[0].sendKeys("The last backup could not be completed.");
          const request = await driver.findElement(By.css("textarea")).getAttribute("value");
          assert.match(request ?? "", /Message on screen: The last backup could not be completed\./);
          assert.match(request ?? "", /Apple’s System Status: Apple reports no problem with iCloud Backup\./);
          assert.match(request ?? "", /\n1\. .*\(.*\d{4}.*\)\n/); // what was tried, and when
          // The answers can be taken to another device.
          await driver.findElement(By.css(".carry > summary")).click();
          const qr = await driver.wait(until.elementLocated(By.css(".carry svg.qr path")), 5_000);
          assert.ok(((await qr.getAttribute("d")) ?? "").length > 1_000);
          assert.match(
            (await driver.findElement(By.css(".carry input")).getAttribute("value")) ?? "",
            /\/widget#s=1[\w.~-]+$/,
          );
        },
        { phone: true, dark },
      );
    });

  test(`${engine}: stuck: too large, trimmed behind a gate, fixed`, async () => {
    await journey(engine, "fine", async (reader, driver) => {
      await reader.sees("Stuck on");
      // What changes nothing, until the numbers are compared.
      while ((await reader.title()) !== "Compare two numbers")
        await reader.answer((await reader.choices()).find((words) => /Nothing|still|no other/i.test(words)) ?? "");
      await reader.answer("The next backup is larger");
      await reader.answer("Delete or leave out what I don’t need");
      await reader.answer("Skip this for now");
      assert.equal(await reader.title(), "Before you turn off an app’s backup");
      await reader.confirm();
      await reader.answer("Continue");
      assert.equal(await reader.title(), "Leave large apps out of the backup");
      await reader.answer((await reader.choices())[0]);
      assert.equal((await driver.findElements(By.xpath("//button[.='Remind me every week']"))).length, 1);
    });
  });

  test(`${engine}: Apple's sign-in has an outage: signing out is held back, and why is said`, async () => {
    await journey(engine, "sign-in", async (reader, driver) => {
      assert.match(
        (await driver.findElement(By.css("#step-sign-out")).getAttribute("textContent")) ?? "",
        /Apple reports a problem with signing in/,
      );
      await reader.sees("It asks for my password");
      assert.match(await reader.text(), /Apple reports a problem with signing in/);
    });
  });

  test(`${engine}: an outage: wait; when it is over the page says so by itself and the answers stay`, async () => {
    await journey(engine, "outage", async (reader, driver) => {
      assert.equal(await driver.findElement(By.css("h1")).getText(), "It’s Apple, not your iPhone");
      await driver.findElement(By.css(".older > summary")).click();
      await reader.sees("Stuck on");
      const title = await reader.title();
      await set.show("recovered");
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
      assert.equal(await reader.title(), title);
    });
  });

  test(`${engine}: it failed while Apple had a problem: that was Apple, try Back Up Now`, async () => {
    await journey(engine, "recovered", async (reader, driver) => {
      assert.equal(await reader.sees("could not be completed"), WHEN);
      // The problem of the scenario ended 40 minutes ago. A time is picked as
      // the reader's clock shows it.
      await (await driver.findElement(By.xpath(`//button[.="${PICK}"]`))).click();
      await driver.executeScript(`
        const then = new Date(Date.now() - 60 * 60_000), input = document.querySelector(".sequence input[type=datetime-local]");
        input.value = new Date(then - then.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);`);
      await reader.answer("Continue");
      assert.equal(await reader.title(), THAT_WAS_APPLE);
      await (await driver.findElement(By.xpath("//button[.='Back']"))).click();
      assert.equal(await reader.title(), WHEN);
    });
  });

  test(`${engine}: a reload in the middle goes on where it was; Back and Start over work`, async () => {
    await journey(engine, "fine", async (reader, driver) => {
      const first = await reader.sees("It hasn’t backed up");
      await reader.answer((await reader.choices())[0]);
      const second = await reader.title();
      assert.notEqual(second, first);
      await driver.navigate().refresh();
      assert.equal(await reader.title(), second);
      await driver.findElement(By.xpath("//button[.='Back']")).click();
      assert.equal(await reader.title(), first);
      // The answers also travel in a link's fragment, to a browser that knows nothing.
      await reader.answer((await reader.choices())[0]);
      const session = await driver.executeScript("return JSON.parse(localStorage.getItem('backup-check')).session");
      await driver.executeScript("localStorage.clear()");
      await driver.get("about:blank");
      await driver.get(`${set.worker.origin}/widget#s=${session}`);
      assert.equal(await reader.title(), second);
      await driver.findElement(By.xpath("//button[.='Start over']")).click();
      assert.equal((await driver.findElements(By.css(".sequence"))).length, 0);
      await driver.navigate().refresh();
      await driver.executeAsyncScript("setTimeout(arguments[0], 500)");
      assert.equal((await driver.findElements(By.css(".sequence"))).length, 0);
    });
  });

  test(`${engine}: by keyboard only: the focus goes to each new step`, async () => {
    await journey(
      engine,
      "fine",
      async (reader, driver) => {
        const focused = () =>
          driver.executeScript("const e = document.activeElement; return e.tagName + ' ' + e.textContent.slice(0, 60)");
        for (let tabs = 0; tabs < 4 && !String(await focused()).includes("Not enough"); tabs++)
          await driver.actions().sendKeys(Key.TAB).perform();
        assert.equal(await focused(), "A Not enough iCloud storage");
        await driver.actions().sendKeys(Key.ENTER).perform();
        assert.equal(await reader.title(), "Compare two numbers");
        assert.equal(await focused(), "H2 Compare two numbers");
        assert.ok(String(await driver.findElement(By.css(".live")).getAttribute("textContent")).length > 0);
        for (let tabs = 0; tabs < 8 && !String(await focused()).startsWith("BUTTON The next backup is larger"); tabs++)
          await driver.actions().sendKeys(Key.TAB).perform();
        await driver.actions().sendKeys(Key.SPACE).perform();
        await driver.wait(async () => String(await focused()).startsWith("H2 How would you like"), 3_000);
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
      const step = await driver.findElement(By.css("#step-compare-storage"));
      await driver.wait(async () => (await step.getText()).includes("Next Backup Size"), 5_000);
      assert.doesNotMatch(await driver.findElement(By.css("body")).getText(), /error|wasm|failed to/i);
    });
  }
});

test("offline in the middle it goes on", async () => {
  await journey("chromium", "fine", async (reader, driver) => {
    const chrome = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver);
    await reader.sees("Stuck on");
    await chrome.sendDevToolsCommand("Network.enable", {});
    await chrome.sendDevToolsCommand("Network.emulateNetworkConditions", {
      offline: true,
      latency: 0,
      downloadThroughput: 0,
      uploadThroughput: 0,
    });
    const before = await reader.title();
    const choices = await reader.choices();
    await reader.answer(choices[choices.length - 1]);
    assert.notEqual(await reader.title(), before);
  });
});
