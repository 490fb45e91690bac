// @ts-check
// The script that pages embed. Defines <backup-check>. Alone in a page's body it
// also inserts one after its own tag. It runs on browsers as old as iOS 12.

import languages from "locale:embed";
import { choose } from "./language.js";

/**
 * A member of the document. Elements with a name hide what the document has
 * under that name, so `<img name="currentScript">` in a reader's comment would
 * be read in place of the script. The prototype's members can't be hidden.
 * @template {keyof Document} K @param {K} name @returns {Document[K]}
 */
const own = (name) => Reflect.get(Document.prototype, name, document);
/** @param {string} selector */
const find = (selector) => own("querySelector").call(document, selector);
/** @template {keyof HTMLElementTagNameMap} K @param {K} name @returns {HTMLElementTagNameMap[K]} */
const create = (name) => /** @type {any} */ (own("createElement").call(document, name));

/** Of an element of the page, which can hide the method in the same way. */
const attribute = Element.prototype.getAttribute;

/** Milliseconds in which a loaded widget says that it is there, and a page adds its elements. */
const PATIENCE = 5_000;

/** This script's tag. There is none if it is loaded as a module, or evaluated by another script. */
const script = own("currentScript");
const origin = originOf(script);

/**
 * The origin that the script was loaded from, "" if that isn't certain: that of
 * its tag, else that of the last such file that a script of the page has loaded,
 * else that of the file that runs.
 * @param {HTMLOrSVGScriptElement | null} script
 */
function originOf(script) {
  if (script instanceof HTMLScriptElement && /^https?:/.test(script.src)) {
    const { origin } = new URL(script.src);
    // An address without a host is the page's own, even if a <base> was added later.
    return origin === self.origin || /^\s*(https?:)?\/\//i.test(script.getAttribute("src") || "") ? origin : "";
  }
  const file = /(https?:\/\/[^/\s]+)\/(assets\/embed-\w+|embed)\.js/;
  // WebKit may run an imported script before it lists it.
  let found = file.exec(String(new Error().stack));
  for (const { name, initiatorType } of /** @type {PerformanceResourceTiming[]} */ (
    performance.getEntriesByType("resource")
  ))
    // Markup loads pictures and the like, but no files of these kinds.
    if (/^(script|fetch|xmlhttprequest)$/.test(initiatorType)) found = file.exec(name) || found;
  return found ? found[1] : "";
}

/** Of the window, to which the element listens. */
const EVENTS = ["message", "transitionend", "beforeprint", "afterprint"];

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

