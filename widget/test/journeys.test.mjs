// @ts-check
// Whole ways through the troubleshooting sequence, in a real browser, by taps
// and by keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { By, Key, until } from "selenium-webdriver";
import { build, eventually, playApple, status, wranglerDev } from "../../wasm/edge/test/harness.mjs";
import { openChromium } from "./chromium.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

/** @type {Awaited<ReturnType<typeof playApple>>} */
let apple;
/** @type {Awaited<ReturnType<typeof wranglerDev>>} */
let worker;
before(async () => {
  apple = await playApple();
  worker = await wranglerDev(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" });
});
after(() => Promise.all([worker.stop(), apple.stop()]));

/** @param {string} scenario @param {string} level */
async function show(scenario, level) {
  await apple.show(scenario);
  await eventually(async () => {
    const v = await status(worker.origin);
    return v.level === level && (scenario !== "sign-in" || v.related[0].level === "outage");
  }, 5_000, scenario);
}

/**
 * A fresh browser at the widget.
 * @param {(reader: ReturnType<typeof readerOf>, driver: WebDriver) => Promise<void>} act
 * @param {{phone?: boolean}} [look]
 */
async function journey(act, look = { phone: true }) {
  const driver = await openChromium(look);
  try {
    await driver.get(`${worker.origin}/widget`);
    await act(readerOf(driver), driver);
  } finally {
    await driver.quit();
  }
}

/** What a reader does. @param {WebDriver} driver */
function readerOf(driver) {
  const title = async () => (await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000)).getText();
  const choices = async () => Promise.all((await driver.findElements(By.css(".sequence > .choices:not(.tools) button"))).map((choice) => choice.getText()));
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
    title, choices, answer,
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

test("storage full: compare, make room, delete an old backup behind its gate, fixed", async () => {
  await show("fine", "operational");
  await journey(async (reader, driver) => {
    assert.equal(await reader.sees("Not enough iCloud storage"), "Compare two numbers");
    assert.match(await reader.text(), /Next Backup Size/);
    // Paths are those of the reader's version, once it is known.
    await driver.executeScript("const s = document.querySelector('.sequence select'); s.value = '16'; s.dispatchEvent(new Event('change'))");
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

test("greyed out by a profile: ask IT", async () => {
  await show("fine", "operational");
  await journey(async (reader) => {
    assert.equal(await reader.sees("The switch is grey"), "If the switch or button is grey, find out why");
    const profile = (await reader.choices()).find((words) => /profile/i.test(words));
    await reader.answer(profile ?? "");
    assert.match(await reader.text(), /school|manage/i);
  });
});

test("everything fails: a computer backup, the gate before signing out, the support request", async () => {
  await show("fine", "operational");
  await journey(async (reader, driver) => {
    await reader.sees("Something else");
    /** @type {string[]} */
    const seen = [];
    for (let screens = 0; screens < 40; screens++) {
      const title = await reader.title();
      assert.ok(!seen.includes(title), `"${title}" is asked twice`);
      seen.push(title);
      const choices = await reader.choices();
      if (choices.length === 0) break;
      if ((await driver.findElements(By.css(".confirm"))).length > 0) {
        assert.equal(await driver.findElement(By.css(".choices:not(.tools) button")).isEnabled(), false);
        await reader.confirm();
      }
      // What is answered when nothing helps.
      const bleak = choices.find((words) => /still|didn’t|did not|same message|nothing|no other|none|up to date|is on|was off|don’t use|I can’t find|Continue|done|Done|On a Mac|Mac/.test(words) && !/worked/.test(words)) ?? choices[choices.length - 1];
      await reader.answer(bleak);
    }
    const order = ["Back up to a computer", "Sign out"].map((words) => seen.findIndex((title) => title.includes(words)));
    assert.ok(seen.some((title) => /Before you sign out/.test(title)), seen.join(" · "));
    assert.ok(order[0] < order[1]);
    const fields = await driver.findElements(By.css(".field input[type=text]"));
    await fields[0].sendKeys("The last backup could not be completed.");
    const request = await driver.findElement(By.css("textarea")).getAttribute("value");
    assert.match(request ?? "", /Message on screen: The last backup could not be completed\./);
    assert.match(request ?? "", /Apple’s System Status: Apple reports no problem with iCloud Backup\./);
    assert.match(request ?? "", /1\. /);
  });
});

test("Apple's sign-in has an outage: signing out is held back, and why is said", async () => {
  await show("sign-in", "operational");
  await journey(async (reader, driver) => {
    assert.match(await driver.findElement(By.css("#step-sign-out")).getAttribute("textContent") ?? "", /Apple reports a problem with signing in/);
    await reader.sees("It asks for my password");
    assert.match(await reader.text(), /Apple reports a problem with signing in/);
  });
});

test("an outage: wait; when it is over the page says so by itself and the answers stay", async () => {
  await show("outage", "outage");
  await journey(async (reader, driver) => {
    assert.equal(await driver.findElement(By.css("h1")).getText(), "It’s Apple, not your iPhone");
    await driver.findElement(By.css(".older > summary")).click();
    await reader.sees("Stuck on");
    const title = await reader.title();
    await show("recovered", "operational");
    // A minute passes for the page.
    await driver.executeScript("const now = Date.now; Date.now = () => now() + 60_000; document.dispatchEvent(new Event('visibilitychange'))");
    await driver.wait(async () => (await driver.findElement(By.css("h1")).getText().catch(() => "")) === "Apple had a problem, and it is over", 5_000);
    assert.equal(await reader.title(), title);
  });
});

test("a reload in the middle goes on where it was; Back and Start over work", async () => {
  await show("fine", "operational");
  await journey(async (reader, driver) => {
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
    await driver.get(`${worker.origin}/widget#s=${session}`);
    assert.equal(await reader.title(), second);
    await driver.findElement(By.xpath("//button[.='Start over']")).click();
    assert.equal((await driver.findElements(By.css(".sequence"))).length, 0);
    await driver.navigate().refresh();
    await driver.executeAsyncScript("setTimeout(arguments[0], 500)");
    assert.equal((await driver.findElements(By.css(".sequence"))).length, 0);
  });
});

test("by keyboard only: the focus goes to each new step", async () => {
  await show("fine", "operational");
  await journey(async (reader, driver) => {
    const focused = () => driver.executeScript("const e = document.activeElement; return e.tagName + ' ' + e.textContent.slice(0, 60)");
    for (let tabs = 0; tabs < 4 && !String(await focused()).includes("Not enough"); tabs++) await driver.actions().sendKeys(Key.TAB).perform();
    assert.equal(await focused(), "A Not enough iCloud storage");
    await driver.actions().sendKeys(Key.ENTER).perform();
    assert.equal(await reader.title(), "Compare two numbers");
    assert.equal(await focused(), "H2 Compare two numbers");
    assert.ok(String(await driver.findElement(By.css(".live")).getAttribute("textContent")).length > 0);
    for (let tabs = 0; tabs < 8 && !String(await focused()).startsWith("BUTTON The next backup is larger"); tabs++) await driver.actions().sendKeys(Key.TAB).perform();
    await driver.actions().sendKeys(Key.SPACE).perform();
    await driver.wait(async () => String(await focused()).startsWith("H2 How would you like"), 3_000);
  }, { phone: false });
});

test("without the engine the symptom leads to the plain step", async () => {
  await show("fine", "operational");
  for (const blocked of ["*engine*", "*sequence*"]) {
    await journey(async (_reader, driver) => {
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
  await show("fine", "operational");
  await journey(async (reader, driver) => {
    const chrome = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver);
    await reader.sees("Stuck on");
    await chrome.sendDevToolsCommand("Network.enable", {});
    await chrome.sendDevToolsCommand("Network.emulateNetworkConditions", { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 });
    const before = await reader.title();
    const choices = await reader.choices();
    await reader.answer(choices[choices.length - 1]);
    assert.notEqual(await reader.title(), before);
  });
});
