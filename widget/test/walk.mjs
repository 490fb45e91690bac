// @ts-check
// Every screen of the sequence, found in the page's engine.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { By } from "selenium-webdriver";
import { root } from "../../wasm/edge/test/harness.mjs";
import { readerOf } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

/** @type {Record<string, string>} */
const texts = JSON.parse(readFileSync(join(root, "widget/locale/en.json"), "utf8"));
/** The ids of the messages, with which the sequence can begin. */
const messages = Object.keys(texts).flatMap((id) => /^message\.([a-z-]+)$/.exec(id)?.[1] ?? []);

/** @type {Record<string, [string, boolean]> | undefined} */
let ways;

/**
 * A way to every node that a walk of the graph in the page's engine finds: a saved
 * session, and whether the node is behind the gate to which that leads.
 * @param {WebDriver} driver in a widget whose engine is loaded
 */
export async function waysToScreens(driver) {
  await driver.manage().setTimeouts({ script: 120_000 });
  ways ??= /** @type {Record<string, [string, boolean]>} */ (await driver.executeScript(walk, messages));
  return ways;
}

const walk = `
  const report = JSON.parse(document.getElementById("verdict").textContent);
  report.backup = report.level;
  report.incidents = [{ from: 1, to: 2 }];
  const confirmAll = (session) => session.screen().confirm.forEach(({ id }) => session.confirm(id, true));
  const open = ([way, behind]) => {
    const session = backupCheckEngine.restore(report, way);
    if (behind) confirmAll(session), session.choose("continue");
    return session;
  };
  const ways = {}, known = new Set(), todo = [[backupCheckEngine.start(report).save(), false]];
  // Ways to new nodes are followed first, so that after many known ones nothing new comes.
  for (let old = 0; todo.length && old < 500; old++) {
    const way = todo.shift();
    if (known.has(String(way))) continue;
    known.add(String(way));
    const session = open(way), screen = session.screen();
    const fresh = !(screen.node in ways);
    if (fresh) (ways[screen.node] = way), (old = 0);
    confirmAll(session);
    const ids = screen.choices.map(({ id }) => id);
    if (screen.node === "symptom") ids.push(...arguments[0]);
    for (const id of ids) {
      if (!session.choose(id)) continue;
      const next = screen.kind === "gate" && id === "continue" ? [way[0], true] : [session.save(), false];
      fresh ? todo.unshift(next) : todo.push(next);
      session.back();
      confirmAll(session); // a gate that is entered again is closed
    }
  }
  return ways;`;

/**
 * Shows every screen, as another tab of the browser would: through what is saved.
 * The sequence has begun.
 * @param {WebDriver} driver
 * @param {(node: string, kind: string) => Promise<void>} act
 */
export async function everyScreen(driver, act) {
  const ways = await waysToScreens(driver);
  const nodes = Object.keys(ways).filter((node) => !["symptom", "wait", "when"].includes(node)); // those take a report of their own
  for (const node of nodes) {
    await driver.executeScript(
      `const [session, behind] = arguments[0];
      localStorage.setItem("backup-check", JSON.stringify({ ...JSON.parse(localStorage.getItem("backup-check") ?? "{}"), form: 1, session, at: Date.now(), times: [], tab: "another" }));
      dispatchEvent(new StorageEvent("storage", { key: "backup-check" }));
      if (!behind) return;
      for (const box of document.querySelectorAll(".confirm input")) box.click();
      document.querySelector('.sequence > .choices [data-choice="continue"]').click();`,
      ways[node],
    );
    const shown = await readerOf(driver).node();
    if (shown !== node) throw new Error(`${shown} is shown in place of ${node}`);
    const list = await driver.findElements(By.css(".sequence > .choices.list"));
    await act(node, list.length ? "question" : "");
  }
  return nodes.length;
}
