// @ts-check
// The choices of the reader's device and its iOS version. Names and paths in
// Settings differ by them, and the browser can only guess them.

import { renderDeviceChoice } from "./ipad.js";
import { element } from "./elements.js";

/** Apple skipped the numbers from 19 to 25. */
const VERSIONS = [27, 26, 18, 17, 16, 15];

/** @param {import("./sequence.js").Sequence} sequence */
export function renderVersions(sequence) {
  const { text, say } = sequence.texts;
  const select = /** @type {HTMLSelectElement} */ (
    element(
      "select",
      { "data-ios": "" },
      element("option", { value: "" }, text("sequence.ios-unsure")),
      ...VERSIONS.map((version) => element("option", { value: String(version) }, say(`iOS ${version}`))),
    )
  );
  select.value = sequence.ios ? String(sequence.ios) : "";
  select.addEventListener("change", () => sequence.setVersion(select.value ? Number(select.value) : null));
  return element(
    "div",
    { class: "versions" },
    renderDeviceChoice(text("device.title"), sequence.device),
    element("label", { class: "version" }, element("span", {}, text("sequence.ios")), select),
  );
}
