// @ts-check
// Emulates a reader's device and settings, which only Chromium can change while
// a page is open.

/**
 * @param {import("selenium-webdriver").WebDriver} driver a Chromium's
 * @param {{width?: number, dark?: boolean, forcedColors?: boolean, reducedMotion?: boolean}} settings
 */
export async function emulate(driver, { width = 390, dark = false, forcedColors = false, reducedMotion = false }) {
  const chromium = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver);
  await chromium.sendDevToolsCommand("Emulation.setDeviceMetricsOverride", {
    width,
    height: 844,
    deviceScaleFactor: 1,
    mobile: true,
  });
  await chromium.sendDevToolsCommand("Emulation.setEmulatedMedia", {
    features: [
      { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
      { name: "forced-colors", value: forcedColors ? "active" : "none" },
      { name: "prefers-reduced-motion", value: reducedMotion ? "reduce" : "no-preference" },
    ],
  });
}

/** Opens all details elements. @param {import("selenium-webdriver").WebDriver} driver */
export const unfold = (driver) =>
  driver.executeScript("for (const element of document.querySelectorAll('details')) element.open = true");
