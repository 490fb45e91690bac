// @ts-check
// The element in the containers and colours of pages of others, and what changes later.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { engines } from "./engines.mjs";
import { enter, fixture, scrollHostTo, text, withBrowser } from "./fixture.mjs";
import { readerOf, worstAnswer } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
const element = "<backup-check></backup-check>";
const DARK = "rgb(22, 22, 24)",
  LIGHT = "rgb(255, 255, 255)";

/** @param {WebDriver} driver @param {string} script */
const inHost = async (driver, script) => {
  await driver.switchTo().defaultContent();
  return /** @type {any} */ (await driver.executeScript(script));
};

/** Waits until the widget has this background. @param {WebDriver} driver @param {string} wanted @param {string} why */
async function hasBackground(driver, wanted, why) {
  await driver.switchTo().defaultContent();
  await enter(driver);
  const background = () => driver.executeScript("return getComputedStyle(document.body).backgroundColor");
  await driver
    .wait(async () => (await background()) === wanted, 5_000)
    .catch(async () => assert.equal(await background(), wanted, why));
  await driver.switchTo().defaultContent();
}

for (const engine of engines) {
  test(`${engine}: it fills what it is given in every kind of container`, async () => {
    await env.show("fine");
    /** The container, the least and the most width of the widget. @type {Record<string, [string, number, number]>} */
    const containers = {
      block: ["width:700px", 700, 700],
      "centred flex column": ["width:700px;display:flex;flex-direction:column;align-items:center", 700, 700],
      "centred flex row": ["width:700px;display:flex;justify-content:center", 700, 700],
      "centred grid": ["width:700px;display:grid;place-items:center", 700, 700],
      float: ["float:left", 560, 560],
      "inline-block": ["display:inline-block", 560, 560],
      "inline-flex": ["display:inline-flex", 560, 560],
      "table cell": ["display:table-cell", 560, 560],
      absolute: ["position:absolute;left:0;top:0", 560, 560],
      "fit-content": ["width:fit-content", 560, 560],
      "max-content": ["width:max-content", 560, 560],
      sidebar: ["width:280px", 280, 280],
      "narrow float": ["float:left;max-width:300px", 300, 300],
      "narrow centred flex": ["width:320px;display:flex;flex-direction:column;align-items:center", 320, 320],
      "narrow grid column": ["width:320px;display:grid;grid-template-columns:auto", 320, 320],
      "narrower than it needs": ["width:200px", 200, 200],
      "one of two columns": ["width:700px;display:grid;grid-template-columns:1fr 1fr", 350, 350],
      "beside something": ["width:700px;display:flex", 400, 600],
    };
    const measured = `const element = document.querySelector("backup-check"), frame = element.shadowRoot.querySelector("iframe");
      return [element.getBoundingClientRect().width, frame.getBoundingClientRect().width, document.documentElement.scrollWidth - innerWidth]`;
    await withBrowser(engine, {}, async (driver) => {
      for (const strict of [false, true])
        for (const [kind, [style, least, most]] of Object.entries(containers)) {
          const beside = kind === "beside something" ? "<p style='flex:none;width:200px'>Beside</p>" : "";
          env.page = {
            policy: strict
              ? `style-src 'unsafe-inline'; script-src ${env.worker.origin}; frame-src ${env.worker.origin}`
              : "",
            body: `<div style="${style}">${element}${beside}</div>${env.snippet()}`,
          };
          if (strict && kind !== "float") continue;
          await driver.get(env.host);
          await driver.wait(until.elementLocated(By.css("backup-check")), 3_000);
          await driver.wait(
            async () => driver.executeScript("return document.querySelector('backup-check').shadowRoot != null"),
            5_000,
          );
          const [width, frame, over] = await inHost(driver, measured);
          assert.ok(width >= least && width <= most && frame === width, `${kind}: ${width}, the frame ${frame}`);
          assert.ok(over <= 0, `${kind}: ${over} pixels too wide`);
        }
      // The page's own style counts.
      env.page = {
        policy: "",
        body: `<style>backup-check { width: 400px; margin: auto }</style>${element}${env.snippet()}`,
      };
      await driver.get(env.host);
      await enter(driver);
      assert.equal((await inHost(driver, measured))[0], 400);
      for (const size of [320, 1100]) {
        await driver
          .manage()
          .window()
          .setRect({ width: Math.max(size, 450), height: 800 });
        env.page = { policy: "", body: `<div style="float:left">${element}</div>${env.snippet()}` };
        await driver.get(env.host);
        await enter(driver);
        const [width, , over] = await inHost(driver, measured);
        assert.ok(width <= 560 && over <= 0, `a float in ${size}: ${width}, ${over}`);
      }
    });
  });

  test(`${engine}: it has the page's colours, and follows them as they change`, async () => {
    await env.show("fine");
    /** The page's head, and the widget's background in a light and in a dark system. @type {Record<string, [string, string, string]>} */
    const pages = {
      "a light page": ["<style>:root{color-scheme:light}</style>", LIGHT, LIGHT],
      "a dark page": ["<style>:root{color-scheme:dark}body{background:#111;color:#eee}</style>", DARK, DARK],
      "a page of both": ["<style>:root{color-scheme:light dark}</style>", LIGHT, DARK],
      "a dark page, by meta": ['<meta name="color-scheme" content="dark">', DARK, DARK],
      "a page that says nothing": ["", LIGHT, LIGHT],
      "a dark one that says nothing": ["<style>body{background:#1b1b1f}</style>", DARK, DARK],
      "a dark box on a light page": ["<style>main{background:rgb(20 20 30 / 0.95)}</style>", DARK, DARK],
      "a dark one in other colour spaces": [
        "<style>body{background:color-mix(in oklab, black 80%, white)}</style>",
        DARK,
        DARK,
      ],
      "a light box on a dark page": ["<style>body{background:#111}main{background:#fafafa}</style>", LIGHT, LIGHT],
    };
    for (const dark of [false, true])
      await withBrowser(engine, { dark }, async (driver) => {
        for (const [kind, [head, inLight, inDark]] of Object.entries(pages)) {
          env.page = { policy: "", head, body: `<main>${element}</main>${env.snippet()}` };
          await driver.get(env.host);
          await hasBackground(driver, dark ? inDark : inLight, `${kind}, ${dark ? "dark" : "light"} system`);
        }
        env.page = {
          policy: "",
          head: "<style>:root{color-scheme:light}body{background:#fff;transition:background-color 200ms}.night{color-scheme:dark}.night body{background:#111}</style>",
          body: `${element}${env.snippet()}`,
        };
        await driver.get(env.host);
        await hasBackground(driver, LIGHT, "by day");
        await inHost(driver, "window.before = history.length; document.documentElement.className = 'night'");
        await hasBackground(driver, DARK, "by night");
        await inHost(driver, "document.documentElement.className = ''");
        await hasBackground(driver, LIGHT, "by day again");
        // A page that says nothing but fades to a dark background.
        env.page = {
          policy: "",
          head: "<style>body{background:#fff;transition:background-color 300ms}.night{background:#111}</style>",
          body: `${element}${env.snippet()}`,
        };
        await driver.get(env.host);
        await hasBackground(driver, LIGHT, "a page that says nothing");
        await inHost(driver, "document.body.className = 'night'");
        await hasBackground(driver, DARK, "after it has faded");
        await inHost(
          driver,
          "const before = history.length, element = document.querySelector('backup-check'); window.before = before; element.setAttribute('theme', 'light')",
        );
        await hasBackground(driver, LIGHT, "by its attribute");
        await inHost(driver, "document.querySelector('backup-check').setAttribute('theme', 'dark')");
        await hasBackground(driver, DARK, "by its attribute");
        assert.equal(await inHost(driver, "return history.length - before"), 0, "entries of the history");
      });
  });

  test(`${engine}: attributes and properties take effect when they change, and add nothing to the history`, async () => {
    await env.show("fine");
    env.page = { policy: "", body: `${element}${env.snippet()}` };
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      await inHost(
        driver,
        `window.before = history.length; const element = document.querySelector("backup-check");
        element.setAttribute("accent", "#b00020"); element.setAttribute("compact", ""); element.style.setProperty("--backup-check-radius", "3px")`,
      );
      await enter(driver);
      const shown = `const style = getComputedStyle(document.documentElement);
        return [style.getPropertyValue("--accent").trim(), style.getPropertyValue("--radius").trim(), document.documentElement.hasAttribute("data-compact"), document.querySelector("[data-steps]").hidden]`;
      const becomes = async (/** @type {unknown[]} */ wanted) =>
        driver
          .wait(async () => JSON.stringify(await driver.executeScript(shown)) === JSON.stringify(wanted), 3_000)
          .catch(async () => assert.deepEqual(await driver.executeScript(shown), wanted));
      await becomes(["#b00020", "3px", true, true]);
      // Templates write an attribute that is off as "false".
      await inHost(
        driver,
        `const element = document.querySelector("backup-check");
        element.removeAttribute("accent"); element.setAttribute("compact", "false"); element.style.removeProperty("--backup-check-radius")`,
      );
      await enter(driver);
      await becomes(["#0066cc", "12px", false, false]);
      await inHost(
        driver,
        `document.head.append(Object.assign(document.createElement("style"), { textContent: "backup-check { --backup-check-accent: #123456 }" }))`,
      );
      await enter(driver);
      await becomes(["#123456", "12px", false, false]);
      await inHost(driver, "document.querySelector('backup-check').setAttribute('symptom', 'greyed-out')");
      await enter(driver);
      const reader = readerOf(driver);
      assert.equal(await reader.node(), "greyed-out");
      await inHost(driver, "document.querySelector('backup-check').setAttribute('symptom', 'stuck-estimating')");
      await enter(driver);
      await driver.wait(async () => (await reader.node()) === "stuck", 3_000, "the other symptom");
      await inHost(driver, "document.querySelector('backup-check').lang = 'de'");
      await driver.wait(
        async () => {
          await driver.switchTo().defaultContent();
          await enter(driver);
          return (await driver.executeScript("return document.documentElement.lang")) === "de";
        },
        5_000,
        "German",
      );
      const facts = await inHost(
        driver,
        `const element = document.querySelector("backup-check");
        return [history.length - before, element.shadowRoot.querySelectorAll("iframe").length, element.status]`,
      );
      assert.deepEqual(facts, [0, 1, { level: "operational" }]);
      await driver.wait(
        async () =>
          (await inHost(
            driver,
            "return document.querySelector('backup-check').shadowRoot.querySelector('iframe').title",
          )) !== "iCloud Backup",
        3_000,
        "the title",
      );
    });
  });

  test(`${engine}: events have names for templates too, and open() right after the element is inserted again counts`, async () => {
    await env.show("fine");
    env.page = {
      policy: "",
      body: `<script>window.told = []; for (const name of ["status", "step", "done"]) addEventListener("backup-check-" + name, (event) => told.push([name, event.detail]))</script><div>${element}</div>${env.snippet()}`,
    };
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      await inHost(
        driver,
        `const element = document.querySelector("backup-check"), place = element.parentNode;
        element.remove(); place.append(element); element.open("greyed-out")`,
      );
      await enter(driver);
      const reader = readerOf(driver);
      assert.equal(await reader.node(), "greyed-out");
      const told = await inHost(driver, "return told");
      assert.deepEqual(told[0], ["status", { level: "operational" }]);
      assert.deepEqual([told.at(-1)[0], told.at(-1)[1].number > 0], ["step", true]);
      assert.deepEqual(
        await inHost(driver, "return window.consoleLines.filter((line) => !line.includes('favicon'))"),
        [],
      );
    });
  });

  test(`${engine}: a page's symptom begins nothing before the reader answers, and pages don't take each other's`, async () => {
    await env.show("fine");
    const at = (/** @type {string} */ symptom) => `<backup-check symptom="${symptom}"></backup-check>`;
    await withBrowser(engine, { height: 1400 }, async (driver) => {
      const open = async (/** @type {string} */ body, index = 0) => {
        env.page = { policy: "", body: body + env.snippet() };
        await driver.get(env.host);
        await driver.executeScript(`document.querySelectorAll("backup-check")[${index}].scrollIntoView()`);
        await enter(driver, index);
        return readerOf(driver);
      };
      let reader = await open(at("stuck-estimating"));
      assert.equal(await reader.node(), "stuck");
      reader = await open(at("greyed-out"));
      assert.equal(await reader.node(), "greyed-out", "another page");
      await open(element);
      await driver.executeAsyncScript("setTimeout(arguments[0], 1500)");
      assert.equal(
        (await driver.findElements(By.css(".sequence"))).length,
        0,
        "a page without a symptom begins nothing",
      );
      // Two elements in one page.
      reader = await open(at("greyed-out") + at("stuck-estimating"), 1);
      assert.equal(await reader.node(), "stuck", "the second one");
      await inHost(driver, "document.querySelector('backup-check').scrollIntoView()");
      await enter(driver, 0);
      assert.equal(await reader.node(), "greyed-out", "the first one");
      await inHost(driver, "document.querySelectorAll('backup-check')[1].scrollIntoView()");
      await enter(driver, 1);
      assert.equal(await reader.choose("nothing-moved"), "restart");
      await inHost(driver, "document.querySelector('backup-check').scrollIntoView()");
      await enter(driver, 0);
      await driver.executeAsyncScript("setTimeout(arguments[0], 500)");
      assert.equal(await reader.node(), "greyed-out", "it isn't another tab");
      // Saved answers are resumed on pages with the same symptom or with none.
      reader = await open(at("stuck-estimating"));
      assert.equal(await reader.node(), "restart", "the same symptom goes on");
      reader = await open(at("greyed-out"));
      assert.equal(await reader.node(), "greyed-out", "another one begins");
      reader = await open(element);
      assert.equal(await reader.node(), "restart", "the reader's own answers");
    });
  });

  test(`${engine}: two widgets without a symptom in one page aren't two tabs`, async () => {
    await env.show("fine");
    env.page = { policy: "", body: `${element}${element}${env.snippet()}` };
    await withBrowser(engine, { height: 1400 }, async (driver) => {
      await driver.get(env.host);
      await enter(driver, 0);
      const reader = readerOf(driver);
      await reader.begin("something-else", "stuck-estimating");
      // On the next visit both go on.
      await driver.get(env.host);
      for (const index of [1, 0]) {
        await inHost(driver, `document.querySelectorAll("backup-check")[${index}].scrollIntoView()`);
        await enter(driver, index);
        assert.equal(await reader.node(), "stuck");
      }
      assert.equal(await reader.choose("nothing-moved"), "restart");
      await inHost(driver, "document.querySelectorAll('backup-check')[1].scrollIntoView()");
      await enter(driver, 1);
      await driver.executeAsyncScript("setTimeout(arguments[0], 500)");
      assert.equal(await reader.node(), "stuck");
    });
  });

  test(`${engine}: a step that begins below a fixed header is brought out of it`, async () => {
    await env.show("fine");
    env.page = {
      policy: "",
      head: "<style>html{scroll-padding-top:60px}body{margin:0}header{position:fixed;top:0;left:0;right:0;height:60px;background:silver}</style>",
      body: `<header>Site</header><div style="height:700px"></div><backup-check symptom="not-enough-storage"></backup-check><div style="height:3000px"></div>${env.snippet()}`,
    };
    await withBrowser(engine, { phone: true }, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
      const reader = readerOf(driver);
      await scrollHostTo(driver, ".sequence");
      // The step begins within the header's height.
      const top = /** @type {number} */ (
        await driver.executeScript("return document.querySelector('.sequence').getBoundingClientRect().top")
      );
      await inHost(
        driver,
        `scrollTo(0, scrollY + document.querySelector("backup-check").getBoundingClientRect().top + ${top} - 30)`,
      );
      await enter(driver);
      assert.equal(await reader.choose("is-on"), "compare-storage");
      const place = async () => {
        const inFrame = /** @type {number} */ (
          await driver.executeScript("return document.querySelector('.sequence').getBoundingClientRect().top")
        );
        const frame = await inHost(driver, "return document.querySelector('backup-check').getBoundingClientRect().top");
        await enter(driver);
        return frame + inFrame;
      };
      await driver
        .wait(async () => (await place()) >= 59, 3_000)
        .catch(async () => assert.fail(`it begins at ${await place()}`));
      assert.ok((await place()) < 400);
    });
  });

  test(`${engine}: the request is copied and shared from a page of another origin, or the reader hears that it can't be`, async () => {
    await env.show("fine");
    env.page = { policy: "", body: `${element}${env.snippet()}` };
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.host);
      await enter(driver);
      const allowed = await inHost(
        driver,
        "return document.querySelector('backup-check').shadowRoot.querySelector('iframe').allow",
      );
      assert.match(allowed, /^clipboard-write/);
      await enter(driver);
      const reader = readerOf(driver);
      await driver.executeScript("navigator.share = () => Promise.reject(new DOMException('', 'NotAllowedError'))");
      let node = await reader.begin("last-not-completed");
      while (node !== "support") {
        const before = node;
        await driver.executeScript(
          `for (const box of document.querySelectorAll(".confirm input")) box.click();
          document.querySelector('.sequence > .choices [data-choice="' + arguments[0] + '"]').click()`,
          worstAnswer(node),
        );
        await driver.wait(async () => (node = await reader.node()) !== before, 5_000, `another screen than ${before}`);
      }
      await driver.findElement(By.css("[data-action=copy]")).click();
      const copy = () => text(driver, "[data-action=copy]");
      await driver.wait(async () => /Copied|Selected/.test(await copy()), 3_000, "a word");
      if (engine !== "webkit") assert.equal(await copy(), "Copied");
      await driver.executeScript("document.querySelector('[data-action=copy]').textContent = ''");
      await driver.findElement(By.css("[data-action=share]")).click();
      await driver.wait(async () => /Copied|Selected/.test(await copy()), 3_000, "a word about sharing");
    });
  });
}
