// @ts-check
// The titles of the graph's nodes and the labels of their choices.

/** @typedef {ReturnType<typeof import("./texts.js").catalogue>} Texts */

/** @param {Texts} texts @param {string} node */
export function nodeTitle({ text, has }, node) {
  const kind = ["ask", "step", "gate", "end"].find((prefix) => has(`${prefix}.${node}.title`));
  return text(`${kind}.${node}.title`);
}

/** A node's own label for a choice, the one that all nodes share, or that of a message. @param {Texts} texts @param {string} node @param {string} id */
export function choiceLabel({ text, has }, node, id) {
  return text([`choice.${node}.${id}`, `message.${id}`].find(has) ?? `choice.${id}`);
}
