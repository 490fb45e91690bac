// @ts-check
// The fixture of the browser tests: a simulated Apple, the Worker that reads
// it, and a host page around the widget.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before } from "node:test";
import { setTimeout } from "node:timers/promises";
import { By, error, until } from "selenium-webdriver";
import { build, eventually, playApple, root, status, unblock, wranglerDev } from "../../wasm/edge/test/harness.mjs";
import { openEngine } from "./engines.mjs";

/**
 * @typedef {import("selenium-webdriver").WebDriver} WebDriver
 * @typedef {import("../../wasm/edge/test/harness.mjs").Status} Status
 */

/** Incidents of earlier scenarios stay listed as ended. @param {Status} s */
const allEnded = (s) => s.incidents.every(({ state }) => state === "resolved" || state === "completed");
/** @param {Status} s */
const noIncidents = (s) => s.level === "operational" && !s.recovered && allEnded(s);
/** @param {Status} s */
const relatedOperational = (s) => s.related.every((row) => row.level === "operational");

/**
 * The states that Apple can show. For each one, whether the Worker has read it,
 * and a text of the widget that appears in no other scenario.
 * @type {Record<string, {isRead: (s: Status) => boolean, verdict: RegExp}>}
 */
export const scenarios = {
  fine: {
    isRead: (s) => noIncidents(s) && relatedOperational(s),
    verdict: /no problem with iCloud Backup\s*So .*\.\s*Checked/,
  },
  issue: { isRead: (s) => s.level === "degraded", verdict: /a problem with iCloud Backup since/ },
  outage: {
    isRead: (s) => s.level === "outage" && !allEnded(s),
    verdict: /an outage of iCloud Backup since/,
  },
  maintenance: { isRead: (s) => s.level === "maintenance", verdict: /Apple is working on/ },
  upcoming: {
    isRead: (s) => s.level === "operational" && s.incidents[0]?.state === "upcoming",
    verdict: /has announced maintenance/,
  },
  recovered: { isRead: (s) => s.recovered, verdict: /it is over/ },
  // The verdict is that of fine; what differs is another row.
  "sign-in": { isRead: (s) => noIncidents(s) && !relatedOperational(s), verdict: /no problem with iCloud Backup/ },
  unlisted: { isRead: (s) => s.level === "unknown", verdict: /couldn’t read/ },
  "page-disagrees": { isRead: (s) => s.level === "outage" && allEnded(s), verdict: /disagree/ },
};

// Before any other script of the page, since not every engine's driver has a log.
export const consoleRecorder = `<script>
  window.consoleLines = [];
  for (const name of ["debug", "log", "info", "warn", "error"]) {
    const original = console[name];
    console[name] = (...words) => (consoleLines.push(name + ": " + words.join(" ")), original.apply(console, words));
  }
  addEventListener("error", (event) => consoleLines.push("error: " + (event.message || event.target.src)), true);
  addEventListener("unhandledrejection", (event) => consoleLines.push("rejected: " + event.reason));
  addEventListener("securitypolicyviolation", (event) => consoleLines.push("policy: " + event.violatedDirective));
</script>`;

/**
 * Starts everything before a file's tests, and stops it after them.
 * @param {string[]} [recordings] folders or files of Apple's data, besides the scenarios
 */
