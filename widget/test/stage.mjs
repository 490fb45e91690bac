// @ts-check
// What the browser tests stand on: Apple played, the Worker that reads it, and
// somebody else's page around the widget.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before } from "node:test";
import { By, until } from "selenium-webdriver";
import { build, eventually, playApple, root, status, wranglerDev } from "../../wasm/edge/test/harness.mjs";
import { openEngine } from "./engines.mjs";

/**
 * @typedef {import("selenium-webdriver").WebDriver} WebDriver
 * @typedef {import("../../wasm/edge/test/harness.mjs").Status} Status
 */

/** @param {Status} s */
const calm = (s) => s.level === "operational" && !s.recovered && !s.incidents.length;
/** @param {Status} s */
const related = (s) => s.related.every((row) => row.level === "operational");

/**
 * How to tell that the Worker has read what Apple was told to show, and what
 * the widget then says as in no other scenario.
 * @type {Record<string, {known: (s: Status) => boolean, says: RegExp}>}
 */
export const scenarios = {
  fine: { known: (s) => calm(s) && related(s), says: /no problem with iCloud Backup\s*So .* fix here\.\s*Checked/ },
  issue: { known: (s) => s.level === "degraded", says: /a problem with iCloud Backup since/ },
  outage: { known: (s) => s.level === "outage" && s.incidents.length > 0, says: /an outage of iCloud Backup since/ },
  maintenance: { known: (s) => s.level === "maintenance", says: /Apple is working on/ },
  upcoming: {
    known: (s) => s.level === "operational" && s.incidents[0]?.state === "upcoming",
    says: /has announced maintenance/,
  },
  recovered: { known: (s) => s.recovered, says: /it is over/ },
  "sign-in": { known: (s) => calm(s) && !related(s), says: /no problem with iCloud Backup/ }, // and a step is held back
  unlisted: { known: (s) => s.level === "unknown", says: /couldn’t read/ },
  "page-disagrees": { known: (s) => s.level === "outage" && !s.incidents.length, says: /different things/ },
};

// In the page before any other script, since not every engine has a log.
const listen = `<script>
  window.said = [];
  for (const name of ["debug", "log", "info", "warn", "error"]) {
    const say = console[name];
    console[name] = (...words) => (said.push(name + ": " + words.join(" ")), say.apply(console, words));
  }
  addEventListener("error", (event) => said.push("error: " + (event.message || event.target.src)), true);
  addEventListener("unhandledrejection", (event) => said.push("rejected: " + event.reason));
  addEventListener("securitypolicyviolation", (event) => said.push("policy: " + event.violatedDirective));
</script>`;

/**
 * Sets the stage before a file's tests, and takes it away after them.
 * @param {string[]} [recordings] of Apple's data, beside the scenarios
 */
