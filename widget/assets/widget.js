// @ts-check
// The script of the widget's document: applies the host page's parameters,
// posts the height, loads the troubleshooting sequence on intent, and reloads
// when the verdict changes or marks it as unknown when it has become too old.

import { applyAppearance } from "./appearance.js";
import { saveData } from "./device.js";
import { element } from "./elements.js";
import { postToHost, reveal } from "./host.js";
import { knownDevice, renderDeviceChoice, sayDevice } from "./ipad.js";
import { showStale, showTime, showUnknown } from "./outdated.js";
import { watchVerdict } from "./refresh.js";
import { FIRST_TRY_TIMEOUT, timeout } from "./retry.js";

/** @typedef {import("./sequence.js").Sequence} Sequence */

/** Milliseconds that a reader waits for the sequence after a tap: at most ten seconds, with what is left to do. */
const MAX_WAIT = 9_500;

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const verdict = JSON.parse(document.getElementById("verdict")?.textContent ?? "{}");
/** The parameters of the host page, or of a link that carries answers. */
const params = new URLSearchParams(location.hash.slice(1));

/** False in Lockdown Mode, which has no WebAssembly: symptoms link to the plain steps. */
const canRunEngine = Boolean(main.dataset.sequence) && typeof WebAssembly === "object";

/** The list of all steps, which a compact widget shows only if the engine can't run. */
const stepList = /** @type {HTMLElement | null} */ (document.querySelector("[data-steps]"));

/** @type {Promise<Sequence> | undefined} */
let loading;
/** @type {Sequence | undefined} */
let sequence;

let attempts = 0;

/**
 * Imports the sequence's module. Browsers cache a module's failure to load by
 * its address, and a request that hangs can't be aborted, so each try has an
 * address of its own.
 */
const importSequence = () => import(`${main.dataset.sequence}${attempts++ ? `?${attempts}` : ""}`);

/** Imports it with a second try beside the first one, if that fails or hangs. */
async function importWithRetry() {
  const first = importSequence();
  const soon = Promise.race([first, timeout(FIRST_TRY_TIMEOUT)]);
  return Promise.race([soon.catch(() => Promise.any([first, importSequence()])), timeout(6 * MAX_WAIT)]);
}

/** Loads the sequence, once. After a failure, the next call tries again. */
function load() {
  loading ??= importWithRetry()
    .then((module) => module.load(main))
    .then((loaded) => {
      loaded.setVerdict(verdict); // it may have changed meanwhile
      return (sequence = loaded);
    });
  loading.catch(() => (loading = undefined));
  return loading;
}

/** Loads the sequence in advance. A failure is handled when the reader taps. */
const preload = () => void load().catch(() => {});

/**
 * Resumes where the reader stopped, or else begins.
 * @param {string | null} symptom null: don't begin
 * @param {boolean} focus whether the reader or the host page asks for it now, so that focus and scrolling follow
 */
async function open(symptom, focus) {
  const touched = touches,
    start = performance.now();
  const loaded = await load();
  // A reader who has begun to read the plain steps isn't disturbed.
  if (touches !== touched && performance.now() - start > MAX_WAIT) return;
  if (!loaded.resume(focus) && symptom !== null) await loaded.begin(symptom, focus);
}

/** @type {HTMLAnchorElement | undefined} The symptom that was tapped last. */
let tapped;

/** Begins at the symptom that was tapped, or resumes; shows the symptom's plain step if the engine can't be loaded in time. @param {HTMLAnchorElement} link */
async function openSymptom(link) {
  if (!canRunEngine) return showPlainStep(link);
  tapped = link;
  link.setAttribute("aria-busy", "true"); // the tap counts, however long the loading takes
  try {
    const loaded = await Promise.race([load(), timeout(MAX_WAIT)]);
    if (tapped !== link) return;
    // A tap that is faster than the answers of an earlier visit doesn't replace them.
    if (!loaded.resume(true)) await loaded.begin(/** @type {string} */ (link.dataset.symptom), true, true);
  } catch {
    if (tapped === link) showPlainStep(link, verdict.not_loaded);
  } finally {
    link.removeAttribute("aria-busy");
  }
}

/** @param {HTMLAnchorElement} link @param {string} [reason] why the sequence isn't shown */
function showPlainStep(link, reason) {
  const step = document.querySelector(link.hash)?.closest("details");
  if (!step) return;
  if (stepList) stepList.hidden = false;
  step.open = true;
  const outer = step.parentElement?.closest("details");
  if (outer) outer.open = true;
  document.querySelector("[data-reason]")?.remove();
  if (reason) step.querySelector(".do")?.before(element("p", { class: "note", "data-reason": "" }, reason));
  step.querySelector("summary")?.focus({ preventScroll: true });
  reveal(step);
}

