// @ts-check
// The controller of the troubleshooting sequence, loaded on intent with the
// engine. A tap takes one way: its button (choices.js) calls choose, the
// engine's session decides what follows, the answers are saved in the browser
// (progress.js), and the next screen is rendered (screen.js).

import { renderChoices } from "./choices.js";
import { guessVersion } from "./device.js";
import { element } from "./elements.js";
import { bootEngine } from "./engine.js";
import { fetchPastProblems } from "./history.js";
import { postToHost, reveal } from "./host.js";
import * as progress from "./progress.js";
import { fetchWithRetry } from "./retry.js";
import { progressText, renderScreen } from "./screen.js";
import { catalogue } from "./texts.js";

/**
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./engine.js").Session} Session
 * @typedef {import("./engine.js").Span} Span
 */

/** Milliseconds that the first screen waits for past problems, where they decide which question it asks. */
const MAX_WAIT = 400;

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
  /** @type {string | undefined} The saved session that resume restores. */
  #saved;
  /** @type {Promise<void> | undefined} */
  #pastProblems;
  /** @type {Span[]} The past problems that were loaded. */
  #spans = [];

  report = appleReport();
  /** @type {number | null} The reader's major version of iOS; null if it isn't known. */
  ios;
  /** @type {import("./network.js").Network | null} The last measurement, which the reader starts. */
  network = null;

  /** @param {HTMLElement} main @param {Engine} engine @param {Record<string, string>} texts */
  constructor(main, engine, texts) {
    const saved = progress.load();
    this.#main = main;
    this.#engine = engine;
    this.#session = engine.start(this.report);
    this.#saved = saved?.session;
    this.ios = saved?.ios ?? guessVersion(navigator.userAgent).ios;
    this.texts = catalogue(texts, () => this.ios);
    this.#section = element("section", { class: "sequence", "aria-label": this.texts.text("sequence.label") });
    this.#status = element("p", { class: "live", role: "status" });
    this.#plainSteps = /** @type {HTMLElement} */ (main.querySelector("[data-plain]"));
    // A reader who points at the widget is about to begin.
    for (const event of ["pointerover", "focusin"])
      main.addEventListener(event, () => void this.loadPastProblems(), { once: true, passive: true });
    progress.onChange((changed) => this.#follow(changed?.session));
  }

  /** The answers so far, oldest first. */
  get answers() {
    return this.#session.tried();
  }

  /** The session in the form that a link carries; null while no screen is shown. */
  get savedSession() {
    return this.#section.isConnected ? this.#session.save() : null;
  }

  /**
   * Begins at a symptom; at the first question if the symptom isn't known.
   * @param {string} symptom @param {boolean} focus whether the reader asked for it, so that focus and scrolling follow
   */
  async begin(symptom, focus) {
    const loaded = this.loadPastProblems();
    // With a problem in the verdict, the engine asks when the backup failed in any case.
    if (this.report.incidents.length === 0)
      await Promise.race([loaded, new Promise((done) => setTimeout(done, MAX_WAIT))]);
    this.#session = this.#engine.start(this.report);
    if (this.#session.screen().node === "wait") this.#session.choose("older");
    this.#session.choose(symptom);
    this.#save();
    this.#render(focus);
  }

  /**
   * Shows the screen at which the reader stopped, from the page's address or
   * from the browser's storage. False if there are no answers.
   * @param {boolean} focus as in begin
   */
  resume(focus) {
    const params = new URLSearchParams(location.hash.slice(1));
    const saved = progress.sessionFromLink(`#s=${params.get("s") ?? ""}`) ?? this.#saved;
    const restored = saved ? this.#engine.restore(this.report, saved) : null;
    if (!restored || restored.tried().length === 0) return false;
    this.#session = restored;
    void this.loadPastProblems();
    params.delete("s");
    history.replaceState(null, "", `#${params}`);
    this.#save();
    this.#render(focus);
    return true;
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
      this.#save();
      return this.#session.screen();
    });
    // Only the choices are rendered again, so that the box retains the focus.
    if (screen) this.#section.querySelector(".choices")?.replaceWith(renderChoices(screen, this));
  }

  /** @param {number | null} ios the reader's version; null: not sure */
  setVersion(ios) {
    this.ios = ios;
    progress.saveDetails({ ios });
    this.#render(false);
    this.#section.querySelector("select")?.focus();
  }

  /** Deletes the answers and shows the document's plain steps. The next begin starts a new session. */
  clear() {
    progress.clear();
    this.#saved = undefined;
    this.showPlainSteps();
  }

  /** Shows the document as it was before the sequence. The answers stay saved. */
  showPlainSteps() {
    this.#section.remove();
    this.#status.remove();
    this.#plainSteps.hidden = false;
    delete this.#main.dataset.begun;
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

  /** Saves the session in the browser, with the time of each answer. */
  #save() {
    const count = this.answers.length;
    const times = (progress.load()?.times ?? []).slice(0, count);
    while (times.length < count) times.push(Date.now());
    progress.save(this.#session.save());
    progress.saveDetails({ times });
  }

  /** Shows the session's screen. A tap ends here. @param {boolean} focus as in begin */
  #render(focus) {
    const screen = this.#call(() => this.#session.screen());
    if (!screen) return;
    this.#section.dataset.node = screen.node;
    this.#section.replaceChildren(...renderScreen(screen, this));
    this.#plainSteps.hidden = true;
    this.#main.dataset.begun = "";
    if (!this.#section.isConnected) this.#plainSteps.before(this.#status, this.#section);
    postToHost({ type: "backup-check:step", number: screen.number });
    if (screen.kind === "end") postToHost({ type: "backup-check:done", fixed: screen.node === "fixed" });
    if (!focus) return;
    this.#section.querySelector("h2")?.focus({ preventScroll: true });
    reveal(this.#section);
    this.#status.textContent = progressText(screen, this.texts);
  }

  /** Follows another tab of this browser. @param {string | undefined} saved the answers given there; none if they were cleared */
  #follow(saved) {
    if (!this.#section.isConnected) return;
    const restored = saved ? this.#engine.restore(this.report, saved) : null;
    if (!restored) return this.clear();
    this.#session = restored;
    this.#render(false);
  }
}
