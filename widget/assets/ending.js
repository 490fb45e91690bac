// @ts-check
// What an end of the sequence offers beside its words: the support request,
// the weekly reminder, and forgetting.

import { button, element } from "./elements.js";
import { link, note } from "./progress.js";
import { weeklyReminder } from "./reminder.js";
import { supportRequest } from "./support.js";
import { guessVersion } from "./device.js";

/**
 * @typedef {object} Context
 * @property {(id: string, values?: Record<string, string>) => string} text
 * @property {import("./sequence.js").Session} session
 * @property {{summary: string, checked_at: number}} report
 * @property {number | null} ios
 * @property {(node: string, choice?: string) => string} heading words of a node, or of an answer to it
 * @property {() => void} leave
 * @property {import("./support.js").Network | null} network
 * @property {import("./progress.js").Progress | null} progress
 */

/** @param {string} node @param {Context} context @returns {HTMLElement[]} */
export function ending(node, context) {
  const parts = node === "support" ? request(context) : node === "fixed" ? [reminder(context)] : [];
  return [...parts, ...carry(context), button(context.text("sequence.forget"), context.leave, "quiet")];
}

/** The address that carries the answers, and a picture of it for a camera. @param {Context} context */
function carry({ text }) {
  const field = /** @type {HTMLInputElement} */ (element("input", { type: "text", readonly: "" }));
  field.value = link(location.origin + location.pathname);
  field.addEventListener("focus", () => field.select());
  const details = element(
    "details",
    { class: "carry" },
    element("summary", {}, text("sequence.carry")),
    element("label", { class: "field" }, element("span", {}, text("sequence.carry-text")), field),
  );
  const picture = document.querySelector("main")?.dataset.qr;
  if (picture) {
    details.addEventListener(
      "toggle",
      async () => {
        try {
          details.append((await import(picture)).qrCode(field.value, text("sequence.carry-picture")));
        } catch {
          // the address is there
        }
      },
      { once: true },
    );
  }
  return [details];
}

/** @param {Context} context */
function request({ text, session, report, ios, heading, network, progress }) {
  const area = /** @type {HTMLTextAreaElement} */ (
    element("textarea", { readonly: "", rows: "12", "aria-label": text("support.title") })
  );
  const tried = session
    .tried()
    .map(({ node, choice }, n) => ({ title: heading(node), answer: heading(node, choice), at: progress?.times?.[n] }));
  /** @param {"message" | "since"} name */
  const input = (name) => {
    const field = /** @type {HTMLInputElement} */ (
      element("input", { type: "text", maxlength: "500", autocomplete: "off" })
    );
    field.value = progress?.[name] ?? "";
    field.addEventListener("input", () => {
      note({ [name]: field.value });
      write();
    });
    return field;
  };
  const message = input("message"),
    since = input("since");
  function write() {
    area.value = supportRequest({
      text,
      ios,
      device: guessVersion(navigator.userAgent).device,
      message: message.value,
      since: since.value,
      tried,
      network,
      status: { summary: report.summary, checkedAt: report.checked_at ? report.checked_at * 1000 : null },
      now: new Date(),
      language: document.documentElement.lang,
    });
  }
  write();
  const copy = button(
    text("support.copy"),
    async () => {
      try {
        await navigator.clipboard.writeText(area.value);
        copy.textContent = text("support.copied");
      } catch {
        area.select(); // the reader copies by hand
        copy.textContent = text("support.selected");
      }
    },
    "primary",
  );
  const more = [download(text("support.download"), "icloud-backup.txt", "text/plain", () => area.value)];
  if (typeof navigator.share === "function")
    more.push(button(text("support.share"), () => void navigator.share({ text: area.value }).catch(() => {})));
  return [
    element("label", { class: "field" }, element("span", {}, text("support.ask-message")), message),
    element("label", { class: "field" }, element("span", {}, text("support.ask-since")), since),
    area,
    element("div", { class: "choices tools" }, copy, ...more),
  ];
}

/** @param {Context} context */
function reminder({ text }) {
  return download(text("reminder.button"), "icloud-backup.ics", "text/calendar", () =>
    weeklyReminder({
      text,
      now: new Date(),
      uid: `${crypto.getRandomValues(new Uint32Array(2)).join("-")}@backup-check`,
    }),
  );
}

/** @param {string} label @param {string} name @param {string} type @param {() => string} content */
function download(label, name, type, content) {
  return button(label, () => {
    const address = URL.createObjectURL(new Blob([content()], { type: `${type};charset=utf-8` }));
    const link = /** @type {HTMLAnchorElement} */ (element("a", { href: address, download: name }));
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  });
}
