// @ts-check
// The ways in which pages of others bring the script and the element: by frameworks,
// optimisers, tag managers and routers, in boxes and local files, under policies.
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scratch } from "../../wasm/edge/test/harness.mjs";
import { engines } from "./engines.mjs";
import { enter, fixture, text, withBrowser } from "./fixture.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
const element = "<backup-check></backup-check>";
const source = () => `${env.worker.origin}/embed.js`;
/** A script of the page's own. @param {string} code */
const run = (code) => `<script type="module">${code}</script>`;
const fine = "Apple reports no problem with iCloud Backup";

/** The page's own markup around what is tried. @param {string} body */
const article = (body) => `<h1>Support</h1><main>${body}</main><p>After</p>`;

/** The elements: what each one is in, and whether it has its frame. */
const elements = `return [...document.querySelectorAll("backup-check")].map((element) =>
  [element.parentNode.localName, element.previousElementSibling?.localName ?? "", Boolean(element.shadowRoot?.querySelector("iframe"))])`;
/** What the script has said. @param {WebDriver} driver @returns {Promise<string[]>} */
const said = async (driver) =>
  /** @type {string[]} */ (await driver.executeScript("return window.consoleLines ?? []")).filter((line) =>
    line.includes("Backup Check"),
  );

/** Opens a page, and waits for as many widgets as it must have. @param {WebDriver} driver @param {string} way @param {string} body @param {number} [count] */
async function shows(driver, way, body, count = 1) {
  env.page = { policy: "", body };
  await driver.get(env.host);
  const found = async () => /** @type {[string, string, boolean][]} */ (await driver.executeScript(elements));
  await driver
    .wait(async () => (await found()).filter(([, , framed]) => framed).length >= count, 5_000)
    .catch(async () => assert.fail(`${way}: ${JSON.stringify(await found())}, ${await said(driver)}`));
  await enter(driver);
  assert.equal(await text(driver, "h1"), fine, way);
  await driver.switchTo().defaultContent();
  return found();
}

