// @ts-check
// Records the network traffic of a complete journey through the widget: requests
// go to the site only, and contain no data of the reader.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, Key, until } from "selenium-webdriver";
import { eventually } from "../../wasm/edge/test/harness.mjs";
import { engines } from "./engines.mjs";
import { enter, proxyTo, fixture, withBrowser } from "./fixture.mjs";
import { readerOf, worstAnswer } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
/** The requests that the site received. @type {{method: string, address: string, headers: string, body: string}[]} */
let requests = [];
const site = proxyTo(
  () => env.worker.origin,
  (address, response, request) => {
    const received = { method: request.method ?? "", address, headers: JSON.stringify(request.headers), body: "" };
    requests.push(received);
    request.setEncoding("latin1").on("data", (chunk) => (received.body += chunk));
    if (address !== "/probe") return false;
    request.on("end", () => response.writeHead(204).end());
    return true;
  },
);

const message = "Zebra 7731 qwertz uiop",
  since = "since the purple Tuesday";

/** Answers everything as if nothing helped, up to the support request, and measures the connection on the way. @param {WebDriver} driver */
async function answerWorstCase(driver) {
  const reader = readerOf(driver);
  let measured = false,
    answers = 1;
  // By script, since in a frame WebKit's driver doesn't scroll the host page to a button.
  await driver.executeScript("document.querySelector('[data-symptom=something-else]').click()");
  for (let node = await reader.begun(); node !== "support"; answers++) {
    if (!measured && (await driver.findElements(By.css(".check > summary"))).length) {
      await driver.executeScript(
        "document.querySelector('.check > summary').click(); document.querySelector('[data-action=measure]').click()",
      );
      await driver.wait(
        async () => /were lost/.test(await driver.findElement(By.css(".check")).getText()),
        15_000,
        "a measured connection",
      );
      measured = true;
    }
    assert.ok(answers < 40, `no ending after 40 answers, at "${node}"`);
    const choice = worstAnswer(node);
    await driver.executeScript(
      `for (const box of document.querySelectorAll(".confirm input")) box.click();
      document.querySelector('.sequence > .choices [data-choice="' + arguments[0] + '"]').click();`,
      choice,
    );
    await driver.wait(async () => (await reader.node()) !== node, 5_000, `another screen after ${choice} on ${node}`);
    node = await reader.node();
  }
  return { measured, answers };
}

for (const engine of engines) {
  test(`${engine}: a journey to the support request sends no data of the reader`, { timeout: 200_000 }, async () => {
    await env.show("fine");
    env.page = { policy: "", body: env.snippet().replace(env.worker.origin, site.origin) };
    requests = [];
    await withBrowser(engine, { phone: true, traced: true }, async (driver) => {
      await driver.get("about:blank");
      if (engine === "chromium") await driver.manage().logs().get("performance"); // the browser's start page
      await driver.get(env.host);
      await enter(driver);
      // What the iPhone says is looked up in the browser.
      const field = await driver.findElement(By.css(".message textarea"));
      await field.click(); // WebKit lets nothing in a frame have the focus before a tap.
      await field.sendKeys(message, Key.ENTER);
      await driver.wait(
        async () => /don’t know this/.test(await driver.findElement(By.css(".message")).getText()),
        15_000,
        "an answer",
      );
      const { measured, answers } = await answerWorstCase(driver);
      assert.ok(measured && answers > 10, `${answers} answers, measured: ${measured}`);
      assert.equal(await driver.findElement(By.css("[data-detail=message]")).getAttribute("value"), message);
      await driver.findElement(By.css("[data-detail=since]")).sendKeys(since);
      const request = (await driver.findElement(By.css("textarea")).getAttribute("value")) ?? "";
      for (const words of [message, since]) assert.ok(request.includes(words), `the request has "${words}"`);
      // WebKit's driver hangs when a file is saved.
      if (engine === "chromium") for (const action of ["copy", "download"]) await readerOf(driver).press(action);
      await driver.executeScript("document.querySelector('.carry > summary').click()");
      await driver.wait(until.elementLocated(By.css(".carry svg.qr path")), 5_000);
      const session = /** @type {string} */ (
        await driver.executeScript("return JSON.parse(localStorage.getItem('backup-check')).session")
      );
      assert.ok(session.length > 20);
      // A minute later it polls for a new verdict.
      await driver.executeScript(
        "const now = Date.now; Date.now = () => now() + 60_000; document.dispatchEvent(new Event('visibilitychange'))",
      );
      await eventually(() => requests.some(({ address }) => address === "/api/status"), 5_000, "the poll");
      assert.equal(await driver.executeScript("return document.cookie"), "");
      const resources = /** @type {string[]} */ (
        await driver.executeScript("return performance.getEntriesByType('resource').map((entry) => entry.name)")
      );
      assert.deepEqual(
        resources.filter((name) => !name.startsWith(site.origin)),
        [],
      );

      for (const { method, address, headers, body } of requests) {
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
      const probes = requests.filter(({ address }) => address === "/probe");
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
          "the frame's requests are recorded, too",
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
  });
}
