// @ts-check
// The script of the widget's document: applies the host page's parameters,
// posts the height, loads the troubleshooting sequence on intent, and reloads
// when the verdict changes or marks it as unknown when it has become too old.

import { applyAppearance } from "./appearance.js";
import { saveData } from "./device.js";
import { element } from "./elements.js";
import { postToHost, reveal } from "./host.js";
import { knownDevice, renderDeviceChoice, sayDevice } from "./ipad.js";
import { FIRST_TRY_TIMEOUT, timeout } from "./retry.js";

/** @typedef {import("./sequence.js").Sequence} Sequence */

/** Of the progress in localStorage; see progress.js. */
const KEY = "backup-check";

/** Milliseconds that a reader waits for the sequence after a tap: at most ten seconds, with what is left to do. */
const MAX_WAIT = 9_500;

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const verdict = JSON.parse(document.getElementById("verdict")?.textContent ?? "{}");
/** The parameters of the host page, or of a link that carries answers. */
let params = new URLSearchParams(location.hash.slice(1));

/** False in Lockdown Mode, which has no WebAssembly: symptoms link to the plain steps. */
const canRunEngine = Boolean(main.dataset.sequence) && typeof WebAssembly === "object";

/** The list of all steps, which a compact widget shows only if the engine can't run. */
const stepList = /** @type {HTMLElement | null} */ (document.querySelector("[data-steps]"));

/** @type {Promise<Sequence> | undefined} */
let loading;
/** @type {Sequence | undefined} */
let sequence;

/** How often each module was asked for. @type {Record<string, number>} */
const attempts = {};

/**
 * Firefox's load event, and so the host page's, waits for an import that begins
 * before it. A second is enough, should something else hang.
 */
const pageLoaded = new Promise((done) => {
  addEventListener("load", done);
  setTimeout(done, 1_000);
});

/**
 * Imports a module. Browsers cache a module's failure to load by its address, and
 * a request that hangs can't be aborted, so each try has an address of its own.
 * @param {string} address
 */
async function importModule(address) {
  await pageLoaded;
  const attempt = (attempts[address] = (attempts[address] ?? 0) + 1);
  return import(attempt === 1 ? address : `${address}?${attempt}`);
}

/** Imports a module with a second try beside the first one, if that fails or hangs. @param {string} address */
async function importWithRetry(address) {
  const first = importModule(address);
  const soon = Promise.race([first, timeout(FIRST_TRY_TIMEOUT)]);
  return Promise.race([soon.catch(() => Promise.any([first, importModule(address)])), timeout(6 * MAX_WAIT)]);
}

/** Loads the sequence, once. After a failure, the next call tries again. */
function load() {
  loading ??= importWithRetry(main.dataset.sequence ?? "")
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
  if (!loaded.resume(focus) && symptom !== null) loaded.begin(symptom, focus);
}

/** Shows the symptom that the host page names, unless the reader is faster. @param {string} symptom */
function openAt(symptom) {
  const touched = touches;
  if (canRunEngine)
    load()
      .then((loaded) => touches === touched && loaded.openAt(symptom))
      .catch(() => {});
}

/** Goes on with what the reader did where first.js is responsible. */
function followFirst() {
  void takeOver();
  const sent = /** @type {HTMLElement | null} */ (main.querySelector("[data-sent]"));
  if (sent) void lookUp(sent);
}

/**
 * Takes over from the document's first screen (first.js), with the answer that
 * the reader gave there. Who only reads isn't waiting, so the limit is that of
 * an answer.
 */
async function takeOver() {
  const section = /** @type {HTMLElement | null} */ (main.querySelector("section[data-from]"));
  if (!section) return;
  const answer = section.querySelector("[aria-busy]");
  /** Whether it is still shown: not closed, not taken over, and not answered otherwise. */
  const waits = () => section.isConnected && section.dataset.from && section.querySelector("[aria-busy]") === answer;
  try {
    const loaded = await Promise.race([load(), ...(answer ? [timeout(MAX_WAIT)] : [])]);
    // A tap that is faster than the answers of an earlier visit doesn't replace them.
    if (waits() && !loaded.resume(true, true)) loaded.begin(section.dataset.from ?? "", true, section);
  } catch {
    if (!waits()) return;
    const { from } = section.dataset;
    /** @type {HTMLElement} */ (section.querySelector("[data-action=back]")).click(); // first.js closes it
    showPlainStep(/** @type {HTMLAnchorElement} */ (symptomLinks.find((link) => link.dataset.symptom === from)));
  }
}

/** Looks up what the reader typed as the iPhone's message. @param {HTMLElement} form the field with its button */
async function lookUp(form) {
  delete form.dataset.sent;
  const button = /** @type {HTMLElement} */ (form.querySelector("button"));
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  if (!sequence) status.textContent = status.dataset.waiting ?? "";
  button.setAttribute("aria-busy", "true");
  try {
    (await Promise.race([load(), timeout(MAX_WAIT)])).lookUp(form);
  } catch {
    status.textContent = status.dataset.notLoaded ?? "";
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** What was saved in this browser. @returns {any} */
function savedProgress() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return null; // Storage is forbidden here, or has something else.
  }
}

