// @ts-check
// The troubleshooting sequence on the screen. What comes next, and what is
// safe, the engine knows (Go, in Wasm); this module shows it and passes on
// what the reader answers. It is loaded on intent, with the engine.

import "go:wasm_exec";
import { forget, fromLink, load as loadProgress, note, onChange, save } from "./progress.js";
import { reveal, tell } from "./around.js";
import { charging, guessVersion } from "./device.js";
import { connectionCheck } from "./network.js";
import { ending } from "./ending.js";
import { pastProblems } from "./history.js";
import { fetchAgain } from "./again.js";
import { button, element } from "./elements.js";
import { catalogue } from "./texts.js";

/**
 * @typedef {{node: string, kind: "question" | "fix" | "gate" | "end", article: string, risky: boolean, held: string, notes: string[],
 *   confirm: {id: string, done: boolean}[], choices: {id: string, enabled: boolean}[], number: number, left: number}} Screen
 * @typedef {{screen(): Screen, choose(id: string): boolean, confirm(id: string, done: boolean): boolean, failed(span: {from: number, to: number}): boolean,
 *   back(): boolean, restart(): void, apple(apple: object): void, save(): string, tried(): {node: string, choice: string}[]}} Session
 * @typedef {{begin(symptom: string, moved: boolean): Promise<void>, resume(moved: boolean): boolean, reset(): void, session(): string | null}} Sequence
 */

/** Steps at which it helps to know how good the connection is. */
const ON_THE_NETWORK = ["conditions", "back-up-now", "stuck", "other-network"];

/** Milliseconds that a beginning waits for the past, where that decides what is asked first. */
const PATIENCE = 400;

/** @param {string} address */
async function boot(address) {
  const go = new globalThis.Go();
  const response = fetchAgain(address);
  /** @type {WebAssembly.WebAssemblyInstantiatedSource} */
  let program;
  try {
    program = await WebAssembly.instantiateStreaming(response, go.importObject);
  } catch {
    // A server between that changed the content's type, or a browser that can't stream.
    program = await WebAssembly.instantiate(await (await fetch(address)).arrayBuffer(), go.importObject);
  }
  void go.run(program.instance);
  return /** @type {{start(apple: object): Session, restore(apple: object, saved: string): Session | null}} */ (
    /** @type {any} */ (globalThis).backupCheckEngine
  );
}

/** What the document knows of Apple's report, in the engine's words. */
function apple() {
  const report = JSON.parse(document.getElementById("verdict")?.textContent ?? "{}");
  return { ...report, backup: report.recovered ? "recovered" : report.level };
}

/**
 * Loads engine and texts, and gives what shows them in the document.
 * @param {HTMLElement} main
 * @returns {Promise<Sequence>}
 */
