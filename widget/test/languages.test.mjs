// @ts-check
// The widget in the reader's language: chosen by the element, the page around it
// or the reader, and remembered; a journey in it, and what iOS calls its rows.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { root } from "../../wasm/edge/test/harness.mjs";
import { engines } from "./engines.mjs";
import { enter, fixture, withBrowser } from "./fixture.mjs";
import { readerOf, worstAnswer } from "./reader.mjs";

const env = fixture();

/** A file of the languages. @param {string} name */
const readLocale = (name) => JSON.parse(readFileSync(join(root, `widget/locale/${name}.json`), "utf8"));

/** The sentences of a language that have no placeholders. @param {string} tag */
function catalogue(tag) {
  const texts = readLocale(tag);
  return (/** @type {string} */ id) => {
    assert.match(texts[id], /^[^{]+$/, id);
    return texts[id];
  };
}

/** @param {import("selenium-webdriver").WebDriver} driver */
const languageOf = (driver) => driver.executeScript("return document.documentElement.lang");

/** Chooses a language in the menu, which reloads the page. @param {import("selenium-webdriver").WebDriver} driver @param {string} tag */
async function chooseLanguage(driver, tag) {
  const select = await driver.wait(until.elementLocated(By.css("select[data-language]")), 10_000);
  await driver.executeScript(
    "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', { bubbles: true }))",
    select,
    tag,
  );
  await driver.wait(until.stalenessOf(select), 10_000, "a reload");
  await driver.wait(async () => (await languageOf(driver)) === tag, 10_000, tag);
}

for (const engine of engines) {
  test(`${engine}: the language is the element's, else that of the page around it`, async () => {
    await env.show("fine");
    await withBrowser(engine, {}, async (driver) => {
      for (const [body, language] of [
        [`<div lang="de-AT"><p><backup-check></backup-check></p></div>`, "de"],
        [`<div lang="de"><backup-check lang="en-GB"></backup-check></div>`, "en"],
        [`<div lang="de"><backup-check lang="xx"></backup-check></div>`, "de"],
        [`<form lang="de"><input name="getAttribute"><backup-check></backup-check></form>`, "de"],
        [`<backup-check></backup-check>`, "en"],
      ]) {
        env.page = { policy: "", body: body + env.snippet() };
        await driver.get(`${env.host}/?${encodeURIComponent(body)}`);
        const frame = "document.querySelector('backup-check').shadowRoot.querySelector('iframe')";
        await enter(driver);
        assert.equal(await languageOf(driver), language, body);
        await driver.switchTo().defaultContent();
        const title =
          language === "de"
            ? "iCloud-Backup: Liegt es an Apple oder an meinem iPhone?"
            : "iCloud Backup: is it Apple or my iPhone?";
        await driver.wait(async () => (await driver.executeScript(`return ${frame}.title`)) === title, 5_000, body);
        const search = new URL(String(await driver.executeScript(`return ${frame}.src`))).search;
        assert.equal(search, language === "en" ? "" : `?lang=${language}`, "the address is canonical");
      }
    });
  });

  test(`${engine}: the menu changes the language, keeps the answers, and is remembered`, async () => {
    await env.show("fine");
    await withBrowser(engine, { phone: true }, async (driver) => {
      const reader = readerOf(driver);
      await driver.get(env.address("menu"));
      const select = await driver.wait(until.elementLocated(By.css("select[data-language]")), 10_000);
      assert.equal(await select.getAttribute("value"), "en");
      assert.match(await select.getText(), /English[^]*|Deutsch/);
      await reader.begin("last-not-completed");
      const node = await reader.choose("is-on");
      await chooseLanguage(driver, "de");
      assert.equal(await reader.node(), node);
      assert.match(await reader.trail(), /Der|Das|Sieh/);
      await driver.get(env.address("menu"));
      await driver.wait(async () => (await languageOf(driver)) === "de", 10_000, "the remembered language");
      assert.equal(await reader.node(), node, "the answers are still there");
      await chooseLanguage(driver, "en");
      assert.equal(await reader.node(), node);
      await driver.get(env.address("menu"));
      assert.equal(await languageOf(driver), "en");
    });
  });

  test(`${engine}: a stored language that isn't there changes nothing`, async () => {
    await env.show("fine");
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(env.address("stored"));
      await driver.executeScript("localStorage.setItem('backup-check:language', 'xx')");
      await driver.get(env.address("stored"));
      await driver.wait(until.elementLocated(By.css("select[data-language]")), 10_000);
      assert.equal(await languageOf(driver), "en");
    });
  });

  test(`${engine}: a journey in German, with the rows of the reader's iOS`, async () => {
    await env.show("fine");
    await withBrowser(engine, { phone: true }, async (driver) => {
      const reader = readerOf(driver);
      await driver.get(`${env.address("german")}&lang=de`);
      assert.match(await driver.findElement(By.css("h1")).getText(), /Apple meldet kein Problem/);
      assert.equal(await reader.begin("not-enough-storage"), "backup-on");
      assert.match(await reader.text(), /Einstellungen\s*>\s*\[dein Name\]\s*>\s*iCloud\s*>\s*iCloud-Backup/);
      assert.equal(await reader.choose("is-on"), "compare-storage");
      await driver.executeScript(
        "const select = document.querySelector('select[data-ios]'); select.value = '15'; select.dispatchEvent(new Event('change'))",
      );
      assert.match(await reader.text(), /Speicher verwalten/);
      assert.match(await reader.text(), /„Nächste Backupgröße“/);
    });
  });

  for (const tag of ["de", "ja", "ar"])
    test(`${engine}: ${tag}: a message in the language leads to its step; fixed; an outage; the support request`, async () => {
      const own = catalogue(tag),
        english = catalogue("en"),
        labels = Object.values(readLocale(`labels/${tag}`)).flatMap((grade) => Object.entries(grade));
      await env.show("fine");
      await withBrowser(engine, { phone: true }, async (driver) => {
        const reader = readerOf(driver),
          address = `${env.address(tag)}&lang=${tag}`;
        await driver.get(address);
        assert.equal(await driver.findElement(By.css("h1")).getText(), own("verdict.operational.title"));
        // What iOS shows in this language, as somebody copies it.
        const shown = String(labels.find(([id]) => id === "last-backup-not-completed")?.[1]);
        await driver.findElement(By.css(".message textarea")).sendKeys(shown);
        await driver.findElement(By.css(".message > button")).click();
        const found = await driver.wait(until.elementLocated(By.css("[data-found=last-backup-not-completed]")), 15_000);
        await found.click();
        assert.equal(await reader.node(), "backup-on");
        assert.equal(await reader.title(), own("step.backup-on.title"));
        assert.equal(await reader.choose("is-on"), "back-up-now");
        assert.equal(await reader.choose("worked"), "fixed");
        assert.equal(await reader.title(), own("end.fixed.title"));

        // Nothing helps: the request has both languages.
        await driver.executeScript("localStorage.clear()");
        await driver.get(`${address}&again`);
        let node = await reader.begin("last-not-completed");
        const taken = /** @type {string[]} */ ([]);
        for (let n = 0; node !== "support" && n < 40; n++) {
          taken.push(node);
          if ((await driver.findElements(By.css(".confirm input"))).length) await reader.confirmAll();
          node = await reader.choose(worstAnswer(node));
        }
        assert.equal(node, "support");
        const request = async () =>
          (await driver.findElement(By.css(".sequence textarea")).getAttribute("value")) ?? "";
        await driver.wait(async () => (await request()).includes("\n  "), 10_000, "the English lines");
        const text = await request();
        assert.ok(text.startsWith(own("support.heading")), text);
        for (const id of ["support.heading", "support.tried"])
          assert.ok(text.includes(`${own(id)}\n  ${english(id)}\n`), `${id}: ${text}`);
        assert.match(text, /\n {2}Apple’s System Status: Apple reports no problem with iCloud Backup\.\n/);
        assert.ok(taken.includes("back-up-now"));
        assert.ok(taken.includes("internet"));
        for (const step of ["internet", "vpn", "update", "restart"].filter((step) => taken.includes(step)))
          assert.match(text, new RegExp(`\\n {2}\\d+\\. ${english(`step.${step}.title`)}: `), `${step}: ${text}`);
      });
      await env.show("outage");
      await withBrowser(engine, { phone: true }, async (driver) => {
        await driver.get(`${env.address("outage")}&lang=${tag}`);
        assert.equal(await driver.findElement(By.css("h1")).getText(), own("verdict.outage.title"));
        assert.match(await driver.findElement(By.css("main")).getText(), new RegExp(own("wait.title")));
      });
    });
}