export function fixture(recordings = []) {
  let visits = 0;
  const env = {
    /** @type {Awaited<ReturnType<typeof playApple>>} */
    apple: /** @type {any} */ (undefined),
    /** @type {Awaited<ReturnType<typeof wranglerDev>>} */
    worker: /** @type {any} */ (undefined),
    /** The host page's origin. Its host name differs from the Worker's, so that it is another site. */
    host: "",
    /** The host page's content, its Content-Security-Policy, and what else it has in its head and as headers. @type {{body: string, policy: string, head?: string, headers?: Record<string, string>}} */
    page: { body: "", policy: "" },
    /** Shows a scenario at the simulated Apple, and waits until the Worker has read it. @param {string} scenario */
    async show(scenario) {
      // A row that is missing ends no incident.
      if (scenario === "unlisted") await env.show("fine");
      await env.apple.show(scenario);
      await eventually(async () => scenarios[scenario].isRead(await status(env.worker.origin)), 5_000, scenario).catch(
        (error) => {
          // If the Worker has exited, its output has the reason.
          throw new Error(`${error.message}\n${env.worker.running.output.slice(-2_000)}`);
        },
      );
    },
    /** An address of the widget's document that isn't in the browser's cache, where it stays for 30 s. @param {string} scenario */
    address: (scenario) => `${env.worker.origin}/widget?test=${scenario}-${++visits}`,
    /** The README's snippet, for the Worker under test. */
    snippet() {
      const readme = readFileSync(join(root, "README.md"), "utf8");
      const found = /<script src="https:\/\/[^"/]+\/embed\.js" async><\/script>/.exec(readme)?.[0];
      assert.ok(found, "the README shows the snippet");
      return found.replace(/https:\/\/[^"/]+/, env.worker.origin);
    },
  };
  const server = createServer(async (request, response) => {
    if (request.url === "/slow.js") {
      await setTimeout(4_000);
      return response.writeHead(200, { "Content-Type": "text/javascript" }).end("window.slowAt = performance.now()");
    }
    // Another site's file under the script's name. A page that embeds itself, Firefox would load ten levels deep.
    if (request.url === "/embed.js") return response.writeHead(200, { "Content-Type": "text/javascript" }).end();
    const { body, policy, head = "", headers = {} } = env.page;
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (policy) response.setHeader("Content-Security-Policy", policy);
    response.end(
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Support</title>${policy ? "" : consoleRecorder}${head}<body>${body}`,
    );
  });
  before(async () => {
    env.apple = await playApple(recordings);
    env.worker = await wranglerDev(build().dir, { APPLE_ORIGIN: env.apple.origin, REFRESH_SECONDS: "0.2" });
    unblock(env.worker.origin);
    await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
    env.host = `http://localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  });
  after(async () => {
    server.close();
    server.closeAllConnections(); // close would wait for the browser's open connections
    await Promise.all([env.worker?.stop(), env.apple?.stop()]);
  });
  return env;
}

/**
 * A proxy between browser and site, for a file's tests, which may replace its intercept.
 * @param {() => string} target the site's origin
 * @param {(address: string, response: import("node:http").ServerResponse, request: import("node:http").IncomingMessage) => boolean} [intercept] responds instead of the site; false to forward the request
 */
export function proxyTo(target, intercept = () => false) {
  const proxy = { origin: "", intercept };
  const server = createServer(async (request, response) => {
    const address = request.url ?? "/";
    if (proxy.intercept(address, response, request)) return;
    try {
      const answer = await fetch(target() + address);
      const headers = [...answer.headers].filter(
        ([name]) => !/^(content-encoding|content-length|transfer-encoding|connection)$/.test(name),
      );
      response.writeHead(answer.status, headers.flat()).end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      response.destroy(); // the site can't be reached
    }
  });
  before(async () => {
    await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
    proxy.origin = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return proxy;
}

/**
 * Opens a browser and always closes it. One at a time: two at once on two cores
 * slow each other down, and waits time out.
 * @param {import("./engines.mjs").Engine} engine
 * @param {import("./engines.mjs").BrowserOptions} options
 * @param {(driver: WebDriver) => Promise<void>} act
 */
export async function withBrowser(engine, options, act) {
  const driver = await openEngine(engine, options);
  try {
    await act(driver);
  } finally {
    await driver.quit();
  }
}

/** Switches to the widget's frame, through the element's shadow root. @param {WebDriver} driver */
export async function enter(driver, index = 0) {
  const find = "return document.querySelectorAll('backup-check')[arguments[0]]?.shadowRoot?.querySelector('iframe')";
  await driver.wait(() => driver.executeScript(`${find} != null`, index), 5_000, "the widget's frame");
  const frame = /** @type {import("selenium-webdriver").WebElement} */ (await driver.executeScript(find, index));
  const located = async () => {
    await driver.switchTo().frame(frame);
    return driver.wait(until.elementLocated(By.css("h1")), 10_000);
  };
  try {
    await located();
  } catch (problem) {
    if (!(problem instanceof error.NoSuchFrameError)) throw problem;
    // In WebKit a command ends so if the frame's first, empty document unloads meanwhile.
    await driver.switchTo().parentFrame();
    await located();
  }
}

/**
 * Scrolls the host page, as a reader does, until an element of the widget is in
 * view. The driver is in the widget's frame and stays there. WebKit's driver
 * only scrolls within the frame.
 * @param {WebDriver} driver
 * @param {string} selector
 */
export async function scrollHostTo(driver, selector) {
  await settled(driver); // the frame's height follows its content
  const top = await driver.executeScript(
    "return document.querySelector(arguments[0]).getBoundingClientRect().top",
    selector,
  );
  await driver.switchTo().defaultContent();
  await driver.executeScript(
    "scrollTo(0, scrollY + document.querySelector('backup-check').getBoundingClientRect().top + arguments[0] - innerHeight / 4)",
    top,
  );
  await settled(driver); // a click hits the element on the screen
  await enter(driver);
}

/** @param {WebDriver} driver */
const settled = (driver) => driver.executeAsyncScript("setTimeout(arguments[0], 300)");

/**
 * Asserts that the widget's document, in which the driver is, is this
 * scenario's, and not a cached one of the scenario before.
 * @param {WebDriver} driver
 * @param {string} scenario
 */
export async function assertShows(driver, scenario) {
  assert.match(await text(driver, ".verdict"), scenarios[scenario].verdict, scenario);
  if (scenario !== "sign-in") return;
  const rows = await driver.executeScript("return JSON.parse(document.getElementById('verdict').textContent).rows");
  assert.equal(rows["iCloud Account & Sign In"], "outage");
}

/** @param {WebDriver} driver @param {string} selector */
export const text = async (driver, selector) => driver.findElement(By.css(selector)).getText();

/** The console's lines, without the one about the missing favicon. @param {string[]} lines */
export const withoutFavicon = (lines) => lines.filter((line) => !line.includes("favicon"));

/** Waits until a change is painted: WebKit's screenshot shows the state before otherwise. @param {WebDriver} driver */
export const painted = (driver) =>
  driver.executeAsyncScript(
    "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))",
  );
