// @ts-check
// The browsers that the tests run in. They are found, installed by apt where
// they are missing and that is possible, and opened by one function.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Builder, Capabilities, logging } from "selenium-webdriver";
import * as chrome from "selenium-webdriver/chrome.js";
import * as firefox from "selenium-webdriver/firefox.js";
import { eventually, freePort, scratch, start } from "../../wasm/edge/test/harness.mjs";

/**
 * @typedef {"chromium" | "webkit" | "firefox"} Engine
 * @typedef {{phone?: boolean, dark?: boolean, width?: number, height?: number, traced?: boolean, lockdown?: boolean}} Look traced: Chromium keeps what goes over the network; lockdown: without WebAssembly, as in the iPhone's Lockdown Mode
 * @typedef {import("selenium-webdriver").WebDriver} WebDriver
 * @typedef {Look & {width: number, height: number}} Measures
 */

/** @param {string} name */
function find(name) {
  try {
    return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

/** Debian keeps it in a folder that is named after processor and version. */
function miniBrowser() {
  for (const library of ["/usr/lib", "/usr/libexec", "/usr/lib64"]) {
    if (!existsSync(library)) continue;
    for (const folder of [".", ...readdirSync(library).filter((name) => name.endsWith("-linux-gnu"))]) {
      for (const version of ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"]) {
        const path = join(library, folder, version, "MiniBrowser");
        if (existsSync(path)) return path;
      }
    }
  }
  return "";
}

/** What each engine needs, by the Debian package that has it. */
const needs = {
  chromium: {
    chromium: () => find("chromium") || find("chromium-browser") || find("google-chrome"),
    "chromium-driver": () => find("chromedriver"),
  },
  webkit: {
    "webkit2gtk-driver": () => find("WebKitWebDriver") && miniBrowser(),
    xvfb: () => find("Xvfb"),
    xauth: () => find("xauth"),
  },
};

/**
 * Sees to it that an engine's programs are there.
 * @param {keyof typeof needs} engine
 */
function provide(engine) {
  const missing = () =>
    Object.entries(needs[engine])
      .filter(([, found]) => !found())
      .map(([name]) => name);
  const packages = missing();
  if (packages.length && process.getuid?.() === 0 && find("apt-get")) {
    console.error(`Installing ${packages.join(", ")} by apt-get …`);
    /** @param {...string} args */
    const apt = (...args) =>
      execFileSync("apt-get", ["-qq", ...args], {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
    try {
      apt("update");
      apt("install", "-y", "--no-install-recommends", ...packages);
    } catch {
      // what is still missing is told below
    }
  }
  const still = missing();
  if (still.length)
    throw new Error(
      `The browser tests need ${still.join(", ")}. On Debian or Ubuntu: sudo apt-get install ${still.join(" ")}`,
    );
}

/** Where Chromium's program is. */
export function chromium() {
  provide("chromium");
  return needs.chromium.chromium();
}

/** The engines that can run here. @type {Engine[]} */
export const engines = ["chromium", "webkit"];
if (find("geckodriver") && (find("firefox") || find("firefox-esr"))) engines.push("firefox");
else
  console.error(
    "Firefox is left out: there is no geckodriver with a Firefox here, and Debian has no geckodriver to install.",
  );

/**
 * @param {Engine} name
 * @param {Look} [look] phone: 390 by 844 pixels with touch, where the engine has touch
 * @returns {Promise<WebDriver>}
 */
export async function openEngine(name, look = {}) {
  const { width, height } = look.phone ? { width: 390, height: 844 } : { width: 1100, height: 900 };
  const measures = { width, height, ...look };
  if (name === "chromium") return openChromium(measures);
  if (name === "webkit") return openWebKit(measures);
  return openFirefox(measures);
}

/**
 * A driver that can't open its browser may never say so.
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

/** @param {Measures} measures */
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
  const everything = new logging.Preferences();
  everything.setLevel(logging.Type.BROWSER, logging.Level.ALL);
  if (traced) {
    everything.setLevel(logging.Type.PERFORMANCE, logging.Level.ALL);
    options.addArguments("--disable-features=IsolateOrigins,site-per-process", "--disable-site-isolation-trials"); // frames of other sites would have a log of their own
  }
  options.setLoggingPrefs(everything);
  if (dark) options.addArguments("--force-dark-mode", "--blink-settings=preferredColorScheme=0");
  if (lockdown) options.addArguments("--js-flags=--jitless");
  if (phone)
    options.setMobileEmulation(/** @type {any} */ ({ deviceMetrics: { width, height, pixelRatio: 2, touch: true } }));
  return session(
    new Builder()
      .forBrowser("chrome")
      .setChromeOptions(options)
      .setChromeService(new chrome.ServiceBuilder(needs.chromium["chromium-driver"]())),
  );
}

/** @type {Promise<string> | undefined} */
let screen;

/** WebKitGTK has no headless mode: it gets a screen of its own, on a display that is free. */
function display() {
  screen ??= start("Xvfb", ["-displayfd", "1", "-screen", "0", "1400x2600x24", "-nolisten", "tcp"], /^\d+$/m).then(
    (xvfb) => `:${/^\d+$/m.exec(xvfb.output)?.[0]}`,
  );
  return screen;
}

/**
 * WebKitGTK, as near as Linux comes to the iPhone's engine. A touch arrives as
 * a mouse's click. A window with a toolbar is at least 447 pixels wide, and one
 * that fills the screen 334: what has to be narrower goes into a frame.
 * @param {Measures} measures
 */
async function openWebKit({ phone, dark, width, height, lockdown }) {
  provide("webkit");
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
  // The browser may outlive its driver, but not the driver's process group.
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
    const quit = driver.quit.bind(driver);
    driver.quit = async () => {
      try {
        await quit();
      } finally {
        await running.stop();
      }
    };
    await driver.manage().window().setRect({ x: 0, y: 0, width, height });
    return driver;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** Firefox's windows are at least 450 pixels wide, a phone's too. @param {Measures} measures */
async function openFirefox({ dark, width, height, lockdown }) {
  const options = new firefox.Options();
  options.setBinary(find("firefox") || find("firefox-esr"));
  options.addArguments("-headless", `--width=${width}`, `--height=${height}`);
  options.setPreference("layout.css.prefers-color-scheme.content-override", dark ? 0 : 1);
  if (lockdown) options.setPreference("javascript.options.wasm", false);
  return session(
    new Builder()
      .forBrowser("firefox")
      .setFirefoxOptions(options)
      .setFirefoxService(new firefox.ServiceBuilder(find("geckodriver"))),
  );
}

/**
 * What the pages have said to the console since the last call. Only Chromium
 * tells; for the others the stage's page keeps what is said in it in `said`,
 * which doesn't reach into frames and other pages.
 * @param {Engine} engine
 * @param {WebDriver} driver
 * @returns {Promise<string[]>}
 */
export async function consoleOf(engine, driver) {
  if (engine === "chromium") return (await driver.manage().logs().get("browser")).map((entry) => entry.message);
  return driver.executeScript("return window.said?.splice(0) ?? []");
}
