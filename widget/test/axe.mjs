// @ts-check
// Runs axe-core in the document that the driver is in. WebDriver injects it,
// which no Content-Security-Policy forbids. It checks that document only: for a
// frame, switch to it first.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Everything up to WCAG 2.2 AA, and axe's best practices. */
const options = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
  rules: { "target-size": { enabled: true } }, // off by default, as all rules that are new in 2.2
  resultTypes: ["violations"],
  iframes: false,
};

/**
 * @param {import("selenium-webdriver").WebDriver} driver
 * @returns {Promise<string[]>} a line for each element that violates a rule
 */
export async function violations(driver) {
  if (!(await driver.executeScript("return typeof axe === 'object'"))) await driver.executeScript(source);
  /** @type {{error?: string, passes?: number, lines?: string[]}} */
  const result = await driver.executeAsyncScript(
    `
    const done = arguments[1];
    axe.run(document, arguments[0]).then((result) => done({
      passes: result.passes.length,
      lines: result.violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.target.join(" "), node.failureSummary.replace(/\\s+/g, " "), node.html].join(" | "))),
    }), (error) => done({ error: String(error) }));`,
    options,
  );
  if (!result.lines || !result.passes) throw new Error(`axe checked nothing: ${result.error}`);
  return result.lines;
}
