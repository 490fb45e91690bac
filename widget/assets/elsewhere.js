// @ts-check
// Continues on another device: an address that carries the answers, and a QR
// code of it.

import { element } from "./elements.js";
import { linkToSession } from "./progress.js";

/** @param {import("./sequence.js").Sequence} sequence */
export function continueElsewhere({ texts: { text }, savedSession }) {
  const field = /** @type {HTMLInputElement} */ (element("input", { type: "text", readonly: "", dir: "ltr" }));
  field.value = linkToSession(location.origin + location.pathname, savedSession);
  field.addEventListener("focus", () => field.select());
  const details = element(
    "details",
    { class: "carry" },
    element("summary", {}, text("sequence.carry")),
    element("label", { class: "field" }, element("span", {}, text("sequence.carry-text")), field),
  );
  const qrModule = document.querySelector("main")?.dataset.qr;
  if (qrModule) details.addEventListener("toggle", () => void appendQRCode(), { once: true });
  return details;

  async function appendQRCode() {
    try {
      const { qrCode } = await import(/** @type {string} */ (qrModule));
      details.append(qrCode(field.value, text("sequence.carry-picture")));
    } catch {
      // The address is there without it.
    }
  }
}