for (const engine of engines) {
  test(`${engine}: the element works however the script came`, async () => {
    await env.show("fine");
    /** @type {Record<string, string>} */
    const ways = {
      "in the head":
        element + run(`document.head.append(Object.assign(document.createElement("script"), { src: "${source()}" }))`),
      "as a module": `${element}<script type="module" src="${source()}"></script>`,
      "by import()": element + run(`await import("${source()}")`),
      "fetched and evaluated": element + run(`(0, eval)(await (await fetch("${source()}")).text())`),
      "from a blob":
        element +
        run(`const code = await (await fetch("${source()}")).blob();
        document.body.append(Object.assign(document.createElement("script"), { src: URL.createObjectURL(code) }))`),
      "by XMLHttpRequest, as text of a new script":
        element +
        run(`const request = new XMLHttpRequest();
        request.onload = () => document.head.append(Object.assign(document.createElement("script"), { text: request.responseText })).remove;
        request.open("GET", "${source()}"); request.send()`),
      "moved before it runs":
        `${element}<div id="from">${env.snippet()}</div>` +
        run(`document.body.prepend(document.querySelector("script[src]"))`),
      "with the element made later":
        env.snippet() + run(`setTimeout(() => { document.querySelector("main").innerHTML = "${element}" }, 500)`),
      twice: env.snippet() + element + env.snippet(),
      "by an older copy's tag beside a module": `<script type="module" src="${source()}"></script>${element}${env.snippet()}`,
    };
    await withBrowser(engine, {}, async (driver) => {
      for (const [way, body] of Object.entries(ways)) {
        const head = way === "with the element made later";
        const found = await shows(
          driver,
          way,
          head
            ? `<main></main>${body}`.replace(env.snippet(), "") +
                `<script>document.head.append(Object.assign(document.createElement("script"), { src: "${source()}" }))</script>`
            : article(body),
        );
        assert.equal(found.length, 1, way);
        assert.deepEqual(await said(driver), [], way);
      }
    });
  });

  test(`${engine}: the script alone inserts one widget for each of its tags in the page's own markup`, async () => {
    await env.show("fine");
    await withBrowser(engine, {}, async (driver) => {
      assert.deepEqual(await shows(driver, "in an article", article(env.snippet())), [["main", "script", true]]);
      assert.deepEqual(await shows(driver, "at the page's end", article("") + env.snippet()), [
        ["body", "script", true],
      ]);
      assert.deepEqual(await shows(driver, "alone", env.snippet()), [["body", "script", true]]);
      // A page that is nothing but the snippet, as in a site builder's box.
      env.page = { policy: "", body: `<iframe srcdoc='${env.snippet()}' style="width:600px;height:900px"></iframe>` };
      await driver.get(env.host);
      await driver.switchTo().frame(0);
      await enter(driver);
      assert.equal(await text(driver, "h1"), fine);
      await driver.switchTo().defaultContent();
      const two = `<section id="a">${env.snippet().replace("async", 'data-symptom="not-enough-storage" async')}</section><section id="b">${env.snippet().replace("async", 'data-symptom="greyed-out" data-compact="false" async')}</section>`;
      assert.deepEqual(await shows(driver, "twice", article(two), 2), [
        ["section", "script", true],
        ["section", "script", true],
      ]);
      assert.deepEqual(
        await driver.executeScript(
          "return [...document.querySelectorAll('backup-check')].map((element) => element.getAttribute('symptom'))",
        ),
        ["not-enough-storage", "greyed-out"],
      );
      // A slow script further down, and an element below it that takes the place.
      const clock = `<script>new MutationObserver(() => document.querySelector("backup-check") && (window.insertedAt ??= performance.now())).observe(document, { childList: true, subtree: true })</script>`;
      for (const [below, place] of [
        ["", "main"],
        [`<section>${element}</section>`, "section"],
      ]) {
        env.page = { policy: "", body: `${clock}${article(env.snippet())}<script src="/slow.js"></script>${below}` };
        await driver.get(env.host);
        await driver.wait(
          async () => /** @type {any} */ (await driver.executeScript(elements)).length === 1,
          5_000,
          place,
        );
        assert.equal(/** @type {any} */ (await driver.executeScript(elements))[0][0], place);
        const [inserted, slow] = /** @type {number[]} */ (await driver.executeScript("return [insertedAt, slowAt]"));
        // Before one that blocks the parser WebKit runs no script, and Firefox no async one for up to five seconds.
        if (engine === "chromium")
          assert.ok(inserted < slow, `${place}: inserted at ${inserted}, the slow script ended at ${slow}`);
      }
      // A router restores its copy of the page and runs the scripts again.
      const again = `const main = document.querySelector("main"), copy = main.innerHTML;
        setTimeout(() => { main.innerHTML = copy; const old = main.querySelector("script"), script = document.createElement("script");
          for (const { name, value } of old.attributes) script.setAttribute(name, value); old.replaceWith(script) }, 1000)`;
      assert.equal(
        (
          await shows(
            driver,
            "visited again",
            `<h1>Support</h1><main>${env.snippet()}</main>` + run(`addEventListener("load", () => { ${again} })`),
          )
        ).length,
        1,
      );
      await driver.executeAsyncScript("setTimeout(arguments[0], 2000)");
      assert.deepEqual(await driver.executeScript(elements), [["main", "script", true]], "visited again");
    });
  });

  test(`${engine}: where the script alone has no place it inserts nothing, and says so once`, async () => {
    await env.show("fine");
    const appended = (/** @type {string} */ parent) =>
      run(`document.${parent}.append(Object.assign(document.createElement("script"), { src: "${source()}" }))`);
    /** The page's body and head. @type {Record<string, [string, string?]>} */
    const ways = {
      "a tag manager, in the body": [article("") + appended("body")],
      "a tag manager, in the head": [article("") + appended("head")],
      "a module": [article(`<script type="module" src="${source()}"></script>`)],
      "below the root of an app": [`<noscript>You need script.</noscript><div id="root"></div>${env.snippet()}`],
      evaluated: [article(run(`(0, eval)(await (await fetch("${source()}")).text())`))],
      // In the head it may run before there is a body.
      "in the head": [article(""), env.snippet()],
      "in the head, waited for": [article(""), env.snippet().replace(" async", "")],
      // Who has elements, even later ones, hears nothing.
      "an element comes later": [
        `<div id="root"></div>${env.snippet()}` +
          run(`setTimeout(() => { document.querySelector("#root").innerHTML = "${element}" }, 3000)`),
      ],
    };
    // All at once, since the script waits for elements before it says something.
    const recorder = `<script>window.consoleLines = []; console.info = (line) => consoleLines.push(line)</script>`;
    const frame = (/** @type {[string, string?]} */ [body, head = ""]) => {
      const page = `<!doctype html><html lang="en"><head>${recorder}${head}</head><body>${body}</body></html>`;
      return `<iframe srcdoc="${page.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"></iframe>`;
    };
    await withBrowser(engine, {}, async (driver) => {
      env.page = { policy: "", body: Object.values(ways).map(frame).join("") };
      await driver.get(env.host);
      await driver.executeAsyncScript("setTimeout(arguments[0], 7500)");
      for (const [index, way] of Object.keys(ways).entries()) {
        await driver.switchTo().frame(index);
        const later = way === "an element comes later";
        assert.deepEqual(await driver.executeScript(elements), later ? [["div", "", true]] : [], way);
        const lines = /** @type {string[]} */ (await driver.executeScript("return consoleLines"));
        assert.equal(lines.length, later ? 0 : 1, `${way}: ${lines}`);
        if (!later) assert.match(lines[0], /^Backup Check: .*<backup-check><\/backup-check>[^\n]*$/, way);
        await driver.switchTo().defaultContent();
      }
    });
  });

  test(`${engine}: two sites' scripts in one page show two widgets, each its own site's`, async () => {
    await env.show("fine");
    const other = env.worker.origin.replace("127.0.0.1", "localhost");
    assert.notEqual(other, env.worker.origin);
    await withBrowser(engine, {}, async (driver) => {
      await shows(
        driver,
        "two sites",
        article(`<div>${env.snippet()}</div><div>${env.snippet().replace(env.worker.origin, other)}</div>`),
        2,
      );
      const origins =
        "return [...document.querySelectorAll('backup-check')].map((element) => new URL(element.shadowRoot.querySelector('iframe').src).origin)";
      assert.deepEqual(await driver.executeScript(origins), [env.worker.origin, other]);
      await driver.executeScript("document.querySelectorAll('backup-check')[1].scrollIntoView()");
      await enter(driver, 1);
      assert.equal(await text(driver, "h1"), fine);
    });
  });

  test(`${engine}: in a local file, a data: page, a sandboxed box and an isolated page`, async () => {
    await env.show("fine");
    const page = `<!doctype html><title>Support</title><h1>Support</h1>${env.snippet()}`;
    const file = join(mkdtempSync(join(scratch, "page-")), "support.html");
    writeFileSync(file, page);
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(`file://${file}`);
      await enter(driver);
      assert.equal(await text(driver, "h1"), fine, "a local file");
      for (const [box, attributes] of Object.entries({
        "a data: page": `src='data:text/html,${encodeURIComponent(page)}'`,
        "a sandboxed box": `sandbox="allow-scripts" srcdoc='${page}'`,
        "a sandboxed box of its own origin": `sandbox="allow-scripts allow-same-origin" srcdoc='${page}'`,
      })) {
        env.page = { policy: "", body: `<iframe style="width:600px;height:900px" ${attributes}></iframe>` };
        await driver.get(env.host);
        await driver.switchTo().frame(0);
        await enter(driver);
        assert.equal(await text(driver, "h1"), fine, box);
        await driver.switchTo().defaultContent();
      }
      for (const policy of ["require-corp", "credentialless"]) {
        env.page = {
          policy: "",
          body: article(env.snippet().replace("async", "async crossorigin")),
          headers: { "Cross-Origin-Embedder-Policy": policy, "Cross-Origin-Opener-Policy": "same-origin" },
        };
        await driver.get(env.host);
        await enter(driver);
        assert.equal(await text(driver, "h1"), fine, policy);
        await driver.switchTo().defaultContent();
      }
    });
  });

  test(`${engine}: what the page has in the element stands until the widget is there, and where it can't come`, async () => {
    await env.show("fine");
    const child = `<backup-check><a href="${env.worker.origin}/widget">Check here</a></backup-check>`;
    const seen = `const element = document.querySelector("backup-check"), link = element.querySelector("a"), frame = element.shadowRoot?.querySelector("iframe");
      return { link: link ? link.getClientRects().length > 0 : null, own: element.shadowRoot?.querySelector("a").getClientRects().length > 0, height: element.offsetHeight, frame: frame ? frame.offsetHeight : null }`;
    await withBrowser(engine, {}, async (driver) => {
      // No script: the element's content is in the page.
      env.page = { policy: "", body: article(child) };
      await driver.get(env.host);
      assert.equal(/** @type {any} */ (await driver.executeScript(seen)).link, true);
      // A frame far below isn't loaded yet: the link overlays its top.
      env.page = { policy: "", body: `<div style="height:9000px"></div>${child}${env.snippet()}` };
      await driver.get(env.host);
      await driver.wait(async () => /** @type {any} */ (await driver.executeScript(seen)).frame > 0, 5_000, "a frame");
      const above = `const element = document.querySelector("backup-check");
        return [element.querySelector("a").getBoundingClientRect().top - element.getBoundingClientRect().top, element.offsetHeight - element.shadowRoot.querySelector("iframe").offsetHeight]`;
      if (!(/** @type {any} */ (await driver.executeScript("return document.querySelector('backup-check').status")))) {
        const [top, more] = /** @type {number[]} */ (await driver.executeScript(above));
        assert.ok(top >= 0 && top < 30 && more === 0, `the link is ${top} below the top, and adds ${more}`);
      }
      await shows(driver, "with the script", article(child + env.snippet()));
      const shown = /** @type {any} */ (await driver.executeScript(seen));
      assert.equal(shown.link, false);
      assert.ok(shown.frame > 300);
      // A policy without frame-src, a site that is gone, and one that has something else there.
      const gone = (/** @type {string} */ origin) =>
        `const get = HTMLElement.prototype.attachShadow; HTMLElement.prototype.attachShadow = function (init) { this.origin = "${origin}"; return get.call(this, init) }`;
      for (const [why, page] of Object.entries({
        "a policy": {
          policy: `script-src 'self' ${env.worker.origin}; frame-src 'none'`,
          body: article(child + env.snippet()),
        },
        "a policy, and no child": {
          policy: `script-src 'self' ${env.worker.origin}; frame-src 'none'`,
          body: article(element + env.snippet()),
        },
        "no answer": {
          policy: "",
          body: `<script>${gone("http://127.0.0.1:9")}</script>${article(child + env.snippet())}`,
        },
        "another page": {
          policy: "",
          body: `<script>${gone(`${env.worker.origin}/api/status#`)}</script>${article(child + env.snippet())}`,
        },
      })) {
        env.page = page;
        await driver.get(env.host);
        await driver
          .wait(async () => /** @type {any} */ (await driver.executeScript(seen)).frame === 0, 25_000)
          .catch(async () => assert.fail(`${why}: ${JSON.stringify(await driver.executeScript(seen))}`));
        const left = /** @type {any} */ (await driver.executeScript(seen));
        assert.ok(left.link ?? left.own, `${why}: a link`);
        assert.ok(left.height > 10 && left.height < 60, `${why}: ${left.height} pixels`);
      }
    });
  });

  test(`${engine}: in a browser as old as iOS 12 the widget comes, and its plain steps stay where its script can't run`, async () => {
    await env.show("fine");
    // What iOS 12 hasn't, of what a script of this kind could use.
    const old = `<script>
      const gone = [
        [Element.prototype, "replaceChildren", "checkVisibility", "part"], [Document.prototype, "replaceChildren", "adoptedStyleSheets", "timeline"],
        [ShadowRoot.prototype, "replaceChildren", "adoptedStyleSheets"], [MediaQueryList.prototype, "addEventListener", "removeEventListener", "dispatchEvent"],
        [CSSStyleSheet.prototype, "replace", "replaceSync"], [Array.prototype, "at", "flat", "flatMap", "findLast", "toSorted"], [String.prototype, "at", "matchAll", "replaceAll"],
        [Object, "fromEntries", "groupBy"], [Promise, "any", "allSettled", "try"], [HTMLElement.prototype, "attachInternals", "popover", "inert"],
        [HTMLIFrameElement.prototype, "loading", "credentialless"], [AbortSignal, "timeout", "any"], [Blob.prototype, "text", "arrayBuffer"],
        [window, "ResizeObserver", "IntersectionObserver", "queueMicrotask", "structuredClone", "globalThis", "BigInt", "WeakRef", "AbortController", "requestIdleCallback", "CSSLayerBlockRule", "visualViewport"],
        [navigator, "userAgentData", "share", "clipboard"], [Navigator.prototype, "share", "clipboard"], [Crypto.prototype, "randomUUID"], [URL, "canParse", "parse"],
      ];
      for (const [owner, ...names] of gone) for (const name of names) if (delete owner[name] && name in owner) owner[name] = undefined;
    </script>`;
    const facts = `const element = document.querySelector("backup-check"), link = element.querySelector("a");
      return [element.getBoundingClientRect().width, link.getClientRects().length, element.shadowRoot.querySelector("iframe").offsetHeight > 300]`;
    const child = `<backup-check><a href="${env.worker.origin}/widget">Check here</a></backup-check>`;
    await withBrowser(engine, {}, async (driver) => {
      env.page = { policy: "", body: `${old}<div style="width:700px">${child}</div>${env.snippet()}` };
      await driver.get(env.host);
      await enter(driver);
      assert.equal(await text(driver, "h1"), fine);
      await driver.switchTo().defaultContent();
      assert.deepEqual(await driver.executeScript(facts), [700, 0, true]);
      assert.deepEqual(
        await driver.executeScript("return consoleLines.filter((line) => !line.includes('favicon'))"),
        [],
      );
      // A document whose script doesn't run posts nothing.
      const silent = `<script>const attach = HTMLElement.prototype.attachShadow;
        HTMLElement.prototype.attachShadow = function (init) { this.origin = "${env.host}/plain#"; return attach.call(this, init) }</script>`;
      env.page = { policy: "", body: `${old}${silent}<div style="width:700px">${child}</div>${env.snippet()}` };
      await driver.get(env.host);
      await driver.wait(
        async () => /** @type {any} */ (await driver.executeScript(facts))[1] === 0,
        12_000,
        "no link over it",
      );
      assert.deepEqual(await driver.executeScript(facts), [700, 0, true]);
    });
  });
}