export function stage(recordings = []) {
  let visits = 0;
  const set = {
    /** @type {Awaited<ReturnType<typeof playApple>>} */
    apple: /** @type {any} */ (undefined),
    /** @type {Awaited<ReturnType<typeof wranglerDev>>} */
    worker: /** @type {any} */ (undefined),
    /** Where the page around is. Another host name than the Worker's makes it another site. */
    host: "",
    /** What the page around holds, and the policy that it is served with. */
    page: { body: "", policy: "" },
    /** Has Apple show a scenario, and waits until the Worker knows. @param {string} scenario */
    async show(scenario) {
      await set.apple.show(scenario);
      await eventually(async () => scenarios[scenario].known(await status(set.worker.origin)), 5_000, scenario).catch(
        (error) => {
          // A Worker that has ended says why, and the browser's error wouldn't.
          throw new Error(`${error.message}\n${set.worker.running.output.slice(-2_000)}`);
        },
      );
    },
    /** Where the widget's document is anew: browsers keep it for 30 s. @param {string} scenario */
    address: (scenario) => `${set.worker.origin}/widget?test=${scenario}-${++visits}`,
    /** The README's snippet, for the Worker under test. */
    snippet() {
      const readme = readFileSync(join(root, "README.md"), "utf8");
      const found = /<script src="https:\/\/[^"/]+\/embed\.js" async><\/script>/.exec(readme)?.[0];
      assert.ok(found, "the README shows the snippet");
      return found.replace(/https:\/\/[^"/]+/, set.worker.origin);
    },
  };
  const server = createServer((_request, response) => {
    const { body, policy } = set.page;
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    if (policy) response.setHeader("Content-Security-Policy", policy);
    response.end(
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Support</title>${policy ? "" : listen}<body>${body}`,
    );
  });
  before(async () => {
    set.apple = await playApple(recordings);
    set.worker = await wranglerDev(build().dir, { APPLE_ORIGIN: set.apple.origin, REFRESH_SECONDS: "0.2" });
    await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
    set.host = `http://localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  });
  after(async () => {
    server.close();
    server.closeAllConnections(); // a browser keeps them open, and close waits for them
    await Promise.all([set.worker?.stop(), set.apple?.stop()]);
  });
  return set;
}

/**
 * A server between browser and site, for a file's tests.
 * @param {() => string} behind the site's origin
 * @param {(address: string, response: import("node:http").ServerResponse, request: import("node:http").IncomingMessage) => boolean} play answers what the site shall not; false for all else
 */
export function goBetween(behind, play) {
  const between = { origin: "" };
  const server = createServer(async (request, response) => {
    const address = request.url ?? "/";
    if (play(address, response, request)) return;
    try {
      const answer = await fetch(behind() + address);
      const passed = [...answer.headers].filter(
        ([name]) => !/^(content-encoding|content-length|transfer-encoding|connection)$/.test(name),
      );
      response.writeHead(answer.status, passed.flat()).end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      response.destroy(); // the site is not there
    }
  });
  before(async () => {
    await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
    between.origin = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return between;
}

/**
 * Opens a browser, and closes it whatever happens. One at a time: two at once
 * on two cores make each other's waits flicker.
 * @param {import("./engines.mjs").Engine} engine
 * @param {import("./engines.mjs").Look} look
 * @param {(driver: WebDriver) => Promise<void>} act
 */
export async function withBrowser(engine, look, act) {
  const driver = await openEngine(engine, look);
  try {
    await act(driver);
  } finally {
    await driver.quit();
  }
}

/** Goes into the widget's frame, through the element's shadow root. @param {WebDriver} driver */
export async function enter(driver, index = 0) {
  const find = "return document.querySelectorAll('backup-check')[arguments[0]]?.shadowRoot?.querySelector('iframe')";
  await driver.wait(() => driver.executeScript(`${find} != null`, index), 5_000, "the widget's frame");
  const frame = /** @type {import("selenium-webdriver").WebElement} */ (await driver.executeScript(find, index));
  await driver.switchTo().frame(frame);
  await driver.wait(until.elementLocated(By.css("h1")), 10_000);
}

/**
 * Scrolls the page around as a reader does, until something in the widget's
 * frame, in which the driver is and stays, is in view. WebKit's driver only
 * scrolls within the frame.
 * @param {WebDriver} driver
 * @param {string} selector
 */
export async function reach(driver, selector) {
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
  await settled(driver); // a click goes by what is on the screen
  await enter(driver);
}

/** @param {WebDriver} driver */
const settled = (driver) => driver.executeAsyncScript("setTimeout(arguments[0], 300)");

/**
 * That the widget's document, in which the driver is, is this scenario's. One
 * that the browser kept from the scenario before would pass for it.
 * @param {WebDriver} driver
 * @param {string} scenario
 */
export async function shows(driver, scenario) {
  assert.match(await text(driver, ".verdict"), scenarios[scenario].says, scenario);
  if (scenario === "sign-in") assert.ok((await driver.findElements(By.css(".held"))).length, "a step is held back");
}

/** @param {WebDriver} driver @param {string} selector */
export const text = async (driver, selector) => driver.findElement(By.css(selector)).getText();

/** Waits until what was changed is on the screen: WebKit shows the picture before otherwise. @param {WebDriver} driver */
export const painted = (driver) =>
  driver.executeAsyncScript(
    "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))",
  );
