// @ts-check
// The choice of the iOS version. Paths in Settings differ by version, and the
// browser can only guess it.

import { element } from "./elements.js";

/** Apple skipped the numbers from 19 to 25. */
const VERSIONS = [27, 26, 18, 17, 16, 15];

/** @param {import("./sequence.js").Sequence} sequence */
export function renderVersions(sequence) {
  const { text } = sequence.texts;
  const select = /** @type {HTMLSelectElement} */ (
    element(
      "select",
      {},
      element("option", { value: "" }, text("sequence.ios-unsure")),
      ...VERSIONS.map((version) => element("option", { value: String(version) }, `iOS ${version}`)),
    )
  );
  select.value = sequence.ios ? String(sequence.ios) : "";
  select.addEventListener("change", () => sequence.setVersion(select.value ? Number(select.value) : null));
  return element("label", { class: "version" }, element("span", {}, text("sequence.ios")), select);
}
