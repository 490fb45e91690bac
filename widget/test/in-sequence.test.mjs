// @ts-check
// How a screen of the sequence looks: what is in view together, the verdict as
// one line, the list of all steps behind one line, paths in Settings as rows of
// labels, and words for an iPad.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, Key, until } from "selenium-webdriver";
import { emulate } from "./emulate.mjs";
import { engines } from "./engines.mjs";
import { enter, fixture, painted, proxyTo, scrollHostTo, text, withBrowser } from "./fixture.mjs";
import { readerOf } from "./reader.mjs";
import { everyScreen } from "./walk.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */
/** @typedef {import("selenium-webdriver/chrome.js").Driver} Chromium */

const env = fixture();
const site = proxyTo(() => env.worker.origin);

/** @param {WebDriver} driver @param {string} symptom */
async function begin(driver, symptom) {
  await driver.get(env.address("fine"));
  return readerOf(driver).begin(symptom);
}

/** Where the heading, the first lines and the first answer end, in pixels from the document's top. */
const ends = `
  const bottom = (selector) => { const found = document.querySelector(selector); return found ? found.getBoundingClientRect().bottom + scrollY : 0; };
  return { heading: bottom(".sequence h2"), lines: bottom(".sequence h2 + *"), answer: bottom(".sequence > .choices:not(.tools) button") };`;

test("on a phone the heading, the first lines and the first answer are in view together", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await begin(driver, "something-else");
    // The iPhone's font is about as wide as this one; the default here is wider.
    await driver.executeScript("document.body.style.fontFamily = 'DejaVu Sans Condensed'");
    const screens = await everyScreen(driver, async (node) => {
      const { heading, lines, answer } = /** @type {any} */ (await driver.executeScript(ends));
      if (!answer) return; // an ending that goes nowhere
      assert.ok(heading > 0 && heading < lines && lines < answer, `${node}: in this order`);
      assert.ok(answer <= 844, `${node}: the first answer ends at ${answer}`);
    });
    assert.ok(screens > 60, `${screens} screens`);
  });
});

test("embedded, the frame begins at the top after a tap further down", async () => {
  await env.show("fine");
  env.page = { policy: "", body: `<p style="height: 300px">Above</p>${env.snippet()}<p style="height: 2000px"></p>` };
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(env.host);
    await enter(driver);
    await scrollHostTo(driver, "a[data-symptom=something-else]");
    await readerOf(driver).begin("something-else");
    await driver.executeAsyncScript("setTimeout(arguments[0], 300)");
    const { answer } = /** @type {any} */ (await driver.executeScript(ends));
    const heading = await driver.executeScript("return document.querySelector('.bar').getBoundingClientRect().top");
    await driver.switchTo().defaultContent();
    const top = /** @type {number} */ (
      await driver.executeScript("return document.querySelector('backup-check').getBoundingClientRect().top")
    );
    assert.ok(top + Number(heading) >= -1, `the screen begins at ${top + Number(heading)}`);
    assert.ok(top + answer <= 844, `the first answer ends at ${top + answer}`);
  });
});

for (const engine of engines) {
  test(`${engine}: in the sequence the verdict is one line, which opens by tap and keyboard`, async () => {
    await env.show("fine");
    await withBrowser(engine, {}, async (driver) => {
      const heading = await (await driver.get(env.address("fine")), text(driver, "h1"));
      const toggle = By.css(".verdict h1 button");
      const lead = () => driver.findElement(By.css(".verdict .more > p")).isDisplayed();
      assert.deepEqual(await driver.findElements(toggle), [], "the first page's verdict isn't to be closed");
      assert.equal(await lead(), true);
      const reader = readerOf(driver);
      await reader.begin("something-else");
      assert.equal(await lead(), false);
      await driver.wait(until.elementLocated(toggle), 15_000);
      assert.equal(await text(driver, "h1"), heading);
      assert.equal(await lead(), false);
      const height = await driver.executeScript("return document.querySelector('.verdict').offsetHeight");
      assert.ok(Number(height) >= 44 && Number(height) <= 50, `${height} px`);
      assert.equal(await driver.findElement(toggle).getAttribute("aria-expanded"), "false");
      await driver.findElement(toggle).click();
      assert.equal(await lead(), true);
      assert.equal(await driver.findElement(toggle).getAttribute("aria-expanded"), "true");
      await reader.choose((await reader.choices())[0]);
      assert.equal(await lead(), true, "it stays as the reader has it");
      await driver.executeScript("document.querySelector('.verdict h1 button').focus()");
      await driver.actions().sendKeys(Key.ENTER).perform();
      await painted(driver);
      assert.equal(await lead(), false);
      await reader.press("restart");
      assert.deepEqual(await driver.findElements(toggle), []);
      assert.equal(await lead(), true);
      assert.equal(await text(driver, "h1"), heading);
    });
  });
}

const listOpen = "return document.querySelector('[data-steps] > details').open";

