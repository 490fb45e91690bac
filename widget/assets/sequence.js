// @ts-check
// The controller of the troubleshooting sequence, loaded on intent with the
// engine. A tap takes one way: its button (choices.js) calls choose, the
// engine's session decides what follows, the answers are saved in the browser
// (progress.js), and the next screen is rendered (screen.js).

import { renderChoices } from "./choices.js";
import { guess } from "./device.js";
import { element } from "./elements.js";
import { bootEngine } from "./engine.js";
import { fetchPastProblems } from "./history.js";
import { postToHost, reveal } from "./host.js";
import { fieldOf, renderFound } from "./message.js";
import { renderOffer } from "./offer.js";
import * as progress from "./progress.js";
import { fetchWithRetry } from "./retry.js";
import { progressText, renderScreen } from "./screen.js";
import { catalogue } from "./texts.js";
import englishAddress from "locale:english";
import { foldVerdict } from "./verdict.js";

/**
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./engine.js").Session} Session
 * @typedef {import("./engine.js").Span} Span
 */

/**
 * An answer of the session.
 * @typedef {object} Answer
 * @property {string} node
 * @property {string} choice
 * @property {boolean} linked whether it came with a link
 * @property {number | null} at when it was given here, in milliseconds since 1970; null if that isn't known
 */

/** What a verdict can change of a screen. The engine gives the properties in no fixed order. */
const SHOWN = ["node", "held", "notes", "confirm", "id", "done", "choices", "enabled", "left"];

/**
 * Loads engine and texts.
 * @param {HTMLElement} main the document's main element, whose data attributes name the files
 */
export async function load(main) {
  const [engine, texts] = await Promise.all([
    bootEngine(/** @type {string} */ (main.dataset.engine)),
    fetchWithRetry(/** @type {string} */ (main.dataset.texts), (response) => response.json()),
  ]);
  return new Sequence(main, engine, texts);
}

/** The verdict in the form that the engine takes; at first, the document's. @returns {any} */
function appleReport(verdict = JSON.parse(document.getElementById("verdict")?.textContent ?? "{}")) {
  return { ...verdict, backup: verdict.recovered ? "recovered" : verdict.level };
}

export class Sequence {
  #engine;
  /** @type {Session} */
  #session;
  #main;
  /** The section that shows the screens. */
  #section;
  /** Announces progress to screen readers. */
  #status;
  /** The document's own steps, which are hidden while the sequence is shown. */
  #plainSteps;
  /** How many of the first answers came with a link. */
  #linked = 0;
  /** When each answer was given here. @type {Answer["at"][]} */
  #times = [];
  /** Whether the session is the saved one. A link's answers aren't saved before the reader goes on with them. */
  #isSaved = false;
  /** @type {Promise<void> | undefined} */
  #pastProblems;
  /** @type {Span[]} The past problems that were loaded. */
  #spans = [];

  /** The symptom that the host page names; "" if it names none. */
  #page = "";

  report = appleReport();
  /** @type {number | null} The reader's major version of iOS; null if it isn't known. */
  ios;
  /** @type {import("./network.js").Network | null} The last measurement, which the reader starts. */
  network = null;

