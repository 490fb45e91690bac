// @ts-check
// The widget works with large text, narrow screens, touch, the keyboard, forced
// colours and reduced motion.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, Key } from "selenium-webdriver";
import { emulate, unfold } from "./emulate.mjs";
import { engines } from "./engines.mjs";
import { overflowing } from "./overflow.mjs";
import { painted, scenarios, assertShows, fixture, withBrowser } from "./fixture.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();

/** Opens each state of the widget, and the landing page, with all details open. @param {WebDriver} driver @param {(what: string) => Promise<void>} act */
async function everywhere(driver, act, names = Object.keys(scenarios)) {
  for (const name of names) {
    await env.show(name);
    await driver.get(env.address(name));
    await assertShows(driver, name);
    await unfold(driver);
    await act(name);
  }
  await driver.get(`${env.worker.origin}/`);
  await act("the landing page");
}

/** Doubles the text size and nothing else, as a browser's text zoom does. */
const enlarge = `
  const sizes = [...document.querySelectorAll("html, body, body *")].map((element) => [element, parseFloat(getComputedStyle(element).fontSize)]);
  for (const [element, size] of sizes) element.style.fontSize = 2 * size + "px";`;

test("nothing overflows at 280 px, nor with text of twice the size", async () => {
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await everywhere(driver, async (what) => {
      await emulate(driver, { width: 280 });
      assert.deepEqual(await driver.executeScript(overflowing), [], `${what} at 280 px`);
      await driver.executeScript(enlarge);
      for (const width of [390, 280]) {
        await emulate(driver, { width });
        assert.deepEqual(await driver.executeScript(overflowing), [], `${what} at ${width} px, twice the size`);
      }
    });
    // Checks that the search finds overflowing elements.
    await driver.executeScript("document.querySelector('h1').style.width = '1000px'");
    assert.notDeepEqual(await driver.executeScript(overflowing), []);
  });
});

/** Controls that are less than 44 pixels high. A link inside a sentence is exempt, as in WCAG. */
const small = `
  const out = [];
  for (const element of document.querySelectorAll("summary, button, select, a[href], label, [role=button], input:not([type=hidden])")) {
    const height = element.getBoundingClientRect().height;
    const sentence = element.localName === "a" && element.parentElement.innerText.trim() !== element.innerText.trim() && getComputedStyle(element).display === "inline";
    const labelled = element.localName === "input" && element.labels.length > 0;
    if (element.checkVisibility() && !sentence && !labelled && height < 43.9) out.push(Math.round(height) + " px: " + element.outerHTML.slice(0, 160));
  }
  return [...new Set(out)];`;

test("controls are 44 px high", async () => {
  await withBrowser("chromium", { phone: true }, async (driver) => {
    /** @type {Record<string, string[]>} */
    const found = {};
    await everywhere(driver, async (what) => {
      for (const width of [280, 390]) {
        await emulate(driver, { width });
        for (const line of /** @type {string[]} */ (await driver.executeScript(small)))
          (found[line] ??= []).push(`${what} at ${width} px`);
      }
    });
    assert.deepEqual(found, {});
    // Checks that the search finds elements that are too small.
    await driver.executeScript(
      "const small = document.createElement('button'); small.style.cssText = 'min-height: 0; height: 20px'; document.body.append(small)",
    );
    assert.notDeepEqual(await driver.executeScript(small), []);
  });
});

const tabbable = `[...document.querySelectorAll("summary, a[href], button, input, select, textarea")].filter((element) => element.checkVisibility() && element.tabIndex >= 0)`;

for (const engine of engines) {
  // Without a window manager no window of WebKit's has the focus, and then it
  // shows no outline; the focus order in the page is the same.
  const outlined = engine !== "webkit";
  test(`${engine}: the keyboard reaches everything in order, and Enter opens a step`, async () => {
    await env.show("fine");
    await withBrowser(engine, {}, async (driver) => {
      const press = (/** @type {string} */ key) => driver.actions().sendKeys(key).perform();
      await driver.get(env.address("fine"));
      await unfold(driver);
      const count = /** @type {number} */ (await driver.executeScript(`return ${tabbable}.length`));
      assert.ok(count > 30, `${count} things to reach`);
      for (let index = 0; index < count; index++) {
        await press(Key.TAB);
        const focus = await driver.executeScript(
          `
          const element = document.activeElement, style = getComputedStyle(element), { top, bottom } = element.getBoundingClientRect();
          const outline = element.matches(":focus-visible") && style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== getComputedStyle(document.body).backgroundColor;
          return { index: ${tabbable}.indexOf(element), seen: top < innerHeight && bottom > 0, outline: outline || !arguments[0] }`,
          outlined,
        );
        assert.deepEqual(focus, { index, seen: true, outline: true });
      }
      const step = driver.findElement(By.css(".steps > li:nth-child(2) > details"));
      await driver.executeScript("arguments[0].querySelector('summary').focus()", step);
      for (const open of [false, true]) {
        await press(Key.ENTER);
        await painted(driver);
        assert.equal(await driver.executeScript("return arguments[0].open", step), open);
      }
    });
  });
}