/** Keeps what the reader types, who may leave for Settings before the sequence is loaded. @param {string} message */
function saveMessage(message) {
  if (sequence) return sequence.saveDetails({ message });
  try {
    localStorage.setItem(KEY, JSON.stringify({ form: 1, session: "", ...savedProgress(), message, at: Date.now() }));
  } catch {
    // Storage is full, or forbidden here.
  }
}

/** Begins at a symptom whose first screen the document doesn't have, or resumes; shows its plain step if the engine can't be loaded in time. @param {HTMLAnchorElement} link */
async function openSymptom(link) {
  if (!canRunEngine) return showPlainStep(link);
  link.setAttribute("aria-busy", "true"); // the tap counts, however long the loading takes
  try {
    const loaded = await Promise.race([load(), timeout(MAX_WAIT)]);
    if (!loaded.resume(true, true)) loaded.begin(link.dataset.symptom ?? "", true, null);
  } catch {
    showPlainStep(link);
  } finally {
    link.removeAttribute("aria-busy");
  }
}

/** Shows a symptom's plain step, and says so if the sequence can't be loaded. @param {HTMLAnchorElement} link */
function showPlainStep(link) {
  const step = document.querySelector(link.hash)?.closest("details");
  if (!step) return location.assign(link.href); // the page of all steps has it
  if (stepList) stepList.hidden = false;
  step.open = true;
  const outer = step.parentElement?.closest("details");
  if (outer) outer.open = true;
  document.querySelector("[data-reason]")?.remove();
  if (canRunEngine)
    step.querySelector(".do")?.before(element("p", { class: "note", "data-reason": "" }, verdict.not_loaded));
  step.querySelector("summary")?.focus({ preventScroll: true });
  // What was folded is out of the frame until the host page has resized it.
  setTimeout(() => reveal(step), parent === window ? 0 : 200);
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
  return savedProgress() || history.state; // passed on before a reload, in progress.js
}

/** Whether the page's address has the answers of a link. */
const hasLink = () => new URLSearchParams(location.hash.slice(1)).has("s");

/** Deletes the reader's answers, also where the sequence isn't loaded and can't be. */
function reset() {
  loading?.then((loaded) => loaded.clear()).catch(() => {});
  try {
    localStorage.removeItem(KEY);
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

/** Shows the page's parameters, which it can change at any time. @param {URLSearchParams} changed */
function look(changed) {
  const symptom = symptomOf(changed.get("symptom"));
  if (symptom && symptom !== params.get("symptom")) openAt(symptom);
  params = changed;
  applyParams();
}

function applyParams() {
  applyAppearance(params);
  if (stepList && canRunEngine) stepList.hidden = params.has("compact");
}

/** @param {MessageEvent} event */
function onHostMessage({ source, data }) {
  if (source !== parent || parent === window) return;
  if (data?.type === "backup-check:open") open(symptomOf(data.symptom), true).catch(() => {});
  if (data?.type === "backup-check:reset") reset();
  if (data?.type === "backup-check:look") look(new URLSearchParams(String(data.look)));
}

if (parent !== window) {
  new ResizeObserver(postHeight).observe(document.body);
  postHeight();
}
postToHost({ type: "backup-check:status", level: verdict.level, title: document.title });
addEventListener("message", onHostMessage);
applyParams();
setUpDevice();

const symptomLinks = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (main.querySelectorAll("a[data-symptom]"))];
for (const link of symptomLinks) {
  link.addEventListener("click", (event) => {
    if (event.defaultPrevented) return; // first.js shows the first screen
    event.preventDefault();
    void openSymptom(link);
  });
}

if (canRunEngine) {
  const form = /** @type {HTMLElement | null} */ (main.querySelector(".message"));
  if (form) {
    const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
    if (field.value) saveMessage(field.value);
    else field.value = savedProgress()?.message ?? "";
  }
  main.addEventListener("first", followFirst);
  followFirst(); // what the reader did before this script was loaded
  main.addEventListener("input", ({ target }) => {
    const field = /** @type {HTMLTextAreaElement} */ (target);
    if (field.closest(".message")) saveMessage(field.value);
  });
  preloadOnIntent();
  // Without focus, since the reader may be at something else in the host page.
  const symptom = symptomOf(params.get("symptom"));
  if (symptom) openAt(symptom);
  else if (hasProgress() || hasLink()) open(null, false).catch(() => {});
  addEventListener("hashchange", () => {
    if (hasLink()) open(null, false).catch(() => {});
  });
}

/** Keeps the verdict true. Without the module nothing would mark it as old, so there is always another try. */
async function watch() {
  try {
    const { keepTrue } = await importWithRetry(main.dataset.watch ?? "");
    keepTrue(main, verdict, () => sequence, sayDevice);
  } catch {
    setTimeout(watch, 2 * MAX_WAIT);
  }
}

void watch();