  /** @param {HTMLElement} main @param {Engine} engine @param {Record<string, string>} texts */
  constructor(main, engine, texts) {
    this.#main = main;
    this.#engine = engine;
    this.#session = engine.start(this.report);
    this.ios = this.#guessedVersion();
    this.texts = this.#catalogue(texts);
    this.#section = element("section", { class: "sequence", "aria-label": this.texts.text("sequence.label") });
    this.#status = element("p", { class: "live", role: "status" });
    this.#plainSteps = /** @type {HTMLElement} */ (main.querySelector("[data-plain]"));
    // A reader who points at the widget is about to begin.
    for (const event of ["pointerover", "focusin"])
      main.addEventListener(event, () => void this.loadPastProblems(), { once: true, passive: true });
    progress.onChange((changed) => this.#follow(changed));
    // A page that the browser has kept misses what other tabs save.
    addEventListener("pageshow", ({ persisted }) => persisted && this.#follow(progress.load()));
  }

  /** The answers so far, oldest first. @returns {Answer[]} */
  get answers() {
    return this.#session.tried().map((answer, n) => ({
      ...answer,
      linked: n < this.#linked,
      at: this.#times[n] ?? null,
    }));
  }

  /** The session in the form that a link carries. */
  get savedSession() {
    return this.#session.save();
  }

  /** What the reader has; the document knows it, see ipad.js. @returns {import("./device.js").Device} */
  get device() {
    return /** @type {any} */ (this.#main.dataset.device ?? "");
  }

  /** The device in the form that is saved: only if the browser doesn't reveal it. */
  get #chosenDevice() {
    return (this.device !== guess().device && this.device) || undefined;
  }

  /** The version that the browser reveals, if it is that of the reader's device. */
  #guessedVersion() {
    const { device, ios } = guess();
    return device === this.device ? ios : null;
  }

  /** The texts of a language for the reader's iOS and device. @param {Record<string, string>} texts */
  #catalogue(texts) {
    return catalogue(
      texts,
      () => this.ios,
      () => this.device,
    );
  }

  /** The English texts, where the page is in another language; undefined if it isn't, or they can't be loaded. */
  async loadEnglish() {
    if (document.documentElement.lang === "en") return undefined;
    try {
      return this.#catalogue(await fetchWithRetry(englishAddress, (response) => response.json()));
    } catch {
      return undefined; // the request is complete without them
    }
  }

  /** What the reader typed to go with these answers. @returns {{message?: string, since?: string}} */
  get details() {
    return (this.#isSaved && progress.load()) || {};
  }

  /** Saves details with the answers that they belong to. @param {Parameters<typeof progress.saveDetails>[0]} details */
  saveDetails(details) {
    // On the document's first page there are no answers that they belong to.
    if (!this.#isSaved && this.#section.isConnected) this.#save();
    progress.saveDetails(details);
  }

  /**
   * Begins at a symptom, or at a message; at the first question if it isn't known.
   * @param {string} symptom
   * @param {boolean} focus whether the reader or the host page asked for it now, so that focus and scrolling follow
   * @param {HTMLElement | null} [tapped] the first screen that the document shows, which may have an answer; null: none. Given if the reader chose the symptom. Who didn't has given no time, and not said that the problem is older than Apple's
   */
  begin(symptom, focus, tapped) {
    void this.loadPastProblems();
    const hasAnswers = this.#savedAnswers() > 0;
    const saved = progress.load();
    this.#use(this.#engine.start(this.report), { ios: (!hasAnswers && saved?.ios) || undefined });
    // What the reader typed before the first answer belongs to it.
    this.#isSaved = saved !== null && !hasAnswers;
    if (tapped !== undefined && this.#session.screen().node === "wait") this.#session.choose("older");
    // A host page may name a symptom of the second question.
    if (
      !this.#session.choose(symptom) &&
      symptom &&
      this.#session.choose("something-else") &&
      !this.#session.choose(symptom)
    )
      this.#session.back();
    const answer = /** @type {HTMLElement | null} */ (tapped?.querySelector("[aria-busy]") ?? null);
    if (answer && this.#session.screen().node === tapped?.dataset.node)
      this.#session.choose(answer.dataset.choice ?? "");
    if (tapped === undefined) this.#times = this.#session.tried().map(() => null);
    // What the page shows by itself is no answer of the reader's.
    if (focus || tapped !== undefined) this.#save();
    this.#render(focus);
  }

  /** Begins at the symptom that the host page names, or resumes what the reader has begun there. @param {string} symptom */
  openAt(symptom) {
    this.#page = symptom;
    const own = this.#isOfPage(progress.load());
    if (own) this.#useSaved();
    if (!((own || this.#linkedSession()) && this.resume(false))) this.begin(symptom, false);
  }

  /** Whether it was begun here, or at a page that names the same symptom. @param {import("./progress.js").Progress | null} saved */
  #isOfPage(saved) {
    const answers = (saved && this.#engine.restore(this.report, saved.session)?.tried()) || [];
    return (
      answers.length > 0 &&
      (saved?.page === this.#page || answers.slice(0, 3).some(({ choice }) => choice === this.#page))
    );
  }

  /**
   * Shows the screen at which the reader stopped, or where the answers of a link
   * lead. Such answers don't replace the reader's own before the reader says so.
   * False if there are no answers.
   * @param {boolean} focus as in begin
   * @param {boolean} [tapped] whether the reader chose something that these answers don't have
   */
  resume(focus, tapped = false) {
    const shown = this.#section.isConnected;
    if (!shown) this.#useSaved();
    const link = this.#linkedSession();
    if (link && this.#hasOwn()) {
      this.#offer(link, focus);
      return true;
    }
    if (link) this.#use(link, { linked: Infinity });
    else if (!shown && this.answers.length === 0) return false;
    void this.loadPastProblems();
    const chosen = tapped || this.#main.querySelector("section[data-from]") !== null;
    if (!this.#render(focus) && chosen) {
      const resumed = this.texts.text("ask.message.resumed");
      this.#section.querySelector("h2")?.before(element("p", { class: "note" }, resumed));
      this.#status.textContent = resumed;
    }
    return true;
  }

  /** Shows what the engine takes the words in a field for: the iPhone's message. @param {HTMLElement} form */
  lookUp(form) {
    const words = fieldOf(form).value.trim();
    if (!words) return fieldOf(form).focus();
    this.saveDetails({ message: words });
    const found = this.#call(() => this.#engine.recognize(words, navigator.language));
    if (!found) return;
    renderFound(form, found, this.texts, (id) => {
      if (this.#section.contains(form)) this.choose(this.#section.dataset.node ?? "", id);
      else if (!this.resume(true, true)) this.begin(id, true, null);
    });
  }

  /**
   * Answers the screen that is shown, and shows the next one.
   * @param {string} node the screen that the answer belongs to
   * @param {string} choice
   * @param {Span | null} [span] when the backup failed, where that is the answer
   */
  choose(node, choice, span = null) {
    this.#advance(
      (session) => session.screen().node === node && (span ? session.failed(span) : session.choose(choice)),
    );
  }

  /** Goes back by one screen; from the first one to the plain steps. */
  back() {
    if (this.#advance((session) => session.back()) === false) this.clear();
  }

  /** Ticks or unticks a box of a gate. @param {string} id @param {boolean} done */
  confirm(id, done) {
    const screen = this.#call(() => {
      this.#session.confirm(id, done);
      return this.#session.screen();
    });
    // Only the choices are rendered again, so that the box retains the focus.
    if (screen) this.#section.querySelector(".choices")?.replaceWith(renderChoices(screen, this));
  }

  /** @param {number | null} ios the reader's version; null: not sure */
  setVersion(ios) {
    this.ios = ios;
    this.saveDetails({ ios });
    this.#render(false);
    this.#focusChoice("ios");
  }

  /** Saves the device that the reader chose, which the document shows already. */
  setDevice() {
    this.saveDetails({ device: this.#chosenDevice ?? null });
    this.ios = progress.load()?.ios ?? this.#guessedVersion();
    if (!this.#shownScreen()) return;
    this.#render(false);
    this.#focusChoice("device");
  }

  /** @param {"ios" | "device"} name */
  #focusChoice(name) {
    /** @type {HTMLElement | null} */ (this.#section.querySelector(`select[data-${name}]`))?.focus();
  }

  /** Deletes the answers and shows the document's plain steps. The next begin starts a new session. */
  clear() {
    progress.clear();
    this.#forget();
  }

  /** Prepares for a reload of the page by itself, after which the same answers are to be shown. */
  passOn() {
    progress.passOn();
  }

  /** Shows the document as it was before the sequence. The answers stay saved. */
  showPlainSteps() {
    this.#section.remove();
    this.#status.remove();
    this.#plainSteps.hidden = false;
    delete this.#main.dataset.begun;
    foldVerdict(false);
    this.#plainSteps.querySelector("a")?.focus({ preventScroll: true });
    reveal(this.#plainSteps);
  }

  /** Fetches past problems, once, and passes them to the engine. The screen doesn't change by that. */
  loadPastProblems() {
    this.#pastProblems ??= fetchPastProblems().then((spans) => {
      this.#spans = spans;
      this.report.incidents.push(...spans);
      this.#passReport();
    });
    return this.#pastProblems;
  }

  /** Replaces the verdict, and by it what is held back. The answers stay. @param {import("./refresh.js").Verdict} verdict */
  setVerdict(verdict) {
    const before = this.#shownScreen();
    this.report = appleReport({ ...verdict, incidents: [...verdict.incidents, ...this.#spans] });
    this.#passReport();
    if (!before) return;
    if (this.#shownScreen() !== before) this.#render(false);
    // The support request contains the verdict.
    else this.#section.querySelector("[data-detail]")?.dispatchEvent(new Event("input"));
  }

  /** The session's screen as JSON; "" if something else is shown. */
  #shownScreen() {
    if (!this.#section.isConnected) return "";
    const screen = this.#call(() => this.#session.screen());
    return screen?.node === this.#section.dataset.node ? JSON.stringify(screen, SHOWN) : "";
  }

  #passReport() {
    try {
      this.#session.apple(this.report);
    } catch {
      // The engine has ended. The reader's next answer shows the plain steps.
    }
  }

  /**
   * Changes the session, saves it and shows its screen.
   * @param {(session: Session) => boolean} change false if nothing changed
   * @returns {boolean | undefined} what change returns; undefined if the engine has ended
   */
  #advance(change) {
    const changed = this.#call(() => {
      if (!change(this.#session)) return false;
      this.#save();
      return true;
    });
    if (changed) this.#render(true);
    return changed;
  }

  /** Calls the engine; if it has ended, shows the plain steps. @template T @param {() => T} call */
  #call(call) {
    try {
      return call();
    } catch {
      this.showPlainSteps();
    }
  }

  /**
   * Takes another session. It isn't saved by that.
   * @param {Session} session
   * @param {import("./progress.js").Provenance & {ios?: number}} [saved] what was saved with it
   */
  #use(session, { linked = 0, times = [], ios } = {}) {
    const count = session.tried().length;
    this.#session = session;
    this.#isSaved = false;
    this.#linked = Math.min(linked, count);
    // An answer whose time isn't known doesn't get another one's, or that of now.
    this.#times = Array.from({ length: count }, (_, n) => (n < this.#linked ? null : (times[n] ?? null)));
    this.ios = ios ?? this.#guessedVersion();
    this.network = null;
  }

  /** Takes the session that is saved in the browser; a new one if there is none. */
  #useSaved() {
    const saved = progress.load();
    const restored = saved && this.#engine.restore(this.report, saved.session);
    this.#use(restored ?? this.#engine.start(this.report), saved ?? {});
    this.#isSaved = saved !== null;
  }

  /** The session of a link in the page's address; null if there is none, or if the reader is there or further already. */
  #linkedSession() {
    const saved = progress.sessionFromLink(location.hash);
    const session = saved && this.#engine.restore(this.report, saved);
    if (!session) return null;
    // A link doesn't carry the time that a problem of Apple's is compared with.
    while (this.report.incidents.length === 0 && session.tried().some(({ choice }) => choice === "covered"))
      session.back();
    const answers = session.tried(),
      own = this.answers;
    return answers.every(({ node, choice }, n) => own[n]?.node === node && own[n].choice === choice) ? null : session;
  }

  /** Whether the browser has answers, or what the reader typed. */
  #hasOwn() {
    const saved = progress.load();
    return Boolean(saved?.message || saved?.since || this.#savedAnswers());
  }

  /** How many answers the browser has. */
  #savedAnswers() {
    const saved = progress.load();
    return (saved && this.#engine.restore(this.report, saved.session)?.tried().length) || 0;
  }

  /** Asks whether the answers of a link replace the reader's own. @param {Session} link @param {boolean} focus as in begin */
  #offer(link, focus) {
    const use = () => {
      this.#use(link, { linked: Infinity });
      link.apple(this.report); // which may have come after the link
      this.#save();
      this.#render(true);
    };
    const keep = () => {
      progress.dropLink();
      if (this.#session.tried().length > 0) this.#render(true);
      else this.showPlainSteps();
    };
    this.#show(
      "link",
      renderOffer(link.tried(), this.texts, { use: () => this.#call(use), keep: () => this.#call(keep) }),
    );
    if (focus) this.#focus(this.texts.text("sequence.link-title"));
  }

  /** Saves the session in the browser, with the time of each answer. */
  #save() {
    const count = this.#session.tried().length;
    this.#times.splice(count);
    while (this.#times.length < count) this.#times.push(Date.now());
    this.#linked = Math.min(this.#linked, count);
    const save = this.#isSaved ? progress.save : progress.replace;
    save(this.#session.save(), {
      linked: this.#linked,
      times: this.#times,
      device: this.#chosenDevice,
      page: this.#page || undefined,
    });
    this.#isSaved = true;
    progress.dropLink();
  }

  /**
   * Shows the session's screen. A tap ends here.
   * @param {boolean} focus as in begin
   * @returns {boolean} whether the document showed this screen already
   */
  #render(focus) {
    const screen = this.#call(() => this.#session.screen());
    if (!screen) return false;
    const shown = this.#show(screen.node, renderScreen(screen, this));
    // The reader is there already, at a place that only they change.
    if (shown === screen.node) return true;
    postToHost({ type: "backup-check:step", number: screen.number });
    if (screen.kind === "end")
      postToHost({ type: "backup-check:done", fixed: ["fixed", "automatic"].includes(screen.node) });
    if (focus || shown) this.#focus(progressText(screen, this.texts));
    return false;
  }

  /**
   * @param {string} name of what is shown @param {HTMLElement[]} content
   * @returns {string | undefined} the screen that the document showed in its place; see first.js
   */
  #show(name, content) {
    const first = /** @type {HTMLElement | null} */ (this.#main.querySelector("section[data-from]"));
    const shown = first?.dataset.node;
    if (first) {
      delete first.dataset.from;
      this.#section.remove();
      this.#section = first;
      first.before(this.#status);
    }
    if (shown === name) replaceDifferent(this.#section, content);
    else this.#section.replaceChildren(...content);
    this.#section.dataset.node = name;
    this.#plainSteps.hidden = true;
    this.#main.dataset.begun = "";
    foldVerdict(true);
    if (!this.#section.isConnected) this.#plainSteps.before(this.#status, this.#section);
    return shown;
  }

  /** Focuses the heading, and announces something. @param {string} announcement */
  #focus(announcement) {
    this.#section.querySelector("h2")?.focus({ preventScroll: true });
    reveal(this.#section);
    this.#status.textContent = announcement;
  }

  /** Follows another tab of this browser. @param {import("./progress.js").Progress | null} saved what it saved; null if it deleted the answers */
  #follow(saved) {
    if (!this.#section.isConnected) return;
    this.#call(() => {
      if (saved && this.#page && !this.#isOfPage(saved)) return; // It is of another page.
      if (!saved) {
        // The answers of a link aren't among those that were deleted.
        if (this.#isSaved) this.#forget();
        return;
      }
      // The same session stays as it is, with what is ticked and unlocked.
      if (!this.#isSaved || saved.session !== this.#session.save()) this.#useSaved();
      if (this.#session.tried().length === 0) this.#forget();
      else this.resume(false);
    });
  }

  /** Leaves the answers, wherever they are from, for the document's plain steps. */
  #forget() {
    progress.dropLink();
    this.#call(() => this.#use(this.#engine.start(this.report)));
    this.showPlainSteps();
  }
}

/**
 * Replaces a screen by the same one without moving what a reader, or a screen
 * reader, is at.
 * @param {HTMLElement} section @param {HTMLElement[]} content
 */
function replaceDifferent(section, content) {
  const old = /** @type {HTMLElement[]} */ ([...section.children]);
  for (const extra of old.slice(content.length)) extra.remove();
  content.forEach((child, n) => {
    if (!old[n]) return section.append(child);
    child.normalize();
    const buttons = [...old[n].querySelectorAll("button")];
    const focused = buttons.findIndex((button) => button === document.activeElement);
    // Buttons are replaced too: in WebKit those that stayed would press nothing.
    if (buttons.length > 0 || child.matches("details, label") || !child.isEqualNode(old[n])) old[n].replaceWith(child);
    if (focused >= 0) child.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
  });
}