/** Texts and borders that have the colour of their background, and buttons without an edge. */
const vanished = `
  const clear = (color) => color === "transparent" || color.startsWith("rgba") && color.endsWith(", 0)");
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) if (!clear(getComputedStyle(e).backgroundColor)) return getComputedStyle(e).backgroundColor;
    return "rgb(255, 255, 255)";
  };
  const edges = ["Top", "Right", "Bottom", "Left"];
  const shown = (style, back) => edges.some((edge) => parseFloat(style["border" + edge + "Width"]) > 0 && !clear(style["border" + edge + "Color"]) && style["border" + edge + "Color"] !== back);
  const out = [];
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility() || element.matches("script, style, noscript")) continue;
    const style = getComputedStyle(element), name = element.outerHTML.slice(0, 120);
    const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (words && (style.color === behind(element) || clear(style.color))) out.push("text " + style.color + ": " + name);
    for (const part of [style, getComputedStyle(element, "::before"), getComputedStyle(element, "::after")]) {
      if (part !== style && part.content === "none") continue;
      const drawn = edges.some((edge) => parseFloat(part["border" + edge + "Width"]) > 0);
      if (drawn && !shown(part, behind(part === style ? element.parentElement : element))) out.push("border " + part.borderColor + ": " + name);
    }
    if (element.localName === "svg" && (style.stroke === behind(element) || clear(style.stroke))) out.push("icon " + style.stroke + ": " + name);
    if (element.localName === "button" && style.backgroundColor === behind(element.parentElement) && !shown(style, behind(element.parentElement))) out.push("no edge: " + name);
    if (element.matches(".verdict, .warning, .note") && !shown(style, behind(element.parentElement))) out.push("no edge: " + name);
  }
  return [...new Set(out)];`;

test("with forced colours every text and border is visible", async () => {
  await withBrowser("chromium", { phone: true }, async (driver) => {
    /** @type {Set<string>} */
    const found = new Set();
    await everywhere(driver, async (what) => {
      for (const dark of [false, true]) {
        await emulate(driver, { dark, forcedColors: true });
        assert.equal(await driver.executeScript("return matchMedia('(forced-colors: active)').matches"), true);
        for (const line of /** @type {string[]} */ (await driver.executeScript(vanished)))
          found.add(`${what}, ${dark ? "dark" : "light"}: ${line}`);
      }
    });
    assert.deepEqual([...found], []);
    // Checks that the search finds invisible elements.
    await driver.executeScript(
      "document.querySelector('h1').style.cssText = 'forced-color-adjust: none; background: #000; color: #000'",
    );
    assert.match(/** @type {string[]} */ (await driver.executeScript(vanished)).join(), /text rgb\(0, 0, 0\)/);
  });
});

const moving = `
  const out = document.getAnimations().map((animation) => String(animation.effect?.target?.outerHTML).slice(0, 120));
  if (getComputedStyle(document.documentElement).scrollBehavior === "smooth") out.push("smooth scrolling");
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
  for (const element of document.querySelectorAll("*")) {
    for (const part of [undefined, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration))) out.push(element.outerHTML.slice(0, 120) + (part ?? ""));
    }
  }
  return out;`;

test("nothing moves with reduced motion", async () => {
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await everywhere(
      driver,
      async (what) => {
        await emulate(driver, { reducedMotion: true });
        assert.equal(await driver.executeScript("return matchMedia('(prefers-reduced-motion: reduce)').matches"), true);
        assert.deepEqual(await driver.executeScript(moving), [], what);
      },
      ["fine", "issue"],
    );
    // Checks that the search finds moving elements.
    await driver.executeScript("document.querySelector('h1').style.transition = 'color 1s'");
    assert.notDeepEqual(await driver.executeScript(moving), []);
  });
});
