// @ts-check
// What the widget's document does with script, beside its times (times.js): its
// height told to the page around it, and the troubleshooting sequence, which is
// loaded when the reader means to use it.

import { reveal, tell } from "./around.js";
import { saveData } from "./device.js";

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const shown = JSON.parse(document.getElementById("verdict")?.textContent ?? "{}");
const wishes = new URLSearchParams(location.hash.slice(1)); // of the page around, or of a link that carries answers

const COLOUR = /^#([\da-f]{6}|[\da-f]{3})$/i;

if (parent !== window) {
  const height = () =>
    tell({ type: "backup-check:height", height: Math.ceil(document.body.getBoundingClientRect().height) });
  new ResizeObserver(height).observe(document.body);
  height();
}
tell({ type: "backup-check:status", level: shown.level });

// What the page around wants to look different: colours, and the corners.
for (const [name, form] of Object.entries({
  accent: COLOUR,
  ink: COLOUR,
  paper: COLOUR,
  card: COLOUR,
  line: COLOUR,
  radius: /^\d{1,2}px$/,
})) {
  const value = wishes.get(name) ?? "";
  if (form.test(value)) document.documentElement.style.setProperty(`--${name}`, value);
}
if (wishes.has("compact")) document.documentElement.dataset.compact = "";

/** @type {Promise<import("./sequence.js").Sequence> | undefined} */
let loading;
/** @type {import("./sequence.js").Sequence | undefined} What is loaded. */
let sequence;
// Lockdown Mode has no WebAssembly: there the links lead to the plain steps.
const possible = Boolean(main.dataset.sequence) && typeof WebAssembly === "object";

/** Browsers remember a module that couldn't be loaded; a fragment makes the next try another one. @param {string} fragment */
async function fetched(fragment) {
  const { load } = await import(main.dataset.sequence + fragment);
  return load(main);
}

function load() {
  loading ??= fetched("")
    .catch(() => fetched("#again"))
    .then((loaded) => (sequence = loaded));
  loading.catch(() => (loading = undefined)); // bad Wi-Fi: the next tap tries again
  return loading;
}

/** Loads without being asked to show anything yet. A failure shows when it matters. */
const prepare = () => void load().catch(() => {});

/** The list of all steps, which a compact widget shows only for want of the engine. */
const all = /** @type {HTMLElement | null} */ (document.querySelector("[data-steps]"));
if (possible && all && wishes.has("compact")) all.hidden = true;

if (possible) {
  main.addEventListener("pointerdown", prepare, { once: true, passive: true });
  main.addEventListener("keydown", prepare, { once: true });
  const idle = window.requestIdleCallback ?? ((/** @type {() => void} */ then) => setTimeout(then, 2000));
  if (!saveData()) {
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      idle(prepare);
    }).observe(main);
  }

  // Somebody who comes back, followed a link that carries the answers, or is
  // sent to a symptom by the page around.
  let stored = null;
  try {
    stored = localStorage.getItem("backup-check");
  } catch {
    /* a browser that keeps nothing */
  }
  if (stored || wishes.has("s") || wishes.has("symptom")) {
    open(wishes.get("symptom"), false).catch(() => {}); // the reader may be at something else in the page around
  }

  addEventListener("message", ({ source, data }) => {
    if (source !== parent || parent === window) return;
    if (data?.type === "backup-check:open") open(String(data.symptom ?? ""), true).catch(() => {});
    if (data?.type === "backup-check:reset")
      load()
        .then((loaded) => loaded.reset())
        .catch(() => {});
  });
}

for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-symptom]"))) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    if (!possible) return plainly(link);
    link.setAttribute("aria-busy", "true"); // the tap counts, however long the loading takes
    try {
      await (await load()).begin(/** @type {string} */ (link.dataset.symptom), true);
    } catch {
      plainly(link);
    } finally {
      link.removeAttribute("aria-busy");
    }
  });
}

/**
 * Goes on where the reader stopped, or else begins.
 * @param {string | null} symptom null: don't begin
 * @param {boolean} asked whether somebody asks for it now, and is to be led there
 */
async function open(symptom, asked) {
  const loaded = await load();
  if (!loaded.resume(asked) && symptom !== null) await loaded.begin(symptom, asked);
}

/** The plain steps say the same. @param {HTMLAnchorElement} link */
function plainly(link) {
  const step = document.querySelector(link.hash)?.closest("details");
  if (!step) return;
  if (all) all.hidden = false;
  step.open = true;
  const hidden = step.parentElement?.closest("details");
  if (hidden) hidden.open = true;
  step.querySelector("summary")?.focus({ preventScroll: true });
  reveal(step);
}

// While the reader looks on, the verdict is kept true: when it changes the
// document comes anew, and the answers come along in its fragment.
let asked = Date.now();
async function refresh() {
  if (document.hidden || Date.now() - asked < 55_000) return;
  asked = Date.now();
  try {
    const response = await fetch("/api/status");
    if (!response.ok) return;
    const fresh = await response.json();
    if (typeof fresh.level !== "string") return; // somebody else's answer, as of a network that wants a password
    if (fresh.level === shown.level && fresh.recovered === shown.recovered) return;
    const session = sequence?.session();
    if (session) wishes.set("s", session);
    history.replaceState(null, "", `#${wishes}`);
    location.reload();
  } catch {
    // offline, or the worker can't be reached: what is shown says when it was checked
  }
}
setInterval(refresh, 60_000);
document.addEventListener("visibilitychange", refresh);