for (const engine of engines) {
  test(`${engine}: the list of all steps is closed from the start, and opens on a tap`, async () => {
    await env.show("fine");
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.address("fine"));
      assert.equal(await driver.executeScript(listOpen), false);
      await driver.findElement(By.css("[data-steps] > details > summary")).click();
      await painted(driver);
      assert.equal(await driver.executeScript(listOpen), true);
      assert.equal(await driver.findElement(By.css("#do-backup-on")).isDisplayed(), true);
    });
  });

  test(`${engine}: without the script file, a symptom opens the list and its step`, async () => {
    await env.show("fine");
    site.intercept = (address, response) =>
      /assets\/widget-/.test(address) && Boolean(response.writeHead(404).end("gone"));
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.address("fine").replace(env.worker.origin, site.origin));
      assert.equal(await driver.executeScript(listOpen), false);
      const link = driver.findElement(By.css("a[data-symptom=last-not-completed]"));
      const step = ((await link.getAttribute("href")) ?? "").split("#")[1];
      await link.click();
      // The document itself has the first screen; what follows never comes.
      await driver.findElement(By.css("section[data-from] [data-choice]")).click();
      await driver.wait(async () => driver.findElement(By.id(step)).isDisplayed(), 15_000, step);
      assert.equal((await driver.findElements(By.css("[aria-busy]"))).length, 0);
    });
    site.intercept = () => false;
  });
}

test("no frame shows the list open before the script closes it", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await /** @type {Chromium} */ (driver).sendDevToolsCommand("Page.addScriptToEvaluateOnNewDocument", {
      source: `window.seen = []; const look = () => { seen.push(document.querySelector("#do-backup-on")?.checkVisibility() ?? false); if (seen.length < 60) requestAnimationFrame(look); }; look();`,
    });
    await driver.get(env.address("fine"));
    await driver.executeAsyncScript("setTimeout(arguments[0], 500)");
    const seen = /** @type {boolean[]} */ (await driver.executeScript("return seen"));
    assert.ok(seen.length > 5 && seen.every((visible) => !visible), seen.join());
  });
});

test("without script the list is open", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await /** @type {Chromium} */ (driver).sendDevToolsCommand("Emulation.setScriptExecutionDisabled", { value: true });
    await driver.get(env.address("fine"));
    assert.equal(await driver.findElement(By.css("#do-backup-on")).isDisplayed(), true);
  });
});

const PATH = "Settings > [your name] > iCloud > iCloud Backup";

test("a path in Settings reads and copies as text, and looks the same in document and sequence", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(env.address("fine"));
    const item = (/** @type {string} */ list) =>
      `[...document.querySelectorAll(${JSON.stringify(list)})].find((item) => item.textContent.includes(${JSON.stringify(PATH)}))`;
    const markup = await driver.executeScript(`return ${item("#do-backup-on li")}.innerHTML`);
    await readerOf(driver).begin("not-backed-up-weeks");
    const found = /** @type {any} */ (
      await driver.executeScript(`
        const item = ${item(".sequence li")};
        getSelection().selectAllChildren(item);
        return { markup: item.innerHTML, copied: getSelection().toString(), read: item.innerText, marked: [...item.querySelectorAll(".path b")].map((row) => row.innerText) };`)
    );
    assert.equal(found.markup, markup);
    assert.equal(found.copied, `Open ${PATH}.`);
    assert.equal(found.read, `Open ${PATH}.`);
    assert.deepEqual(found.marked, ["iCloud Backup"]);
    // No line begins with what separates two labels, or with what ends the sentence.
    for (const width of [280, 390]) {
      await emulate(driver, { width });
      const broken = await driver.executeScript(`
        return [...document.querySelectorAll(".sequence .path > span")].filter((group) => {
          const label = group.firstElementChild.getBoundingClientRect(), range = document.createRange();
          range.setStartAfter(group.firstElementChild), range.setEndAfter(group.lastChild);
          return [...range.getClientRects()].some(({ left, top, bottom }) => left < label.right - 1 || bottom < label.top || top > label.bottom);
        }).map((group) => group.innerText)`);
      assert.deepEqual(broken, [], `${width} px`);
    }
  });
});

