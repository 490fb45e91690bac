// @ts-check
// The landing page's controls: what is chosen shows in the preview and in the
// code, and the code, pasted into an empty page, shows the widget as chosen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, Key, until } from "selenium-webdriver";
import { violations } from "./axe.mjs";
import { emulate } from "./emulate.mjs";
import { engines } from "./engines.mjs";
import { enter, fixture, text, withBrowser } from "./fixture.mjs";
import { overflowing } from "./overflow.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
const hosts = ["html", "wordpress", "react", "vue", "astro", "docusaurus", "hugo", "frame", "tags"];

/** Chooses in the controls as a reader does, without the engines' own pickers. @param {WebDriver} driver @param {Record<string, string | boolean>} values by name */
const choose = (driver, values) =>
  driver.executeScript(
    `for (const [name, value] of Object.entries(arguments[0])) {
      const control = document.forms[0].elements[name];
      control[typeof value === "boolean" ? "checked" : "value"] = value;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }`,
    values,
  );

/** The code that is shown. @param {WebDriver} driver @returns {Promise<string>} */
const code = (driver) => driver.executeScript("return document.querySelector('pre').textContent");

/** Waits until the widget, in whose frame the driver is, is as chosen. @param {WebDriver} driver @param {Record<string, string | boolean>} wanted */
async function assertLooks(driver, wanted) {
  /** @type {Record<string, string | boolean>} */
  let found = {};
  const isAsWanted = async () => {
    found = await driver.executeScript(`
      const root = document.documentElement;
      return {
        lang: root.lang, theme: root.dataset.theme ?? "", accent: root.style.getPropertyValue("--accent"),
        compact: root.hasAttribute("data-compact"), begun: document.querySelector(".sequence h2") !== null,
      }`);
    return Object.entries(wanted).every(([name, value]) => found[name] === value);
  };
  await driver.wait(isAsWanted, 15_000).catch((error) => {
    if (error.name !== "TimeoutError") throw error;
  });
  assert.deepEqual(found, { ...found, ...wanted });
}

const chosen = { lang: "ja", theme: "light", accent: "#b00020", symptom: "greyed-out", compact: true, width: "400" };
const looks = { lang: "ja", theme: "light", accent: "#b00020", compact: true, begun: true };

for (const engine of engines) {
  test(`${engine}: each control changes the preview, and is taken back`, async () => {
    await env.show("fine");
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(`${env.worker.origin}/?lang=de`);
      assert.match(
        await code(driver),
        /^<backup-check><a href="[^"]+\/widget">iCloud-Backup prüfen<\/a><\/backup-check>\n<script/,
      );
      for (const [name, value] of Object.entries(chosen)) {
        await choose(driver, { [name]: value });
        if (name === "width") continue;
        await enter(driver);
        await assertLooks(driver, name === "symptom" ? { begun: true } : { [name]: value });
        await driver.switchTo().defaultContent();
      }
      const width = "return document.querySelector('backup-check').getBoundingClientRect().width";
      assert.equal(await driver.executeScript(width), 400);
      assert.equal(await text(driver, "output"), "400px");
      await enter(driver);
      await assertLooks(driver, looks);
      await driver.switchTo().defaultContent();

      await choose(driver, { lang: "", theme: "", accent: "#0066cc", symptom: "", compact: false, width: "600" });
      await enter(driver);
      await assertLooks(driver, { lang: "de", accent: "", compact: false });
      await driver.switchTo().defaultContent();
      assert.notEqual(await driver.executeScript(width), 400);
      assert.equal(
        await code(driver),
        `<backup-check><a href="${env.worker.origin}/widget">iCloud-Backup prüfen</a></backup-check>\n<script src="${env.worker.origin}/embed.js" async></script>`,
      );
    });
  });

  test(`${engine}: the code for each host has what was chosen, and one tap copies it`, async () => {
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(`${env.worker.origin}/?lang=en`);
      await choose(driver, chosen);
      // The clipboard of a test's browser may be forbidden.
      await driver.executeScript(
        "navigator.clipboard && (navigator.clipboard.writeText = async (text) => { window.copied = text })",
      );
      for (const host of hosts) {
        await choose(driver, { host });
        const shown = await code(driver);
        const parts =
          host === "frame"
            ? [
                '/widget?lang=ja&amp;theme=light#accent=%23b00020&amp;symptom=greyed-out&amp;compact="',
                'width="400"',
                "max-width:400px",
              ]
            : [
                'lang="ja"',
                'theme="light"',
                'accent="#b00020"',
                'symptom="greyed-out"',
                " compact",
                `${env.worker.origin}/embed.js"`,
              ];
        parts.push(
          /^(react|docusaurus)$/.test(host)
            ? "style={{ width: 400 }}"
            : host === "frame"
              ? "<iframe"
              : 'style="width: 400px"',
        );
        for (const part of parts) assert.ok(shown.includes(part), `${host} has ${part}:\n${shown}`);
        const notes = await driver.executeScript(
          "return [...document.querySelectorAll('[data-host]')].filter((note) => note.checkVisibility()).map((note) => note.dataset.host)",
        );
        assert.deepEqual(notes, /^(html|astro|docusaurus)$/.test(host) ? [] : [host]);
        const button = driver.findElement(By.css(".copy button"));
        await driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", button);
        await button.click();
        assert.equal(await driver.executeScript("return window.copied"), shown, host);
      }
      assert.equal(await text(driver, ".copy button"), "Copied");
    });
  });

  test(`${engine}: the code, pasted into an empty page, shows the widget as chosen`, async () => {
    await withBrowser(engine, {}, async (driver) => {
      for (const host of ["html", "wordpress", "frame", "tags"]) {
        await driver.get(`${env.worker.origin}/?lang=en`);
        await choose(driver, { ...chosen, host });
        let body = await code(driver);
        // A tag manager adds its tag to the page later.
        const tag = body.split("<!-- tag -->")[1];
        if (tag)
          body = `${body.replace(tag, "")}<script>setTimeout(() => document.body.append(Object.assign(document.createElement("script"), { src: ${JSON.stringify(/src="([^"]+)/.exec(tag)?.[1])} })), 300)</script>`;
        env.page = { policy: "", body };
        await driver.get(env.host);
        if (host === "frame") {
          await driver.switchTo().frame(0);
          await driver.wait(until.elementLocated(By.css("[data-language]")), 10_000); // its first document is an empty one
        } else await enter(driver);
        await assertLooks(driver, looks);
        const width = await driver.executeScript("return innerWidth");
        assert.equal(width, 400, host);
        await driver.switchTo().defaultContent();
      }
    });
  });

  test(`${engine}: the controls work by keyboard, in their order`, async () => {
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(`${env.worker.origin}/?lang=en`);
      await driver.executeScript("document.forms[0].elements.lang.focus()");
      const order = [];
      for (let at = 0; at < 8; at++) {
        const focused = await driver.switchTo().activeElement();
        order.push((await focused.getAttribute("name")) || (await focused.getTagName()));
        if (order[at] === "compact") await focused.sendKeys(Key.SPACE);
        if (order[at] === "width") await focused.sendKeys(Key.ARROW_LEFT);
        await driver.actions().sendKeys(Key.TAB).perform();
      }
      // WebKitGTK's Tab leaves out pickers of colours, as in any page.
      if (engine === "webkit") order.splice(3, 0, "accent");
      assert.deepEqual(order.slice(0, 8), ["lang", "theme", "symptom", "accent", "width", "compact", "host", "button"]);
      assert.match(await code(driver), /^<backup-check compact style="width: 580px">/);
    });
  });
}