/** Whether a computed colour is dark; undefined if what is behind it shows. @param {string} colour */
function isDark(colour) {
  const [a, b, c, alpha = 1] = (colour.replace(/^color\(\S+/, "").match(/[\d.]+(e-\d+)?/g) || []).map(Number);
  if (!(alpha > 0.5)) return undefined;
  const mixed = (3 * a + 6 * b + c) / 10;
  return (/^rgb/.test(colour) ? mixed / 255 : /^c/.test(colour) ? mixed : /^ok/.test(colour) ? a : a / 100) < 0.5;
}

class BackupCheck extends HTMLElement {
  constructor() {
    super();
    /** The verdict that the widget shows. @type {{level: string} | null} */
    this.status = null;
    /** Where the widget is from. Where two sites' scripts meet, the first one defines the element. */
    this.origin = origin;
    this._ready = false;
    /** @type {object[]} Messages to post when the widget is ready. */
    this._queue = [];
    /** What the widget is told of the page. */
    this._look = this._lang = "";
    this._update = this._update.bind(this);
    this._observer = new MutationObserver(this._update);
  }

  connectedCallback() {
    if (!this._frame) this._build();
    for (const type of EVENTS) addEventListener(type, this);
    systemIsDark.addListener(this._update);
    // What the page's styles depend on.
    for (let node = /** @type {any} */ (this); node; node = node.parentNode || node.host)
      this._observer.observe(node, { attributes: true });
    this._observer.observe(own("head"), { attributes: true, childList: true, subtree: true });
    this._update();
  }

  disconnectedCallback() {
    this._ready = false; // where it is inserted again, the frame loads again
    for (const type of EVENTS) removeEventListener(type, this);
    systemIsDark.removeListener(this._update);
    this._observer.disconnect();
  }

  /** Starts the sequence, at a symptom if one is given. @param {string} [symptom] */
  open(symptom) {
    this._post({ type: "backup-check:open", symptom });
  }

  /** Deletes the reader's answers and shows the start. */
  reset() {
    this._post({ type: "backup-check:reset" });
  }

  _build() {
    const frame = (this._frame = create("iframe"));
    frame.title = "iCloud Backup"; // in any language, until the widget posts its own title
    frame.loading = "lazy";
    frame.allow = "clipboard-write" + ("share" in navigator ? ";web-share" : "");
    // On its own origin the frame could remove a sandbox.
    if (this.origin !== location.origin)
      frame.setAttribute(
        "sandbox",
        "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads",
      );
    frame.onload = () => this._expect(PATIENCE);
    // Gives a width to what has none of its own, such as a float. Unlike those of
    // a frame or a box, a picture's maximum in percent widens no narrow column.
    const room = (this._room = create("canvas"));
    room.width = 560;
    room.height = 0;
    // Shown until the widget is there: the element's own content, or else a link.
    const slot = (this._slot = create("slot"));
    const link = slot.appendChild(create("a"));
    link.textContent = frame.title;
    link.href = this.origin + "/widget";
    link.target = "_blank";
    const box = create("div");
    box.append(room, slot);
    const root = this.attachShadow({ mode: "open" });
    // A sheet that no Content-Security-Policy forbids, and that gives way to the
    // page's styles. Older browsers get properties.
    if ("adoptedStyleSheets" in root) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":host{display:block;width:100%;min-width:min(280px,100%)}");
      root.adoptedStyleSheets = [sheet];
    }
    if (getComputedStyle(this).display === "inline") Object.assign(this.style, { display: "block", width: "100%" });
    // Until the widget posts its height, the frame fills the room that the page
    // reserves for it, or the screen: content below it is out of view then, so
    // that the widget can grow without a visible shift.
    const height = Math.max(640, this.offsetHeight || innerHeight);
    box.style.cssText = "position:relative";
    room.style.cssText = "display:block;max-width:100%;color:CanvasText";
    frame.style.cssText = `display:block;width:100%;height:${height}px;border:0`;
    slot.style.cssText = "display:block;position:absolute;top:0";
    root.append(box);
  }

  /** If the widget doesn't come in time, the element's own content takes its place. @param {number} time in milliseconds */
  _expect(time) {
    setTimeout(() => {
      if (this._ready) return;
      // Browsers that are too old for the widget's script show its plain steps.
      const shown = !Element.prototype.replaceChildren;
      /** @type {HTMLElement} */ (this._slot).style.cssText = shown ? "display:none" : "display:block";
      if (!shown) /** @type {HTMLElement} */ (this._frame).style.height = "0";
    }, time);
  }

  /** @param {object} message */
  _post(message) {
    if (this._ready) /** @type {any} */ (this._frame).contentWindow.postMessage(message, this.origin);
    else this._queue.push(message);
  }

  /** Tells the widget what the page wants now. Another language is another document. */
  _update() {
    const frame = /** @type {HTMLIFrameElement} */ (this._frame);
    const slot = /** @type {HTMLElement} */ (this._slot);
    // The element's own language, or that of the page around it, or the reader's.
    // In a shadow root, what is around it may name none.
    const around = this.closest("[lang]:not(backup-check)");
    const wanted = [this, around, own("documentElement")].map((element) =>
      ((element && attribute.call(element, "lang")) || "").trim(),
    );
    const lang = choose(languages, [...wanted, ...navigator.languages]);
    const theme = this._isDark() ? "dark" : "light";
    const params = new URLSearchParams({ theme });
    const style = getComputedStyle(this);
    for (const name of ["accent", "ink", "paper", "card", "line", "radius"]) {
      const value = style.getPropertyValue(`--backup-check-${name}`).trim();
      if (value) params.set(name, value);
    }
    for (const name of ["accent", "symptom", "compact"]) {
      const value = this.getAttribute(name);
      // Templates write an attribute that is off as "false".
      if (name === "compact" ? value !== null && value !== "false" : value) params.set(name, String(value).trim());
    }
    const look = params.toString();
    frame.style.colorScheme = theme; // which the document gets as the reader's setting
    if (lang !== this._lang) {
      this._lang = lang;
      const address = new URL("/widget", this.origin);
      if (lang !== "en") address.searchParams.set("lang", lang);
      if (systemIsDark.matches !== (theme === "dark")) address.searchParams.set("theme", theme);
      // The other parameters are in the fragment: the server doesn't need them.
      address.hash = look;
      this._ready = false;
      frame.remove(); // A frame that navigates would add to the page's history.
      frame.src = address.href;
      slot.before(frame);
      this._expect(4 * PATIENCE); // of those that can't be reached, some load nothing
    } else if (look !== this._look) this._ready && this._post({ type: "backup-check:look", look });
    this._look = look;
  }

  /** Makes room for all steps on paper. A frame isn't broken between pages unless it hangs over a box. @param {boolean} printed */
  _print(printed) {
    const frame = /** @type {HTMLIFrameElement} */ (this._frame),
      box = /** @type {HTMLElement} */ (frame.parentNode).style,
      height = `${this._paper}px`;
    if (printed && this._paper) {
      this._screen = frame.style.cssText;
      frame.style.cssText += `position:absolute;height:${height};width:${frame.offsetWidth}px;max-width:100%`;
      box.height = height;
    } else if (this._screen) {
      frame.style.cssText = this._screen;
      box.height = this._screen = "";
    }
  }

  /** Whether the page around the element is dark: by its attribute, by the page's colour scheme, or by what is behind it. */
  _isDark() {
    const theme = this.getAttribute("theme")?.trim();
    if (theme === "dark" || theme === "light") return theme === "dark";
    const scheme = getComputedStyle(this).colorScheme || "normal";
    if (scheme !== "normal" || find("meta[name=color-scheme]"))
      return isDark(getComputedStyle(/** @type {HTMLElement} */ (this._room)).color) === false;
    for (let node = /** @type {any} */ (this); node; node = node.parentNode || node.host) {
      const dark = node instanceof Element ? isDark(getComputedStyle(node).backgroundColor) : undefined;
      if (dark !== undefined) return dark;
    }
    return false; // the browser's canvas
  }

  /** @param {any} event a message, the end of a transition, or that the page is printed */
  handleEvent({ type, source, origin: from, data, target }) {
    const frame = /** @type {HTMLIFrameElement} */ (this._frame);
    if (target !== window) return target.contains(this) && this._update();
    if (type[0] !== "m") return this._print(type[0] === "b");
    if (source !== frame.contentWindow || from !== this.origin) return;
    switch (data?.type) {
      case "backup-check:height": {
        const height = Math.ceil(Number(data.height));
        if (height > 0 && height < 20_000) frame.style.height = `${height}px`;
        break;
      }
      case "backup-check:paper":
        this._paper = Math.min(Number(data.height) || 0, 20_000);
        break;
      case "backup-check:view": {
        const top = Number(data.top),
          enough = Number(data.enough),
          at = frame.getBoundingClientRect().top + top,
          // The page's room for a fixed header.
          header = parseFloat(getComputedStyle(own("documentElement")).scrollPaddingTop) || 0;
        if (!(top >= 0 && top <= frame.offsetHeight && enough >= 0) || (at >= header && at <= innerHeight - enough))
          break;
        frame.style.scrollMarginTop = `${-top}px`;
        frame.scrollIntoView(); // respects the page's scroll-padding
        break;
      }
      case "backup-check:status":
        this._ready = true;
        /** @type {HTMLElement} */ (this._slot).style.cssText = "display:none";
        frame.title = String(data.title || frame.title).slice(0, 99);
        this._post({ type: "backup-check:look", look: this._look }); // it may have changed since the frame's address
        for (const message of this._queue.splice(0)) this._post(message);
        if (/^[a-z]{1,20}$/.test(data.level)) this._tell(data.type, (this.status = { level: data.level }));
        break;
      case "backup-check:step":
        if (Number.isSafeInteger(data.number) && data.number > 0) this._tell(data.type, { number: data.number });
        break;
      case "backup-check:done":
        this._tell(data.type, { fixed: data.fixed === true });
    }
  }

  /** @param {string} type @param {object} detail names no answer of the reader's */
  _tell(type, detail) {
    // Templates of Angular and JSX can't name an event with a colon.
    for (const name of [type, type.replace(":", "-")])
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** Milliseconds that an inserted widget waits for the rest of the page, which may have an element. */
const PARSING = 1_000;

/** Elements of a page that show nothing. */
const HIDDEN = "script,style,link,meta,template,noscript";

/**
 * Whether a script's tag is part of the page's own markup, so that the widget can
 * be inserted after it: not in the head, not added by a tag manager, and not below the
 * empty root of an app, which has elements of its own later.
 * @param {HTMLScriptElement} script
 */
function hasPlace(script) {
  // Docusaurus puts a page's scripts above the whole site.
  if (script.parentNode !== own("body")) return !script.matches("head *,#__docusaurus > *");
  // One that another script made is async without the attribute.
  if (script.async && !script.hasAttribute("async")) return false;
  let empty = false;
  for (let node = script.previousElementSibling; node; node = node.previousElementSibling) {
    if (node.matches(HIDDEN)) continue;
    if (node.firstChild || !node.matches("div,main")) return true;
    empty = true;
  }
  return !empty;
}

/** Whether the whole page is nothing but the script, which the parser then has in the head. */
const isBare = () => !own("body").textContent?.trim() && !own("body").querySelector(`:not(${HIDDEN})`);

/** Of the page, and not inserted for a script. */
const findOwn = () => find("backup-check:not([data-inserted])");

/** Inserts an element for a script's tag, with the attributes that the tag has as data. @param {HTMLScriptElement} script @param {string} from its origin */
function insert(script, from) {
  const next = script.nextElementSibling;
  if (!script.isConnected || findOwn() || (next && next.matches("[data-inserted]"))) return;
  const element = /** @type {BackupCheck} */ (own("createElement").call(document, "backup-check"));
  element.origin = from;
  element.setAttribute("data-inserted", "");
  for (const name of ["lang", "theme", "accent", "compact", "symptom"]) {
    const value = script.dataset[name];
    if (value !== undefined) element.setAttribute(name, value);
  }
  if (script.closest("head")) own("body").append(element);
  else script.after(element);
  // An element of the page's own that comes later takes its place.
  whenParsed(() => findOwn() && element.remove());
}

/** @param {() => void} act */
function whenParsed(act) {
  if (own("readyState") === "loading") EventTarget.prototype.addEventListener.call(document, "DOMContentLoaded", act);
  else act();
}

/** Says so if the page has got no element meanwhile. */
const say = () =>
  find("backup-check") ||
  console.info("Backup Check: this script has no place for the widget. Add <backup-check></backup-check> there.");

if (origin) {
  if (!customElements.get("backup-check")) customElements.define("backup-check", BackupCheck);
  const tag = /** @type {HTMLScriptElement} */ (script && "src" in script ? script : create("script"));
  if (hasPlace(tag) && tag.src) {
    const place = () => insert(tag, origin);
    whenParsed(place);
    setTimeout(place, PARSING); // a script below may keep the parser waiting
  } else whenParsed(() => (tag.closest("head") && isBare() ? insert(tag, origin) : setTimeout(say, PATIENCE)));
} else console.info("Backup Check: this script can't tell its site. Load it by a tag of its own.");
