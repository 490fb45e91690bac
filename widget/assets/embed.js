// @ts-check
// The script that pages embed. Defines <backup-check>, and inserts one after
// the script's own tag if the page has none.

import titles from "locale:embed";
import { choose } from "./language.js";

/**
 * A member of the document. Elements with a name hide what the document has
 * under that name, so `<img name="currentScript">` in a reader's comment would
 * be read in place of the script. The prototype's members can't be hidden.
 * @template {keyof Document} K @param {K} name @returns {Document[K]}
 */
const own = (name) => Reflect.get(Document.prototype, name, document);

/** Of an element of the page, which can hide the method in the same way. */
const attribute = Element.prototype.getAttribute;

/** This script's tag. There is none if the page loads it as a module or through another script. */
const script = own("currentScript");
const origin = script instanceof HTMLScriptElement ? originOf(script) : "";

/** The origin that the script was loaded from, "" if that isn't certain. @param {HTMLScriptElement} script */
function originOf(script) {
  if (!/^https?:/.test(script.src)) return "";
  const { origin } = new URL(script.src);
  // An address without a host is the page's own, even if a <base> was added later.
  return origin === self.origin || /^\s*(https?:)?\/\//i.test(script.getAttribute("src") ?? "") ? origin : "";
}

class BackupCheck extends HTMLElement {
  static observedAttributes = ["lang", "theme", "accent", "compact", "symptom"];
  /** @type {HTMLIFrameElement | undefined} */
  #frame;
  #ready = false;
  /** @type {object[]} Messages to post when the widget is ready. */
  #queue = [];

  connectedCallback() {
    if (!this.#frame) {
      const frame = /** @type {HTMLIFrameElement} */ (own("createElement").call(document, "iframe"));
      frame.loading = "lazy";
      // On its own origin the frame could remove a sandbox.
      if (origin !== location.origin)
        frame.setAttribute(
          "sandbox",
          "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads",
        );
      // Styles are set as properties, which no Content-Security-Policy forbids.
      // Until the widget posts its height, the frame fills the room that the
      // page reserves for it, or the screen: content below it is out of view
      // then, so that the widget can grow without a visible shift.
      if (getComputedStyle(this).display === "inline") this.style.display = "block";
      const height = Math.max(640, this.offsetHeight || innerHeight);
      Object.assign(frame.style, {
        display: "block",
        width: "100%",
        height: `${height}px`,
        border: "0",
        colorScheme: "normal",
      });
      this.#frame = frame;
      this.#load(); // before it is in the page, or it would load an empty document first
      this.attachShadow({ mode: "open" }).append(frame);
    }
    addEventListener("message", this);
  }

  disconnectedCallback() {
    removeEventListener("message", this);
  }

  attributeChangedCallback() {
    if (this.isConnected && this.#frame) this.#load();
  }

  /** Starts the sequence, at a symptom if one is given. @param {string} [symptom] */
  open(symptom) {
    this.#post({ type: "backup-check:open", symptom });
  }

  /** Deletes the reader's answers and shows the start. */
  reset() {
    this.#post({ type: "backup-check:reset" });
  }

  /** @param {object} message */
  #post(message) {
    if (this.#ready) this.#frame?.contentWindow?.postMessage(message, origin);
    else this.#queue.push(message);
  }

  #load() {
    const frame = /** @type {HTMLIFrameElement} */ (this.#frame);
    const address = new URL("/widget", origin);
    // The element's own language, or that of the page around it, or the reader's.
    // In a shadow root, what is around it may name none.
    const around = this.closest("[lang]:not(backup-check)");
    const wanted = [this, around, own("documentElement")].map(
      (element) => (element && attribute.call(element, "lang")?.trim()) ?? "",
    );
    const lang = choose(Object.keys(titles), [...wanted, ...navigator.languages]);
    frame.title = titles[lang];
    if (lang !== "en") address.searchParams.set("lang", lang);
    const theme = this.getAttribute("theme")?.trim();
    if (theme === "light" || theme === "dark") address.searchParams.set("theme", theme);
    // The other parameters are in the fragment: the server doesn't need them.
    const params = new URLSearchParams();
    const style = getComputedStyle(this);
    for (const name of ["accent", "ink", "paper", "card", "line", "radius"]) {
      const value = style.getPropertyValue(`--backup-check-${name}`).trim();
      if (value) params.set(name, value);
    }
    for (const name of ["accent", "symptom"]) {
      const value = this.getAttribute(name)?.trim();
      if (value) params.set(name, value);
    }
    if (this.hasAttribute("compact")) params.set("compact", "");
    address.hash = params.toString();
    if (frame.src !== address.href) frame.src = address.href;
  }

  /** @param {MessageEvent} event */
  handleEvent({ source, origin: from, data }) {
    const frame = /** @type {HTMLIFrameElement} */ (this.#frame);
    if (source !== frame.contentWindow || from !== origin) return;
    switch (data?.type) {
      case "backup-check:height": {
        const height = Math.ceil(Number(data.height));
        if (height > 0 && height < 20_000) frame.style.height = `${height}px`;
        break;
      }
      case "backup-check:view": {
        const top = Number(data.top),
          enough = Number(data.enough),
          at = frame.getBoundingClientRect().top + top;
        if (!(top >= 0 && top <= frame.offsetHeight && enough >= 0) || (at >= 0 && at <= innerHeight - enough)) break;
        frame.style.scrollMarginTop = `${-top}px`;
        frame.scrollIntoView(); // respects the page's scroll-padding, as for a fixed header
        break;
      }
      case "backup-check:status":
        this.#ready = true;
        for (const message of this.#queue.splice(0)) this.#post(message);
        if (/^[a-z]{1,20}$/.test(data.level)) this.#dispatch(data.type, { level: data.level });
        break;
      case "backup-check:step":
        if (Number.isSafeInteger(data.number) && data.number > 0) this.#dispatch(data.type, { number: data.number });
        break;
      case "backup-check:done":
        this.#dispatch(data.type, { fixed: data.fixed === true });
    }
  }

  /** @param {string} type @param {object} detail names no answer of the reader's */
  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** Inserts the element after the script's tag, with the attributes that the tag has as data. @param {HTMLScriptElement} script */
function insert(script) {
  if (!script.isConnected || own("querySelector").call(document, "backup-check")) return;
  if (script.closest("head")) {
    console.info("Backup Check: move this script to where the widget should appear, or add a <backup-check> element.");
    return;
  }
  const element = own("createElement").call(document, "backup-check");
  for (const name of BackupCheck.observedAttributes) {
    const value = script.dataset[name];
    if (value !== undefined) element.setAttribute(name, value);
  }
  script.after(element);
}

if (script instanceof HTMLScriptElement && origin) {
  if (!customElements.get("backup-check")) customElements.define("backup-check", BackupCheck);
  // An element further down is known only when the whole page is parsed.
  if (own("readyState") === "loading")
    EventTarget.prototype.addEventListener.call(document, "DOMContentLoaded", () => insert(script));
  else insert(script);
} else {
  console.info("Backup Check: load this script with a tag of its own that names the site, and not as a module.");
}