export async function load(main) {
  const [engine, texts] = await Promise.all([
    boot(/** @type {string} */ (main.dataset.engine)),
    fetchAgain(/** @type {string} */ (main.dataset.texts)).then((response) => response.json()),
  ]);
  const report = apple();
  const progress = loadProgress();
  let ios = progress?.ios ?? guessVersion(navigator.userAgent).ios;
  /** @type {import("./support.js").Network | null} What was measured, if the reader let it. */
  let network = null;
  const { text, has, lines } = catalogue(texts, () => ios);
  /** @type {Session} */
  let session = engine.start(report);

  const place = element("section", { class: "sequence", "aria-label": text("sequence.label") });
  const live = element("p", { class: "live", role: "status" });
  const plain = /** @type {HTMLElement} */ (main.querySelector("[data-plain]"));

  /** @type {Promise<void> | undefined} */
  let recalled;

  /** Asks the site for earlier problems, once, and tells the engine. Nothing on the screen changes by that. */
  function recall() {
    recalled ??= pastProblems().then((spans) => {
      report.incidents.push(...spans);
      try {
        session.apple(report);
      } catch {
        /* the engine has ended, as the next answer will show */
      }
    });
    return recalled;
  }
  // Who points at the widget is about to begin.
  for (const sign of ["pointerover", "focusin"]) main.addEventListener(sign, recall, { once: true, passive: true });

  function keep() {
    const answered = session.tried().length;
    const times = (loadProgress()?.times ?? []).slice(0, answered);
    while (times.length < answered) times.push(Date.now());
    save(session.save());
    note({ times });
  }

  /** Back to the document as it came, without the answers. */
  function leave() {
    forget();
    retreat(); // whoever begins again gets a new session
  }

  /** Back to the document as it came. What was answered stays kept. */
  function retreat() {
    place.remove();
    live.remove();
    plain.hidden = false;
    delete main.dataset.begun;
    plain.querySelector("a")?.focus({ preventScroll: true });
    reveal(plain);
  }

  /** @param {boolean} moved whether the reader moved on, so that the focus has to */
  function show(moved) {
    let screen;
    try {
      screen = session.screen();
    } catch {
      retreat(); // the engine has ended; the plain steps remain
      return;
    }
    const title = element("h2", { tabindex: "-1" }, heading(screen));
    const bar = element(
      "nav",
      { class: "bar", "aria-label": text("sequence.bar") },
      button(
        text("sequence.back"),
        () => {
          if (session.back()) {
            keep();
            show(true);
          } else leave();
        },
        "quiet",
      ),
      element("span", { class: "left" }, far(screen)),
      button(text("sequence.restart"), leave, "quiet"),
    );
    place.replaceChildren(bar, title, ...body(screen), choices(screen), trail(screen));
    plain.hidden = true;
    main.dataset.begun = "";
    if (!place.isConnected) plain.before(live, place);
    tell({ type: "backup-check:step", number: screen.number });
    if (screen.kind === "end") tell({ type: "backup-check:done", fixed: screen.node === "fixed" });
    if (!moved) return;
    title.focus({ preventScroll: true });
    reveal(place);
    live.textContent = far(screen);
  }

  /**
   * How far it is. The estimate holds if nothing helps, so it only says
   * something to a reader who is near the end.
   * @param {Screen} screen
   */
  function far({ left, number }) {
    if (left === 0) return "";
    return left <= 8
      ? text("sequence.left", { left: String(left) })
      : text("sequence.number", { number: String(number) });
  }

  /** @param {Screen} screen */
  function heading({ kind, node }) {
    const prefix = { question: "ask", fix: "step", gate: "gate", end: "end" }[kind];
    return text(`${prefix}.${node}.title`);
  }

  /** @param {Screen} screen @returns {HTMLElement[]} */
  function body(screen) {
    const { kind, node, held, notes, article } = screen;
    if (held) return [element("p", { class: "held" }, text(held))];
    /** @type {HTMLElement[]} */
    const parts = [];
    /** @param {string} id @param {string} [style] */
    const paragraph = (id, style = "") => {
      if (has(id)) parts.push(element("p", { class: style }, text(id)));
    };
    if (kind === "question") paragraph(`ask.${node}.text`);
    if (kind === "gate") paragraph(`gate.${node}.text`, "warning");
    if (kind === "end") {
      paragraph(`end.${node}.text`);
      const list = lines(`end.${node}`);
      if (list.length > 0) parts.push(element("ul", {}, ...list.map((line) => element("li", {}, line))));
      parts.push(
        ...ending(node, { text, session, report, ios, heading: title, leave, network, progress: loadProgress() }),
      );
    }
    if (kind === "fix") {
      if (has(`step.${node}.warning`))
        parts.push(
          element(
            "p",
            { class: "warning" },
            element("strong", {}, text("page.warning")),
            " ",
            text(`step.${node}.warning`),
          ),
        );
      for (const id of notes) paragraph(id, "note");
      const list = lines(`step.${node}.do`);
      parts.push(element("ol", {}, ...list.map((line) => element("li", {}, line))));
      if (lines.depends(`step.${node}.do`)) parts.push(versions());
      paragraph(`step.${node}.why`, "why");
      if (node === "conditions") {
        const power = element("p", { class: "why", role: "status" });
        charging().then((charges) => {
          if (charges === false) power.textContent = text("sequence.not-charging");
        });
        parts.push(power);
      }
      if (ON_THE_NETWORK.includes(node)) parts.push(connectionCheck(text, (measured) => (network = measured)));
    }
    for (const { id, done } of screen.confirm) {
      const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox" }));
      box.checked = done;
      box.addEventListener("change", () => {
        session.confirm(id, box.checked);
        keep();
        place.querySelector(".choices")?.replaceWith(choices(session.screen()));
      });
      parts.push(element("label", { class: "confirm" }, box, element("span", {}, text(`confirm.${id}`))));
    }
    if (article) {
      parts.push(
        element(
          "p",
          { class: "source" },
          element(
            "a",
            { href: `https://support.apple.com/${article}`, target: "_blank", rel: "noopener" },
            text("page.article", { article }),
          ),
        ),
      );
    }
    return parts;
  }

  /** @param {string} node a node that was answered @param {string} [choice] */
  function title(node, choice) {
    if (choice !== undefined) return label(node, choice);
    const prefix = ["ask", "step", "gate", "end"].find((prefix) => has(`${prefix}.${node}.title`));
    return text(`${prefix}.${node}.title`);
  }

  /** @param {string} node @param {string} id */
  const label = (node, id) => text(has(`choice.${node}.${id}`) ? `choice.${node}.${id}` : `choice.${id}`);

  /** @param {Screen} screen */
  function choices({ node, kind, choices }) {
    const group = element("div", { class: kind === "question" ? "choices list" : "choices" });
    choices.forEach(({ id, enabled }, position) => {
      const pick = button(
        label(node, id),
        () => {
          const spans = when(node, id, group);
          try {
            if (spans === null ? !session.choose(id) : spans === undefined || !session.failed(spans)) return;
          } catch {
            return retreat();
          }
          keep();
          show(true);
        },
        kind !== "question" && position === 0 ? "primary" : "",
      );
      pick.disabled = !enabled;
      group.append(pick);
    });
    return group;
  }

  /**
   * Turns an answer to "when did it fail?" into a time. Null: it is no such
   * answer. Undefined: the reader has yet to pick the time.
   *
   * @param {string} node @param {string} id @param {HTMLElement} group
   */
  function when(node, id, group) {
    if (node !== "when" || id === "skip") return null;
    const hour = 3600_000,
      now = Date.now(),
      midnight = new Date().setHours(0, 0, 0, 0);
    /** @param {number} from @param {number} to */
    const span = (from, to) => ({ from: Math.floor(from / 1000), to: Math.floor(Math.min(to, now) / 1000) });
    if (id === "today") return span(midnight, now);
    if (id === "last-night") return span(midnight - 4 * hour, midnight + 8 * hour);
    const input = /** @type {HTMLInputElement} */ (element("input", { type: "datetime-local" }));
    const go = button(
      text("sequence.continue"),
      () => {
        const time = Date.parse(input.value);
        if (Number.isNaN(time)) return input.focus();
        if (session.failed(span(time - hour, time + hour))) {
          keep();
          show(true);
        }
      },
      "primary",
    );
    group.replaceChildren(element("label", {}, element("span", {}, text("sequence.pick")), input), go);
    input.focus();
    return undefined;
  }

  /** Paths in Settings differ by version, and the browser can only guess it. */
  function versions() {
    const select = /** @type {HTMLSelectElement} */ (
      element("select", {}, element("option", { value: "" }, text("sequence.ios-unsure")))
    );
    for (let n = 27; n >= 15; n -= n === 26 ? 8 : 1) select.append(element("option", { value: String(n) }, `iOS ${n}`));
    select.value = ios ? String(ios) : "";
    select.addEventListener("change", () => {
      ios = select.value ? Number(select.value) : null;
      note({ ios });
      show(false);
      /** @type {HTMLElement | null} */ (place.querySelector("select"))?.focus();
    });
    return element("label", { class: "version" }, element("span", {}, text("sequence.ios")), select);
  }

  /** @param {Screen} screen */
  function trail(screen) {
    const answered = session
      .tried()
      .map(({ node, choice }) => element("li", {}, `${title(node)}: `, element("em", {}, label(node, choice))));
    if (answered.length === 0) return element("span", { hidden: "" });
    return element(
      "details",
      { class: "trail" },
      element("summary", {}, text("sequence.answers")),
      element("ol", {}, ...answered, element("li", { "aria-current": "step" }, heading(screen))),
    );
  }

  // Another tab of this browser went on, or forgot.
  onChange((elsewhere) => {
    if (!place.isConnected) return;
    const restored = elsewhere?.session ? engine.restore(report, elsewhere.session) : null;
    if (restored) {
      session = restored;
      show(false);
    } else {
      leave();
    }
  });

  return {
    async begin(symptom, moved) {
      // With no problem in the verdict, only an earlier one makes the time worth asking for.
      const past = recall();
      if (report.incidents.length === 0) await Promise.race([past, new Promise((done) => setTimeout(done, PATIENCE))]);
      session = engine.start(report);
      if (session.screen().node === "wait") session.choose("older");
      session.choose(symptom); // one that isn't known leaves the question
      keep();
      show(moved);
    },
    /** Goes on where the reader stopped; false if there is nothing to go on with. */
    resume(moved) {
      const wishes = new URLSearchParams(location.hash.slice(1));
      const saved = fromLink(`#s=${wishes.get("s") ?? ""}`) ?? progress?.session;
      const restored = saved ? engine.restore(report, saved) : null;
      if (!restored || restored.tried().length === 0) return false;
      session = restored;
      recall();
      wishes.delete("s");
      history.replaceState(null, "", `#${wishes}`);
      keep();
      show(moved);
      return true;
    },
    reset: leave,
    session: () => (place.isConnected ? session.save() : null),
  };
}
