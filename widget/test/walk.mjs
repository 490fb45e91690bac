// @ts-check
// Every screen of the sequence, found in the page's engine.

import { By } from "selenium-webdriver";
import { readerOf } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

/**
 * Walks the graph in the page's engine to every node that it finds, and returns a
 * way to each: a saved session, and whether it is behind the gate to which that leads.
 */
export const walk = `
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
  while (todo.length && known.size < 4000) {
    const way = todo.shift();
    if (known.has(String(way))) continue;
    known.add(String(way));
    const screen = open(way).screen();
    const fresh = !(screen.node in ways);
    ways[screen.node] = ways[screen.node] ?? way;
    for (const { id } of screen.choices) {
      const session = open(way);
      confirmAll(session);
      if (!session.choose(id)) continue;
      const next = screen.kind === "gate" && id === "continue" ? [way[0], true] : [session.save(), false];
      fresh ? todo.unshift(next) : todo.push(next);
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
  const ways = /** @type {Record<string, [string, boolean]>} */ (await driver.executeScript(walk));
  const nodes = Object.keys(ways).filter((node) => !["symptom", "wait", "when"].includes(node)); // those take a report of their own
  for (const node of nodes) {
    await driver.executeScript(
      `const [session, behind] = arguments[0];
      localStorage.setItem("backup-check", JSON.stringify({ ...JSON.parse(localStorage.getItem("backup-check") ?? "{}"), form: 1, session, at: Date.now(), times: [] }));
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
