// @ts-check
// Markup of others in the host page, such as a reader's comment, can name its
// elements like members of document and window. embed.js isn't misled by it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engines } from "./engines.mjs";
import { enter, fixture, proxyTo, text, withBrowser } from "./fixture.mjs";

const env = fixture();
/** The content of the page with hostile markup. */
let hostile = "";
// Names that are taken would mislead the driver as well, so that page is in a frame.
const top =
  '<!doctype html><body style="margin:0"><iframe src="/hostile" style="width:100%;height:850px;border:0"></iframe>';
const recorder = `<script>
  window.lines = [];
  console.info = (line) => lines.push(line);
  addEventListener("error", ({ message }) => message && lines.push(message));
</script>`;
/** The site's own page, with the script by its path, and a base that comes after it. */
const based = () => `<script>
  const script = document.createElement("script");
  script.src = "/embed.js";
  document.body.append(script);
</script><base href="${env.host}">`;
const site = proxyTo(
  () => env.worker.origin,
  (address, response) => {
    const body = { "/top": top, "/hostile": recorder + hostile, "/based": recorder + based() }[address];
    if (body) response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><body>${body}`);
    return Boolean(body);
  },
);
/** Everything of document and window that the script could want. */
const members = [
  ...["currentScript", "querySelector", "querySelectorAll", "getElementById", "createElement", "readyState", "body"],
  ...["head", "documentElement", "baseURI", "defaultView", "addEventListener", "removeEventListener", "dispatchEvent"],
  ...["location", "URL", "cookie", "append", "contains", "nodeType", "constructor", "scripts", "getElementsByTagName"],
  ...["window", "self", "parent", "top", "origin", "name", "document", "customElements", "console", "event", "length"],
  ...["innerHeight", "getComputedStyle", "Document", "HTMLElement", "HTMLScriptElement", "EventTarget", "Reflect"],
  ...["CustomEvent", "URLSearchParams", "Object", "Number", "String", "script", "frame", "element", "shadowRoot"],
];
const foreign = () => `${env.host}/evil.js`;
/** Elements by which markup can take a name. @type {Record<string, (name: string) => string>} */
const elements = {
  image: (name) => `<img hidden name="${name}" id="${name}" src="${foreign()}">`,
  "two images": (name) =>
    `<img hidden name="${name}" src="${foreign()}"><img hidden name="${name}" src="${foreign()}">`,
  embed: (name) => `<embed hidden name="${name}" id="${name}" src="${foreign()}">`,
  form: (name) =>
    `<form hidden name="${name}" id="${name}" action="${foreign()}"><input name="src" value="${foreign()}"><input name="dataset"><input name="after"></form>`,
  frame: (name) => `<iframe hidden name="${name}" id="${name}" srcdoc=""></iframe>`,
  object: (name) => `<object hidden name="${name}" id="${name}"></object>`,
  link: (name) => `<a hidden name="${name}" id="${name}" href="${foreign()}">x</a>`,
};
const own = "<backup-check></backup-check>";
const ways = {
  "an async script": () => env.snippet(),
  "a script that blocks": () => env.snippet().replace(" async", ""),
  "two scripts and an own element": () => env.snippet() + own + env.snippet().replace(" async", ' data-x=""'),
};

const frames =
  "return [...document.querySelectorAll('backup-check')].map((element) => element.shadowRoot?.querySelector('iframe')?.src)";
/** The widget in the hostile page, from the page around it. */
const widget =
  "Document.prototype.querySelector.call(document.querySelector('iframe').contentDocument, 'backup-check')";

for (const engine of engines) {
  test(`${engine}: names taken by markup: the widget is that of the script's origin`, async () => {
    await env.show("fine");
    await withBrowser(engine, {}, async (driver) => {
      for (const [what, markup] of Object.entries(elements)) {
        for (const [way, script] of Object.entries(ways)) {
          const where = `${what}, ${way}`;
          hostile = members.map(markup).join("") + script();
          await driver.get(`${site.origin}/top`);
          await driver.wait(
            async () => driver.executeScript(`return ${widget}?.shadowRoot?.firstChild != null`),
            10_000,
            `a widget: ${where}`,
          );
          await driver.executeScript(
            "for (const named of Document.prototype.querySelectorAll.call(document.querySelector('iframe').contentDocument, 'body > [name], body > [id]')) named.remove()",
          );
          await driver.switchTo().frame(0);
          const addresses = /** @type {string[]} */ (await driver.executeScript(frames));
          assert.deepEqual(
            addresses.map((address) => new URL(address).origin),
            [env.worker.origin],
            where,
          );
          assert.deepEqual(await driver.executeScript("return lines"), [], where);
          await enter(driver);
          assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup", where);
          await driver.switchTo().defaultContent();
        }
      }
    });
  });

  test(`${engine}: without a tag of its own the script isn't misled by what markup loads`, async () => {
    await env.show("fine");
    const source = `${env.worker.origin}/embed.js`;
    // Files of another site under the script's name, by every element that loads something.
    const evil = `${env.host}/embed.js`;
    const markup = `<img hidden name="currentScript" src="${evil}"><link rel="preload" as="script" href="${evil}"><link rel="preload" as="fetch" href="${evil}">
      <link rel="prefetch" href="${evil}"><link rel="stylesheet" href="${evil}"><embed hidden src="${evil}"><object hidden data="${evil}"></object><iframe hidden src="${evil}"></iframe>
      <video hidden src="${evil}"></video><input hidden type="image" src="${evil}"><svg hidden><image href="${evil}"/><use href="${evil}"/></svg>`;
    await withBrowser(engine, {}, async (driver) => {
      for (const [way, code] of Object.entries({
        "as a module": `<script type="module" src="${source}"></script>`,
        "evaluated by another script": `<script>fetch("${source}").then((response) => response.text()).then((code) => (0, eval)(code))</script>`,
      })) {
        // Before the script runs, and as the last that was loaded.
        for (const body of [markup + own + code, own + code + markup]) {
          env.page = { policy: "", body };
          await driver.get(env.host);
          await driver.wait(async () => ((await driver.executeScript(frames))?.[0] ?? "") !== "", 10_000, way);
          const addresses = /** @type {string[]} */ (await driver.executeScript(frames));
          assert.deepEqual(
            addresses.map((address) => new URL(address).origin),
            [env.worker.origin],
            way,
          );
        }
      }
      // Its origin is unknown: it inserts no widget and writes to the console.
      env.page = {
        policy: "",
        body: `${markup}${own}<script>fetch("${source}").then((response) => response.text()).then((code) => { performance.clearResourceTimings(); (0, eval)(code) })</script>`,
      };
      await driver.get(env.host);
      const said = async () =>
        /** @type {string[]} */ (await driver.executeScript("return window.consoleLines ?? []")).filter((line) =>
          line.includes("Backup Check"),
        );
      await driver.wait(async () => (await said()).length > 0, 5_000, "a sentence");
      assert.deepEqual(await driver.executeScript(frames), [null]);
    });
  });

  test(`${engine}: a <base> of others doesn't change where a script without a host came from`, async () => {
    await env.show("fine");
    await withBrowser(engine, {}, async (driver) => {
      await driver.get(`${site.origin}/based`);
      await driver.wait(
        async () => driver.executeScript("return lines.length > 0 || document.querySelector('backup-check') != null"),
        10_000,
        "the script's end",
      );
      assert.equal(await driver.executeScript("return document.baseURI"), `${env.host}/`);
      const addresses = /** @type {(string | undefined)[]} */ (await driver.executeScript(frames));
      for (const address of addresses) assert.equal(new URL(address ?? "").origin, site.origin);
    });
  });
}
