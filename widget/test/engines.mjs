// @ts-check
// The browsers that the tests run in, opened by one function.

import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { Builder, Capabilities, logging } from "selenium-webdriver";
import * as chrome from "selenium-webdriver/chrome.js";
import { eventually, freePort, scratch, start } from "../../wasm/edge/test/harness.mjs";
import { openMarionette } from "./marionette.mjs";
import { chromeDriver, chromium, firefox, miniBrowser, requireEngines } from "./requirements.mjs";

/**
 * @typedef {"chromium" | "webkit" | "firefox"} Engine
 * @typedef {object} BrowserOptions
 * @property {boolean} [phone] 390 by 844 pixels with touch, where the engine has touch
 * @property {boolean} [dark]
 * @property {number} [width]
 * @property {number} [height]
 * @property {boolean} [traced] Chromium records the network traffic
 * @property {boolean} [lockdown] without WebAssembly, as in the iPhone's Lockdown Mode
 * @typedef {import("selenium-webdriver").WebDriver} WebDriver
 * @typedef {BrowserOptions & {width: number, height: number}} SizedOptions
 */

/** @type {Engine[]} */
export const engines = ["chromium", "webkit", "firefox"];

/**
 * @param {Engine} name
 * @param {BrowserOptions} [options]
 * @returns {Promise<WebDriver>}
 */
export async function openEngine(name, options = {}) {
  requireEngines([name]);
  const size = options.phone ? { width: 390, height: 844 } : { width: 1100, height: 900 };
  const sized = { ...size, ...options };
  if (name === "chromium") return openChromium(sized);
  if (name === "webkit") return openWebKit(sized);
  return openFirefox(sized);
}

/**
 * Limits the time: a driver that can't open its browser may never respond.
 * @param {Builder} builder
 * @returns {Promise<WebDriver>}
 */
function session(builder) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, failed) => {
    timer = setTimeout(() => failed(new Error("the browser didn't open within 30 s")), 30_000);
  });
  return Promise.race([Promise.resolve(builder.build()), late]).finally(() => clearTimeout(timer));
}

/** @param {SizedOptions} measures */
function openChromium({ phone, dark, width, height, traced, lockdown }) {
  const options = new chrome.Options();
  options.setChromeBinaryPath(chromium());
  options.addArguments(
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    `--window-size=${width},${height}`,
    `--user-data-dir=${mkdtempSync(join(scratch, "chromium-"))}`,
  );
  const logs = new logging.Preferences();
  logs.setLevel(logging.Type.BROWSER, logging.Level.ALL);
  if (traced) {
    logs.setLevel(logging.Type.PERFORMANCE, logging.Level.ALL);
    options.addArguments("--disable-features=IsolateOrigins,site-per-process", "--disable-site-isolation-trials"); // with site isolation, frames of other sites have separate logs
  }
  options.setLoggingPrefs(logs);
  if (dark) options.addArguments("--force-dark-mode", "--blink-settings=preferredColorScheme=0");
  if (lockdown) options.addArguments("--js-flags=--jitless");
  if (phone)
    options.setMobileEmulation(/** @type {any} */ ({ deviceMetrics: { width, height, pixelRatio: 2, touch: true } }));
  return session(
    new Builder()
      .forBrowser("chrome")
      .setChromeOptions(options)
      .setChromeService(new chrome.ServiceBuilder(chromeDriver())),
  );
}

/** @type {Promise<string> | undefined} */
let displayName;

/** WebKitGTK has no headless mode, so it gets a virtual screen on a free display. */
function display() {
  displayName ??= start("Xvfb", ["-displayfd", "1", "-screen", "0", "1400x2600x24", "-nolisten", "tcp"], /^\d+$/m).then(
    (xvfb) => `:${/^\d+$/m.exec(xvfb.output)?.[0]}`,
  );
  return displayName;
}

/**
 * WebKitGTK, the closest to the iPhone's engine on Linux. A touch arrives as a
 * mouse click. A window with a toolbar is at least 447 pixels wide, a full-screen
 * one 334: narrower widgets are tested in a frame.
 * @param {SizedOptions} measures
 */
async function openWebKit({ phone, dark, width, height, lockdown }) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  /** @type {Record<string, string>} */
  const env = {
    DISPLAY: await display(),
    LANG: "en_US.UTF-8",
    NO_AT_BRIDGE: "1",
    XDG_CACHE_HOME: mkdtempSync(join(scratch, "webkit-")),
    GTK_THEME: dark ? "Adwaita:dark" : "Adwaita",
  };
  if (lockdown) env.JSC_useWasm = "0";
  // The browser can outlive its driver; stopping the process group ends both.
  const running = await start("WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], /|/, { env });
  try {
    await eventually(async () => (await fetch(`${origin}/status`)).ok, 10_000, "WebKitWebDriver");
    const driver = await session(
      new Builder().usingServer(origin).withCapabilities(
        new Capabilities({
          browserName: "MiniBrowser",
          "webkitgtk:browserOptions": {
            binary: miniBrowser(),
            args: ["--automation", ...(phone ? ["--full-screen"] : [])],
          },
        }),
      ),
    );
    stopAfter(driver, running);
    await driver.manage().window().setRect({ x: 0, y: 0, width, height });
    return driver;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/**
 * A touch arrives as a mouse click, too.
 * @param {SizedOptions} measures
 */
async function openFirefox({ phone, dark, width, height, lockdown }) {
  const running = await openMarionette(firefox(), {
    "ui.systemUsesDarkTheme": dark ? 1 : 0,
    "javascript.options.wasm": !lockdown,
    ...(phone && { "ui.primaryPointerCapabilities": 1, "ui.allPointerCapabilities": 1 }), // coarse, without hover
  });
  try {
    const driver = await session(
      new Builder().usingServer(running.origin).withCapabilities(new Capabilities({ browserName: "firefox" })),
    );
    stopAfter(driver, running);
    // The window has bars, whose size isn't known before.
    const measure = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
    const [across, down] = /** @type {number[]} */ (await driver.executeScript(measure));
    await driver
      .manage()
      .window()
      .setRect({ x: 0, y: 0, width: width + across, height: height + down });
    return driver;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** Stops a program when the driver quits. @param {WebDriver} driver @param {{stop: () => Promise<void>}} running */
function stopAfter(driver, running) {
  const quit = driver.quit.bind(driver);
  driver.quit = async () => {
    try {
      await quit();
    } finally {
      await running.stop();
    }
  };
}

/**
 * The lines that pages wrote to the console since the last call. Only Chromium's
 * driver has this log. For the others the fixture's host page records its own
 * lines in `consoleLines`, without those of frames and other pages.
 * @param {Engine} engine
 * @param {WebDriver} driver
 * @returns {Promise<string[]>}
 */
export async function consoleOf(engine, driver) {
  if (engine === "chromium") return (await driver.manage().logs().get("browser")).map((entry) => entry.message);
  return driver.executeScript("return window.consoleLines?.splice(0) ?? []");
}