test("text that isn't a colour, as a browser without a picker allows, is left out", async () => {
  await withBrowser("chromium", {}, async (driver) => {
    await driver.get(`${env.worker.origin}/?lang=en`);
    const plain = await code(driver);
    await driver.executeScript("document.forms[0].elements.accent.type = 'text'");
    for (const accent of ['"><img src=x onerror=alert(1)>', "red", "#12345", "#1234567"]) {
      await choose(driver, { accent });
      assert.equal(await code(driver), plain, accent);
    }
    await choose(driver, { accent: "#006644" });
    assert.match(await code(driver), /^<backup-check accent="#006644">/);
  });
});

test("without script the plain code is there, and no control that does nothing", async () => {
  await withBrowser("chromium", {}, async (driver) => {
    await /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver).sendDevToolsCommand(
      "Emulation.setScriptExecutionDisabled",
      { value: true },
    );
    await driver.get(`${env.worker.origin}/?lang=en`);
    assert.equal(
      await text(driver, "pre"),
      `<backup-check><a href="${env.worker.origin}/widget">iCloud Backup check</a></backup-check>\n<script src="${env.worker.origin}/embed.js" async></script>`,
    );
    assert.ok(!(await driver.findElement(By.css(".copy button")).isDisplayed()));
    assert.ok(!(await driver.findElement(By.css("form")).isDisplayed()));
  });
});

test("with every host's code and note nothing overflows, and axe finds nothing", async () => {
  await withBrowser("chromium", { phone: true }, async (driver) => {
    for (const lang of ["en", "ar", "ja"]) {
      await driver.get(`${env.worker.origin}/?lang=${lang}`);
      for (const width of [320, 390, 1200]) {
        await emulate(driver, { width, dark: width === 390 });
        await driver.executeScript("document.querySelector('.configure details').open = true");
        for (const host of hosts) {
          await choose(driver, { ...chosen, host, width: "600" });
          assert.deepEqual(await driver.executeScript(overflowing), [], `${lang}, ${width} px, ${host}`);
        }
        assert.deepEqual(await violations(driver), [], `${lang}, ${width} px`);
      }
    }
  });
});

test("the Worker serves the types as TypeScript", async () => {
  const response = await fetch(`${env.worker.origin}/embed.d.ts`);
  assert.equal(response.headers.get("content-type"), "application/typescript; charset=utf-8");
  assert.match(await response.text(), /interface BackupCheckElement/);
});
