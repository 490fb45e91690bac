// @ts-check
// The QR code that carries the answers to another device. It is loaded when
// asked for, and drawn here: no server sees what is in it.

import { encode } from "uqr";

/** @param {string} content @param {string} label what it is, for those who don't see it */
export function qrCode(content, label) {
  const { data, size } = encode(content, { border: 2 });
  let path = "";
  data.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`;
    }),
  );
  const make = (/** @type {string} */ name, /** @type {Record<string, string>} */ attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const svg = make("svg", { class: "qr", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label });
  svg.append(make("path", { d: path }));
  return svg;
}
