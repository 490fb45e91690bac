// @ts-check
// Whole ways through the widget, and all that goes over the network meanwhile:
// nothing to anybody but the site, and nothing of the reader to the site.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { eventually } from "../../wasm/edge/test/harness.mjs";
import { engines } from "./engines.mjs";
import { enter, proxyTo, fixture, withBrowser } from "./fixture.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
/** All that the site was asked. @type {{method: string, address: string, headers: string, body: string}[]} */
let asked = [];
const site = proxyTo(
  () => env.worker.origin,
  (address, response, request) => {
    const one = { method: request.method ?? "", address, headers: JSON.stringify(request.headers), body: "" };
    asked.push(one);
    request.setEncoding("latin1").on("data", (chunk) => (one.body += chunk));
    if (address !== "/probe") return false;
    request.on("end", () => response.writeHead(204).end());
    return true;
  },
);

const message = "Zebra 7731 could not be completed",
  since = "since the purple Tuesday";

const title = (/** @type {WebDriver} */ driver) =>
  driver.executeScript("return document.querySelector('.sequence h2')?.textContent");

/** Answers everything as one whom nothing helps, up to the support request. @param {WebDriver} driver */
async function despair(driver) {
  /** @type {string[]} */
  const told = [];
  await driver.findElement(By.css("a[data-symptom='something-else']")).click();
  for (let screens = 0; screens < 40; screens++) {
    await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
    const heading = await title(driver);
    const check = await driver.findElements(By.css(".check > summary"));
    if (check.length && !told.includes("measured")) {
      await check[0].click();
      await driver.findElement(By.css(".check button")).click();
      await driver.wait(
        async () => /were lost/.test(await driver.findElement(By.css(".check")).getText()),
        15_000,
        "a measured connection",
      );
      told.push("measured");
    }
    // By script, in one go: what was measured may draw the screen anew at any time.
    const choice = /** @type {string | null} */ (
      await driver.executeScript(`
      for (const box of document.querySelectorAll(".confirm input")) box.click();
      const buttons = [...document.querySelectorAll(".sequence > .choices:not(.tools) button")];
      const bleak = buttons.find(({ textContent: words }) => /still|didn’t|did not|same message|nothing|no other|none|up to date|is on|was off|don’t use|I can’t find|Continue|done|Done|On a Mac|Mac/.test(words) && !/worked/.test(words));
      const chosen = bleak ?? buttons.at(-1);
      chosen?.click();
      return chosen?.textContent ?? null;`)
    );
    if (choice === null) return told;
    told.push(choice);
    await driver.wait(async () => (await title(driver)) !== heading, 5_000, `after ${choice} on ${heading}`);
  }
  throw new Error(`no end after ${told.join(" · ")}`);
}

for (const engine of engines) {
  test(
    `${engine}: a whole way to the support request tells nobody anything of the reader`,
    { timeout: 200_000 },
    async () => {
      await env.show("fine");
      env.page = { policy: "", body: env.snippet().replace(env.worker.origin, site.origin) };
      asked = [];
      await withBrowser(engine, { phone: true, traced: true }, async (driver) => {
        await driver.get("about:blank");
        if (engine === "chromium") await driver.manage().logs().get("performance"); // the browser's own first page
        await driver.get(env.host);
        await enter(driver);
        const told = await despair(driver);
        assert.ok(told.length > 10 && told.includes("measured"), told.join(" · "));
        const fields = await driver.findElements(By.css(".field input[type=text]"));
        await fields[0].sendKeys(message);
        if (fields[1]) await fields[1].sendKeys(since);
        assert.match((await driver.findElement(By.css("textarea")).getAttribute("value")) ?? "", new RegExp(message));
        // WebKit's driver doesn't come back from a file that is saved.
        if (engine === "chromium")
          for (const button of await driver.findElements(
            By.xpath("//button[starts-with(., 'Copy') or starts-with(., 'Save') or starts-with(., 'Download')]"),
          ))
            await button.click();
        await driver.executeScript("document.querySelector('.carry > summary').click()");
        await driver.wait(until.elementLocated(By.css(".carry svg.qr path")), 5_000);
        const session = /** @type {string} */ (
          await driver.executeScript("return JSON.parse(localStorage.getItem('backup-check')).session")
        );
        assert.ok(session.length > 20);
        // A minute later the verdict is looked after.
        await driver.executeScript(
          "const now = Date.now; Date.now = () => now() + 60_000; document.dispatchEvent(new Event('visibilitychange'))",
        );
        await eventually(
          () => asked.some(({ address }) => address === "/api/status"),
          5_000,
          "the look after the verdict",
        );
        assert.equal(await driver.executeScript("return document.cookie"), "");
        const mine = /** @type {string[]} */ (
          await driver.executeScript("return performance.getEntriesByType('resource').map((entry) => entry.name)")
        );
        assert.deepEqual(
          mine.filter((name) => !name.startsWith(site.origin)),
          [],
        );

        for (const { method, address, headers, body } of asked) {
          const where = `${method} ${address}`;
          assert.match(
            where,
            /^(GET \/embed\.js|GET \/widget|GET \/assets\/[\w-]+\.(js|json|wasm|css|svg)|GET \/api\/(status|history)|HEAD \/api\/status|POST \/probe|GET \/favicon\.ico)$/,
          );
          assert.doesNotMatch(headers, /"cookie"/, where);
          if (!/embed\.js|\/widget/.test(address)) assert.doesNotMatch(headers, /"referer"/, where);
          for (const secret of [session, "Zebra", "7731", "purple", "something-else"])
            assert.ok(!`${address}${headers}${body}`.includes(secret), `${where} carries ${secret}`);
          assert.ok(method === "POST" || body === "", where);
        }
        const probes = asked.filter(({ address }) => address === "/probe");
        assert.ok(probes.length > 0, "the connection was measured");

        if (engine === "chromium") {
          const events = (await driver.manage().logs().get("performance")).map(
            (entry) => JSON.parse(entry.message).message,
          );
          const requests = events
            .filter(({ method }) => method === "Network.requestWillBeSent")
            .map(({ params }) => String(params.request.url));
          assert.ok(
            requests.some((url) => url.includes("/assets/engine-")),
            "the frame's requests are seen, too",
          );
          assert.deepEqual(
            requests.filter(
              (url) =>
                !url.startsWith(`${site.origin}/`) &&
                !url.startsWith(`${env.host}/`) &&
                !/^(data|blob|about|chrome[\w-]*):/.test(url),
            ),
            [],
          );
        }
        assert.deepEqual(await driver.manage().getCookies(), []);
      });
    },
  );
}
