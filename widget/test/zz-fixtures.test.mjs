// @ts-nocheck
import { test } from "node:test";
import { readdirSync, readFileSync, existsSync } from "node:fs";
import { createServer } from "node:http";
import { fixture, withBrowser } from "./fixture.mjs";
const env = fixture();
const dir = "/work/shared/fixtures/hosts/";
test("fixtures", { timeout: 600000 }, async () => {
  await env.show("fine");
  const server = createServer((q, r) => {
    let name = decodeURIComponent(q.url.split("?")[0].slice(1)); if (existsSync(dir + name + ".html")) name += ".html";
    if (name.startsWith("lib/")) { const l = "/tmp/hostlib/node_modules/" + name.slice(4); if (existsSync(l)) { r.setHeader("Content-Type", "text/javascript"); r.end(readFileSync(l)); } else r.writeHead(404).end(); return; }
    if (!existsSync(dir + name) || !/html$/.test(name)) { r.writeHead(404).end(); return; }
    let body = readFileSync(dir + name, "utf8").replaceAll("{{W}}", env.worker.origin);
    const h = /^<!-- H (\{.*?\}) -->\n?/.exec(body);
    const headers = { "Content-Type": name.endsWith("xhtml") ? "application/xhtml+xml" : "text/html", ...(h ? JSON.parse(h[1]) : {}) };
    r.writeHead(200, headers).end(h ? body.slice(h[0].length) : body);
  }).listen(18999, "127.0.0.1");
  for (const engine of (process.env.ENG ?? "chromium").split(",")) await withBrowser(engine, {}, async (driver) => {
    for (const kind of ["turbo", "htmx", "swup", "mpavt"]) {
      await driver.get(`http://localhost:18999/${kind}-home`);
      let out = kind;
      for (const step of ["snip", "home", "snip2", "snip", "elem", "home", "elem", "BACK", "BACK", "BACK"]) {
        try {
          if (step === "BACK") await driver.navigate().back(); else await driver.executeScript("document.getElementById(arguments[0]).click()", step);
          await driver.executeAsyncScript("setTimeout(arguments[0], 2000)");
          out += "\n   " + step + " " + (await driver.executeScript("return location.pathname + ' ' + JSON.stringify([...document.querySelectorAll('backup-check')].map((e) => [e.parentNode.localName, e.offsetWidth, e.offsetHeight, e.status?.level]))"));
        } catch (e) { out += "\n   " + step + " ERROR " + String(e).slice(0, 100); }
      }
      console.log(out);
    }
    for (const name of readdirSync(dir).filter((n) => /html$/.test(n))) {
      try {
        await driver.get(`http://localhost:18999/${name}`);
        await driver.executeAsyncScript("setTimeout(arguments[0], 3500)");
        const look = `const all = [...document.querySelectorAll("backup-check")];
          return JSON.stringify({ n: all.length, told: (window.told??[]).map(([t])=>t).join(), w: all.map((e) => { const f = e.shadowRoot?.querySelector("iframe"), r = e.getBoundingClientRect(); return [e.parentNode.localName ?? "shadow", Math.round(r.width), Math.round(r.height), f ? f.style.height + " " + f.style.colorScheme : "no frame", f?.src?.replace(/^.*widget/, "") ?? ""].join(" ") }), frames: document.querySelectorAll("iframe").length, sw: document.documentElement.scrollWidth - innerWidth, hist: history.length })`;
        let out = await driver.executeScript(look);
        const frames = await driver.findElements({ css: "iframe" });
        for (const f of frames) { await driver.switchTo().frame(f); out += "\n      in frame: " + (await driver.executeScript("return (document.querySelector('h1')?.textContent ?? '') + ' | '") ) + (await driver.executeScript(look)); await driver.switchTo().defaultContent(); }
        console.log(engine, name, out);
      } catch (e) { console.log(engine, name, "ERROR", String(e).slice(0, 200)); }
    }
  });
  server.close(); server.closeAllConnections();
});
