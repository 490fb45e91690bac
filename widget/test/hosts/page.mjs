// @ts-check
// What the tests look for in a host's page.

import assert from "node:assert/strict";
import { By } from "selenium-webdriver";
import { enter, text, withoutFavicon } from "../fixture.mjs";
import { readerOf } from "../reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

/** For each widget of the page, whether it is in its place, its frames, and its level. @param {WebDriver} driver */
export const widgets = (driver) =>
  driver.executeScript(`return [...document.querySelectorAll("backup-check")].map((element) =>
    [element.closest("#place") !== null, element.shadowRoot?.querySelectorAll("iframe").length, element.status?.level])`);

/** The page's console. React names its developer tools there. @param {WebDriver} driver */
export const lines = async (driver) =>
  withoutFavicon(/** @type {string[]} */ (await driver.executeScript("return window.consoleLines"))).filter(
    (line) => !/^info: .*React DevTools/.test(line),
  );

/** Waits for the page's one widget, in its place, which isn't compact. @param {WebDriver} driver @param {string} when */
export async function isInPlace(driver, when) {
  const found = async () => JSON.stringify(await widgets(driver));
  await driver
    .wait(async () => (await found()) === '[[true,1,"operational"]]', 10_000)
    .catch(async () => assert.fail(`${when}: ${await found()}, ${await lines(driver)}`));
  await enter(driver);
  assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup", when);
  assert.equal(await driver.executeScript("return document.documentElement.hasAttribute('data-compact')"), false, when);
  await driver.switchTo().defaultContent();
}

/** Waits until the page's own handler has shown the level. @param {WebDriver} driver @param {string} when */
export async function levelShown(driver, when) {
  const level = () => text(driver, "#level");
  await driver
    .wait(async () => (await level()) === "operational", 5_000)
    .catch(async () => assert.fail(`${when}: the level is "${await level()}", ${await lines(driver)}`));
}

/** What the drivers say when they couldn't click. */
const NOT_CLICKED = /^(ElementNotInteractable|ElementClickIntercepted|StaleElementReference|NoSuchElement)Error$/;

/** Clicks what is covered while one page turns into another, as Astro's do. @param {WebDriver} driver @param {By} by */
export const click = (driver, by) =>
  driver.wait(
    async () => {
      try {
        await driver.findElement(by).click();
        return true;
      } catch (error) {
        if (NOT_CLICKED.test(/** @type {Error} */ (error).name)) return false;
        throw error;
      }
    },
    5_000,
    `a click on ${by}`,
  );

/**
 * Opens the widget by the page's own button. It is above the widget: below, it
 * would move when the widget's height changes.
 * @param {WebDriver} driver
 */
export async function openByButton(driver) {
  await click(driver, By.css("#open"));
  await enter(driver);
  assert.equal(await readerOf(driver).node(), "greyed-out");
  await driver.switchTo().defaultContent();
}
