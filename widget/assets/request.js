// @ts-check
// The support request on the screen: two questions, the text that support.js
// writes from the answers, and buttons to take it along.

import { downloadButton } from "./download.js";
import { button, element } from "./elements.js";
import { choiceLabel, nodeTitle } from "./labels.js";
import { supportRequest } from "./support.js";

/** @typedef {import("./sequence.js").Sequence} Sequence */

/** @param {Sequence} sequence @returns {HTMLElement[]} */
export function renderRequest(sequence) {
  const { text } = sequence.texts;
  const area = /** @type {HTMLTextAreaElement} */ (
    element("textarea", { readonly: "", rows: "12", "aria-label": text("support.title") })
  );
  const message = detailField(sequence, "message", update);
  const since = detailField(sequence, "since", update);
  /** @type {import("./labels.js").Texts | undefined} */
  let english;
  function update() {
    area.value = requestText(sequence, message.value, since.value, english);
  }
  update();
  void sequence.loadEnglish().then((texts) => {
    english = texts;
    update();
  });
  return [
    element("label", { class: "field" }, element("span", {}, text("support.ask-message")), message),
    element("label", { class: "field" }, element("span", {}, text("support.ask-since")), since),
    area,
    renderTools(area, text),
  ];
}

/**
 * A field whose value is saved with the answers.
 * @param {Sequence} sequence @param {"message" | "since"} name @param {() => void} onInput
 */
function detailField(sequence, name, onInput) {
  const field = /** @type {HTMLInputElement} */ (
    element("input", {
      type: "text",
      dir: "auto",
      maxlength: name === "message" ? "1000" : "500",
      autocomplete: "off",
      "data-detail": name,
    })
  );
  field.value = sequence.details[name] ?? "";
  field.addEventListener("input", () => {
    sequence.saveDetails({ [name]: field.value });
    onInput();
  });
  return field;
}

/** @param {Sequence} sequence @param {string} message @param {string} since @param {import("./labels.js").Texts} [english] */
function requestText({ texts, answers, report, ios, device, network }, message, since, english) {
  /** @param {import("./labels.js").Texts} texts */
  const triedIn = (texts) =>
    answers.map(({ node, choice, linked, at }) => ({
      title: nodeTitle(texts, node),
      answer: choiceLabel(texts, node, choice),
      linked,
      at,
    }));
  return supportRequest({
    text: texts.text,
    ios,
    device,
    message,
    since,
    tried: triedIn(texts),
    network,
    status: { summary: report.summary, checkedAt: report.checked_at ? report.checked_at * 1000 : null },
    now: new Date(),
    language: document.documentElement.lang,
    english: english && {
      text: english.text,
      tried: triedIn(english),
      summary: english.text(`verdict.${report.recovered ? "recovered" : report.level}.summary`),
    },
  });
}

/** @param {HTMLTextAreaElement} area @param {import("./labels.js").Texts["text"]} text */
function renderTools(area, text) {
  const copy = button(text("support.copy"), { class: "primary", "data-action": "copy" }, () =>
    // Where the page isn't served securely, the browser has no clipboard.
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(area.value))
      .then(
        () => (copy.textContent = text("support.copied")),
        () => {
          area.select(); // the reader copies by hand
          copy.textContent = text("support.selected");
        },
      ),
  );
  const tools = [
    copy,
    downloadButton(text("support.download"), "download", "icloud-backup.txt", "text/plain", () => area.value),
  ];
  if (typeof navigator.share === "function") {
    tools.push(
      button(text("support.share"), { "data-action": "share" }, () => {
        navigator.share({ text: area.value }).catch(({ name }) => {
          if (name !== "AbortError") copy.click(); // it is forbidden here; not: the reader closed the sheet
        });
      }),
    );
  }
  return element("div", { class: "choices tools" }, ...tools);
}
