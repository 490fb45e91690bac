// @ts-check
// The script of the widget's document: applies the host page's parameters,
// posts the height, loads the troubleshooting sequence on intent, and reloads
// when the verdict changes.

import { applyAppearance } from "./appearance.js";
import { saveData } from "./device.js";
import { postToHost, reveal } from "./host.js";
import { pollVerdict } from "./refresh.js";

/** @typedef {import("./sequence.js").Sequence} Sequence */

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

/** Browsers cache a module's failure to load by its address; another fragment makes the next try a new one. @param {string} fragment */
async function importSequence(fragment) {
  const { load } = await import(main.dataset.sequence + fragment);
  return load(main);
}

/** Loads the sequence, once. After a failure, the next call tries again. */
function load() {
  loading ??= importSequence("")
    .catch(() => importSequence("#again"))
    .then((loaded) => (sequence = loaded));
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
  const loaded = await load();
  if (!loaded.resume(focus) && symptom !== null) await loaded.begin(symptom, focus);
}

/** Begins at the symptom that was tapped, or resumes; shows the symptom's plain step if the engine can't be loaded. @param {HTMLAnchorElement} link */
async function openSymptom(link) {
  if (!canRunEngine) return showPlainStep(link);
  link.setAttribute("aria-busy", "true"); // the tap counts, however long the loading takes
  try {
    const loaded = await load();
    // A tap that is faster than the answers of an earlier visit doesn't replace them.
    if (!loaded.resume(true)) await loaded.begin(/** @type {string} */ (link.dataset.symptom), true, true);
  } catch {
    showPlainStep(link);
  } finally {
    link.removeAttribute("aria-busy");
  }
}

/** @param {HTMLAnchorElement} link */
function showPlainStep(link) {
  const step = document.querySelector(link.hash)?.closest("details");
  if (!step) return;
  if (stepList) stepList.hidden = false;
  step.open = true;
  const outer = step.parentElement?.closest("details");
  if (outer) outer.open = true;
  step.querySelector("summary")?.focus({ preventScroll: true });
  reveal(step);
}

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

// A new verdict needs a new document, which resumes from the saved answers.
pollVerdict(verdict, () => {
  sequence?.passOn();
  location.reload();
});
