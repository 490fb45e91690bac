// @ts-check
// Lighthouse's scores (mobile, in Chromium, local) of the widget, of the landing
// page, and of a host page without and with the widget.
//
// node lighthouse.mjs

import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build, freePort, playApple, root, scratch, status, wranglerDev } from "../test/harness.mjs";
import { chromium } from "../../../widget/test/requirements.mjs";

// This process serves the host page, so nothing may block it.
const run = promisify(execFile);
const here = join(root, "wasm/edge/bench");
const categories = ["performance", "accessibility", "best-practices"];
const rounds = 3;

/**
 * Returns scores of 0 to 100, medians of the rounds, and the audits that cost points.
 * @param {string} address
 */
async function scores(address) {
  /** @type {number[][]} */
  const all = categories.map(() => []);
  /** @type {Map<string, number>} */
  const worst = new Map();
  for (let round = 0; round < rounds; round++) {
    const file = join(scratch, "lighthouse.json");
    await run(
      join(here, "node_modules/.bin/lighthouse"),
      [
        address,
        "--quiet",
        "--output=json",
        `--output-path=${file}`,
        `--only-categories=${categories}`,
        "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-dev-shm-usage",
      ],
      { env: { ...process.env, CHROME_PATH: chromium() }, timeout: 120_000 },
    );
    const report = JSON.parse(readFileSync(file, "utf8"));
    if (report.runtimeError) throw new Error(`${address}: ${report.runtimeError.message}`);
    categories.forEach((name, n) => {
      all[n].push(Math.round(report.categories[name].score * 100));
      for (const { id, weight } of report.categories[name].auditRefs) {
        const { score } = report.audits[id];
        if (weight && score !== null && score < 0.995) worst.set(id, Math.min(score, worst.get(id) ?? 1));
      }
    });
  }
  return {
    medians: all.map((list) => list.toSorted((a, b) => a - b)[rounds >> 1]),
    worst: [...worst].map(([id, score]) => `${id} ${score}`).join(", "),
  };
}

/**
 * Runs Lighthouse; installs it with npm if it is missing.
 * @returns {Promise<(string | number)[][]>} rows: the page, its scores, and the audits that cost points
 */
export async function lighthouse() {
  if (!existsSync(join(here, "node_modules"))) await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: here });
  const apple = await playApple();
  const worker = await wranglerDev(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" });
  // A host page, on another site than the Worker.
  const text = `<p>${"What to do when a backup fails, and when to wait. ".repeat(60)}</p>`;
  const snippet = `<backup-check style="display: block; min-height: 100vh"></backup-check><script src="${worker.origin}/embed.js" async></script>`;
  const host = createServer((request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>Support</title><body><main><h1>Backups</h1>${text}${request.url === "/with" ? snippet : ""}${text}</main>`,
    );
  });
  const port = await freePort();
  await new Promise((done) => host.listen(port, "127.0.0.1", () => done(undefined)));
  const rows = [];
  try {
    for (const scenario of ["fine", "outage"]) {
      await apple.show(scenario);
      while ((await status(worker.origin)).level !== { fine: "operational", outage: "outage" }[scenario])
        await new Promise((done) => setTimeout(done, 100));
      for (const [name, address] of [
        ["`/widget`", `${worker.origin}/widget`],
        ["`/`", `${worker.origin}/`],
        ["a page without the widget", `http://localhost:${port}/without`],
        ["the same page with it", `http://localhost:${port}/with`],
      ]) {
        if (scenario === "outage" && name.startsWith("a page")) continue; // the host page alone has no scenario
        const { medians, worst } = await scores(address);
        rows.push([scenario === "fine" ? name : `${name}, in an outage`, ...medians, worst]);
      }
    }
  } finally {
    host.close();
    host.closeAllConnections();
    await Promise.all([worker.stop(), apple.stop()]);
  }
  return rows;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const row of await lighthouse()) console.log(row.join("  "));
}