/** Shows the words for the reader's device, and the choice of it. */
function setUpDevice() {
  const { title, words } = verdict.device;
  sayDevice(main, knownDevice(), words);
  const choice = renderDeviceChoice(title, /** @type {any} */ (main.dataset.device));
  main.querySelector("[data-plain]")?.append(choice);
  main.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement && "device" in target.dataset)) return;
    sayDevice(main, /** @type {any} */ (target.value), words);
    /** @type {HTMLSelectElement} */ (choice.querySelector("select")).value = target.value;
    load()
      .then((loaded) => loaded.setDevice())
      .catch(() => {}); // it isn't saved
  });
}

/** How often the reader has tapped or typed in the widget. */
let touches = 0;
for (const event of ["pointerdown", "keydown"]) addEventListener(event, () => touches++, { passive: true });

/** Loads when the reader touches the widget, or sees it and the browser is idle. */
function preloadOnIntent() {
  main.addEventListener("pointerdown", preload, { once: true, passive: true });
  main.addEventListener("keydown", preload, { once: true });
  if (saveData()) return;
  const whenIdle = window.requestIdleCallback ?? ((/** @type {() => void} */ callback) => setTimeout(callback, 2000));
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    whenIdle(preload);
  }).observe(main);
}

/** Whether this browser has progress of an earlier visit. */
function hasProgress() {
  try {
    if (localStorage.getItem("backup-check")) return true;
  } catch {
    // Storage is forbidden here.
  }
  return history.state !== null; // passed on before a reload, in progress.js
}

/** Whether the page's address has the answers of a link. */
const hasLink = () => new URLSearchParams(location.hash.slice(1)).has("s");

/** Deletes the reader's answers, also where the sequence isn't loaded and can't be. */
function reset() {
  loading?.then((loaded) => loaded.clear()).catch(() => {});
  try {
    localStorage.removeItem("backup-check");
  } catch {
    // Storage is forbidden here.
  }
  const fragment = new URLSearchParams(location.hash.slice(1));
  fragment.delete("s");
  try {
    history.replaceState(null, "", `#${fragment}`);
  } catch {
    // Browsers limit how often the address changes. The sequence ignores it, if it is loaded.
  }
}

function postHeight() {
  postToHost({ type: "backup-check:height", height: Math.ceil(document.body.getBoundingClientRect().height) });
}

/** A host page may post anything. @param {unknown} value */
const symptomOf = (value) => (typeof value === "string" && value.length < 100 ? value : "");

/** @param {MessageEvent} event */
function onHostMessage({ source, data }) {
  if (source !== parent || parent === window) return;
  if (data?.type === "backup-check:open") open(symptomOf(data.symptom), true).catch(() => {});
  if (data?.type === "backup-check:reset") reset();
}

if (parent !== window) {
  new ResizeObserver(postHeight).observe(document.body);
  postHeight();
}
postToHost({ type: "backup-check:status", level: verdict.level });
applyAppearance(params);
setUpDevice();

for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-symptom]"))) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    void openSymptom(link);
  });
}

if (canRunEngine) {
  if (stepList && params.has("compact")) stepList.hidden = true;
  preloadOnIntent();
  // Without focus, since the reader may be at something else in the host page.
  const symptom = params.has("symptom") ? symptomOf(params.get("symptom")) : null;
  if (hasProgress() || hasLink() || symptom !== null) open(symptom, false).catch(() => {});
  addEventListener("message", onHostMessage);
  addEventListener("hashchange", () => {
    if (hasLink()) open(null, false).catch(() => {});
  });
}

watchVerdict(verdict, {
  onConfirmed() {
    showTime(verdict.checked_at);
    if (sequence) sequence.report.checked_at = verdict.checked_at;
  },
  onStale(stale) {
    showStale(verdict.outdated, stale);
  },
  onTooOld() {
    showUnknown(verdict.outdated);
    sayDevice(main, /** @type {any} */ (main.dataset.device), verdict.device.words);
    // What is known of problems is that they lasted until then.
    for (const incident of verdict.incidents) incident.to ||= verdict.checked_at;
    Object.assign(verdict, { level: "unknown", recovered: false, rows: {}, summary: verdict.outdated.summary });
    sequence?.setVerdict(verdict);
    postToHost({ type: "backup-check:status", level: verdict.level });
  },
  // A new verdict needs a new document, which resumes from the saved answers.
  onChange() {
    sequence?.passOn();
    location.reload();
  },
});
