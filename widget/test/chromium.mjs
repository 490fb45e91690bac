// @ts-check
// Finds Chromium and its driver, installs them by apt where they are missing
// and that is possible, and opens it.

import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { Builder } from "selenium-webdriver";
import { Options, ServiceBuilder } from "selenium-webdriver/chrome.js";
import { scratch } from "../../wasm/edge/test/harness.mjs";

/** @param {string} name */
function find(name) {
  try {
    return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

function browser() {
  const found = () => ({ chromium: find("chromium") || find("chromium-browser") || find("google-chrome"), driver: find("chromedriver") });
  let { chromium, driver } = found();
  if ((!chromium || !driver) && find("apt-get") && process.getuid?.() === 0) {
    console.error("Installing chromium and chromium-driver by apt-get …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["update", "-qq"], { stdio: ["ignore", "ignore", "inherit"], env });
    execFileSync("apt-get", ["install", "-y", "-qq", "chromium", "chromium-driver"], { stdio: ["ignore", "ignore", "inherit"], env });
    ({ chromium, driver } = found());
  }
  if (!chromium || !driver) throw new Error("The browser tests need Chromium and chromedriver. On Debian: sudo apt-get install chromium chromium-driver");
  return { chromium, driver };
}

/**
 * @param {{phone?: boolean, dark?: boolean, width?: number, height?: number}} [look]
 */
export async function openChromium({ phone = false, dark = false, width = 1100, height = 900 } = {}) {
  const { chromium, driver } = browser();
  const options = new Options();
  options.setChromeBinaryPath(chromium);
  options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", `--window-size=${width},${height}`,
    `--user-data-dir=${mkdtempSync(join(scratch, "chromium-"))}`);
  if (dark) options.addArguments("--force-dark-mode", "--blink-settings=preferredColorScheme=0");
  if (phone) options.setMobileEmulation(/** @type {any} */ ({ deviceMetrics: { width: 390, height: 844, pixelRatio: 2, touch: true } }));
  return new Builder().forBrowser("chrome").setChromeOptions(options).setChromeService(new ServiceBuilder(driver)).build();
}
