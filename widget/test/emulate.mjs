// @ts-check
// What a reader's device or settings change, and only Chromium can play while
// a page is open.

/**
 * @param {import("selenium-webdriver").WebDriver} driver a Chromium's
 * @param {{width?: number, dark?: boolean, contrast?: boolean, still?: boolean}} reader contrast: with forced colours; still: with reduced motion
 */
export async function emulate(driver, { width = 390, dark = false, contrast = false, still = false }) {
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
      { name: "forced-colors", value: contrast ? "active" : "none" },
      { name: "prefers-reduced-motion", value: still ? "reduce" : "no-preference" },
    ],
  });
}

/** Opens whatever is folded. @param {import("selenium-webdriver").WebDriver} driver */
export const unfold = (driver) =>
  driver.executeScript("for (const element of document.querySelectorAll('details')) element.open = true");
