// @ts-check
// Texts with paths in Settings, as the document's template "text" renders them:
// a row of labels with text between them, for screen readers and for copying.

import { element } from "./elements.js";

/** @param {import("./labels.js").Texts} texts @param {string} id @param {Record<string, string>} [values] @returns {(Node | string)[]} */
export const renderText = ({ parts }, id, values) =>
  parts(id, values).map((part) => (typeof part === "string" ? part : renderPath(part)));

/** A label and what follows it without a space stay in one line. @param {import("./texts.js").Path} path */
function renderPath({ rows, tail }) {
  const last = rows.length - 1;
  return element(
    "span",
    { class: "path" },
    ...rows.slice(0, last).flatMap((row) => [element("span", {}, element("i", {}, ...renderRow(row)), " >"), " "]),
    element("span", {}, element("b", {}, ...renderRow(rows[last])), tail),
  );
}

/** A label, and in brackets what it is called in other versions. @param {string} row */
function renderRow(row) {
  const bracket = row.search(/[(（]/);
  return bracket > 0 ? [row.slice(0, bracket), element("small", {}, row.slice(bracket))] : [row];
}
