// @ts-check
// The actions of a reader in the sequence. Screens and answers are found by their
// ids, so that tests don't depend on the wording.
import assert from "node:assert/strict";
import { By, until } from "selenium-webdriver";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const CHOICES = ".sequence > .choices [data-choice]";

/** The answer to each node if nothing helps, up to the support request. @type {Record<string, string>} */
const WORST_CASE = {
  more: "none",
  when: "skip",
  "backup-on": "is-on",
  "back-up-now": "same-message",
  internet: "still-failing",
  vpn: "no-vpn",
  "other-network": "still-failing",
  "toggle-backup": "still-failing",
  restart: "still-failing",
  "compare-storage": "fits",
  unusual: "neither",
  "any-backup": "has-date",
  update: "still-failing",
  "computer-backup": "mac",
  "computer-mac": "done",
  "before-delete-backup": "continue",
  "delete-backup": "still-failing",
  "before-reset-network": "continue",
  "reset-network": "still-failing",
  "before-sign-out": "continue",
  "sign-out": "still-failing",
};

/** @param {string} node */
export function worstAnswer(node) {
  const choice = WORST_CASE[node];
  if (!choice) throw new Error(`no worst-case answer for "${node}"`);
  return choice;
}

/** The state of the page without a screen: loaded, opened and focused elements. */
const pageState = `
  const loaded = performance.getEntriesByType("resource").map(({ name, startTime, responseEnd, responseStatus }) => [name, responseStatus, Math.round(startTime), Math.round(responseEnd)]);
  const open = [...document.querySelectorAll("details[open] > summary")].map((summary) => summary.innerText);
  return JSON.stringify({ at: location.href, scrolled: scrollY, busy: document.querySelector("[aria-busy]")?.outerHTML, focus: document.activeElement?.outerHTML.slice(0, 120), open, loaded });`;

/** @param {WebDriver} driver in the widget's document */
export function readerOf(driver) {
  /** @param {string} selector */
  const find = (selector) => driver.findElement(By.css(selector));

  /** The screen's heading; waits for the sequence. */
  async function heading() {
    return driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000).catch(async (error) => {
      throw new Error(`${error.message}; the page: ${await driver.executeScript(pageState)}`);
    });
  }

  /** Performs an action that leads to another screen, waits for it and returns its node. @param {() => Promise<void>} act @param {string} what */
  async function advance(act, what) {
    const before = await heading();
    await act();
    await driver.wait(until.stalenessOf(before), 5_000, `another screen after ${what}`);
    return reader.node();
  }

  const reader = {
    /** The id of the screen that is shown. */
    async node() {
      await heading();
      // By script, since the engine can take the place of the first screen meanwhile.
      return /** @type {Promise<string>} */ (
        driver.wait(
          async () => driver.executeScript("return document.querySelector('.sequence')?.dataset.node"),
          10_000,
          "a screen",
        )
      );
    },
    async title() {
      return (await heading()).getText();
    },
    text: () => find(".sequence").getText(),
    /** The text of the answers so far, also while they are folded. */
    trail: async () => (await find(".trail").getAttribute("textContent")) ?? "",
    /** The ids of the choices that are offered. */
    async choices() {
      const buttons = await driver.findElements(By.css(CHOICES));
      return Promise.all(buttons.map(async (button) => (await button.getAttribute("data-choice")) ?? ""));
    },
    /** Whether the sequence is shown. */
    shown: async () => (await driver.findElements(By.css(".sequence"))).length > 0,
    /** Waits until the engine has taken over from the document's first screen, and returns the screen's node. */
    async begun() {
      await reader.node();
      await driver.wait(
        async () => (await driver.findElements(By.css("section[data-from]"))).length === 0,
        15_000,
        "the engine", // first.test.mjs tests answers that come before
      );
      return reader.node();
    },
    /** Taps a symptom, gives answers, and returns the screen's node. @param {string} symptom @param {...string} answers */
    async begin(symptom, ...answers) {
      await find(`a[data-symptom="${symptom}"]`).click();
      let node = await reader.begun();
      for (const answer of answers) node = await reader.choose(answer);
      return node;
    },
    /** Gives an answer by its id, and returns the next screen's node. @param {string} choice */
    async choose(choice) {
      const offered = await reader.choices();
      assert.ok(offered.includes(choice), `"${choice}" is not among ${offered} on "${await reader.node()}"`);
      return advance(() => find(`.sequence > .choices [data-choice="${choice}"]`).click(), `"${choice}"`);
    },
    /** Presses a button of the sequence that is no answer. @param {string} action */
    press: (action) => find(`.sequence [data-action="${action}"]`).click(),
    /** Goes back, and returns the screen's node. */
    back: () => advance(() => reader.press("back"), "Back"),
    /** Answers when the backup failed by a time, and returns the next screen's node. @param {number} time in milliseconds */
    async pickTime(time) {
      await find(`${CHOICES}[data-choice="pick"]`).click();
      const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
      await driver.executeScript(
        "document.querySelector('.sequence input[type=datetime-local]').value = arguments[0]",
        local,
      );
      return advance(() => reader.press("continue"), `the time ${local}`);
    },
    /** Ticks every box of a gate. */
    async confirmAll() {
      const boxes = await driver.findElements(By.css(".confirm input"));
      assert.ok(boxes.length > 0, "a gate has boxes");
      for (const box of boxes) await box.click();
    },
  };
  return reader;
}