/** Shows what a browser on an iPad shows. @param {WebDriver} driver @param {boolean} [desktop] requests desktop sites, as iPads do by default */
async function onIPad(driver, desktop = true) {
  const chromium = /** @type {Chromium} */ (driver);
  const system = desktop ? "Macintosh; Intel Mac OS X 10_15_7" : "iPad; CPU OS 17_5 like Mac OS X";
  await chromium.sendDevToolsCommand("Emulation.setUserAgentOverride", {
    userAgent: `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 ${desktop ? "" : "Mobile/15E148 "}Safari/605.1.15`,
  });
  await chromium.sendDevToolsCommand("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 5 });
}

/** The sentences of the page that are for an iPhone, hidden ones too. */
const aboutIPhones = `
  const skipped = "style, script, select, blockquote";
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(skipped)) found.push(walker.currentNode.data);
  for (const { value } of document.querySelectorAll("textarea")) found.push(value);
  return found.flatMap((text) => text.match(/[^.!?]+/g) ?? []).filter((sentence) => /iPhone|\\biOS/.test(sentence) && !sentence.includes("iPad"));`;

for (const desktop of [true, false]) {
  test(`on an iPad${desktop ? " that requests desktop sites" : ""} every text says so`, async () => {
    for (const scenario of ["issue", "fine"]) {
      await env.show(scenario);
      await withBrowser("chromium", { width: 820, height: 1180 }, async (driver) => {
        await onIPad(driver, desktop);
        await driver.get(env.address(scenario));
        assert.deepEqual(await driver.executeScript(aboutIPhones), [], scenario);
        if (scenario !== "fine") return assert.equal(await text(driver, "h1"), "It’s Apple, not your iPad");
        assert.match(await text(driver, "[data-plain]"), /What do you see on your iPad\?/);
        await readerOf(driver).begin("something-else");
        await everyScreen(driver, async (node) => {
          assert.deepEqual(await driver.executeScript(aboutIPhones), [], node);
          if (node === "support") await checkRequest(driver);
        });
      });
    }
  });
}

/** @param {WebDriver} driver */
async function checkRequest(driver) {
  const request = (await driver.findElement(By.css("textarea")).getAttribute("value")) ?? "";
  assert.match(request, /Device: iPad\niPadOS version: 17\n/);
}

test("the reader can choose the device: on the first page, beside the version, and it stays in this browser", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    const choose = async (/** @type {string} */ scope, /** @type {string} */ device) => {
      // The document's first screen has no choice of the device before the engine is there.
      const select = await driver.wait(until.elementLocated(By.css(`${scope} select[data-device]`)), 15_000);
      await driver.executeScript(
        `arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event("change", { bubbles: true }))`,
        select,
        device,
      );
    };
    const question = () => text(driver, "[data-plain] h2");
    const stored = () => driver.executeScript("return JSON.parse(localStorage.getItem('backup-check') ?? '{}').device");
    await driver.get(env.address("fine"));
    const original = await question();
    const markup = await driver.executeScript("return document.querySelector('[data-plain]').innerHTML");
    await choose("[data-plain]", "iPad");
    assert.equal(await question(), original.replace("iPhone", "iPad"));
    await driver.wait(async () => (await stored()) === "iPad", 15_000, "saved");
    await choose("[data-plain]", "iPhone");
    assert.equal(await driver.executeScript("return document.querySelector('[data-plain]').innerHTML"), markup);
    await choose("[data-plain]", "iPad");
    await driver.wait(async () => (await stored()) === "iPad", 5_000, "saved again");

    await driver.get(env.address("fine"));
    assert.equal(await question(), original.replace("iPhone", "iPad"), "on the next visit");
    const reader = readerOf(driver);
    await reader.begin("not-enough-storage");
    assert.deepEqual(await driver.executeScript(aboutIPhones), []);
    assert.equal(await stored(), "iPad", "beginning keeps it");
    await choose(".sequence", "iPhone");
    await driver.wait(async () => /iPhone/.test(await reader.text()), 3_000, "the screen follows");
    assert.equal(
      await driver.executeScript("return document.activeElement.matches('.sequence select[data-device]')"),
      true,
    );
    await choose(".sequence", "iPad");
    await driver.wait(async () => (await stored()) === "iPad", 3_000, "the choice on the screen");
    await reader.press("restart");
    assert.equal(await question(), original.replace("iPhone", "iPad"), "starting over changes no device");
    // A link takes no device along.
    await reader.begin("not-backed-up-weeks");
    for (let n = 0; n < 20 && (await driver.findElements(By.css(".carry"))).length === 0; n++) {
      await driver.executeScript("for (const box of document.querySelectorAll('.confirm input')) box.click()");
      await reader.choose((await reader.choices())[0]);
    }
    const link = await driver.executeScript("return document.querySelector('.carry input').value");
    assert.match(String(link), /\/widget#s=[\w.~-]+$/);
    await driver.executeScript("localStorage.clear()");
    await driver.get("about:blank");
    await driver.get(String(link));
    await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
    assert.match(await reader.text(), /iPhone/);
  });
});

test("the primary button is an answer that moves on, questions have none, and progress has a noun", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    /** @type {string[]} */
    const said = [];
    let primaries = 0;
    await begin(driver, "something-else");
    await everyScreen(driver, async (node, kind) => {
      const [primary, first, progress] = /** @type {[string[], string, string]} */ (
        await driver.executeScript(`
          const answers = ".sequence > .choices:not(.tools) ";
          return [
            [...document.querySelectorAll(answers + ".primary")].map((button) => button.dataset.choice),
            document.querySelector(answers + "button")?.dataset.choice ?? "",
            document.querySelector(".bar .left").innerText]`)
      );
      if (progress) said.push(progress);
      assert.ok(kind === "question" ? primary.length === 0 : primary.length <= 1, `${node}: ${primary}`);
      if (primary.length === 1) assert.equal(primary[0], first, node);
      primaries += primary.length;
    });
    assert.ok(primaries > 40, `${primaries} primary buttons`);
    for (const words of said) assert.match(words, /^(step \d+|about ([2-9]|\d\d) steps left|about one step left)$/);
    assert.ok(said.includes("about one step left") && said.some((words) => /steps left/.test(words)), said.join());
  });
});
