// @ts-check
// Draws the QR code that carries the answers to another device. It is drawn in
// the browser, so that no server sees its content, and loaded on demand.

import { encode } from "uqr";

/** @param {string} content @param {string} label for screen readers */
export function qrCode(content, label) {
  const { data, size } = encode(content, { border: 2 });
  let path = "";
  data.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`;
    }),
  );
  const svgElement = (/** @type {string} */ name, /** @type {Record<string, string>} */ attributes) => {
    const created = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
    return created;
  };
  const svg = svgElement("svg", { class: "qr", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label });
  svg.append(svgElement("path", { d: path }));
  return svg;
}
