// @ts-check
// The appearance that the host page asks for: colours and corners. A link can
// ask as well, so nothing that makes text hard to read is applied.

const COLOUR = /^#([\da-f]{6}|[\da-f]{3})$/i; // opaque by its form
const RADIUS = /^([0-3]?\d|40)px$/;

const COLOURS = ["accent", "ink", "paper", "card", "line"];

/** What is read or seen, and on what, and the least contrast by WCAG: 4.5 for text, 3 for icons. @type {[string[], number][]} */
const CONTRASTS = [
  [["ink", "soft", "accent"], 4.5], // the accent also has the paper's colour on it
  [["good", "warn", "bad"], 3],
];
const BACKGROUNDS = ["paper", "card"];

const root = document.documentElement;

/** What the page asks for at present. */
let params = new URLSearchParams();

/** Sets what is valid and readable, ignores the rest, and takes back what was set before. @param {URLSearchParams} wanted */
export function applyAppearance(wanted) {
  params = wanted;
  const theme = params.get("theme") ?? "",
    radius = params.get("radius") ?? "";
  if (/^(light|dark)$/.test(theme)) root.dataset.theme = theme;
  root.style.setProperty("--radius", RADIUS.test(radius) ? radius : null);
  root.toggleAttribute("data-compact", params.has("compact"));
  applyColours();
}

/** The other colours are the theme's, which can change while the page is open. */
function applyColours() {
  const wanted = COLOURS.filter((name) => COLOUR.test(params.get(name) ?? ""));
  const others = wanted.filter((name) => name !== "accent");
  for (const names of [wanted, others, ["accent"].filter((name) => wanted.includes(name)), []]) {
    for (const name of COLOURS) root.style.setProperty(`--${name}`, names.includes(name) ? params.get(name) : null);
    if (!names.length || isReadable()) return;
  }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyColours);

function isReadable() {
  const style = getComputedStyle(root);
  const light = (/** @type {string} */ name) => luminance(style.getPropertyValue(`--${name}`).trim());
  return CONTRASTS.every(([names, least]) =>
    names.every((name) => BACKGROUNDS.every((background) => contrast(light(name), light(background)) >= least)),
  );
}

/** The contrast ratio of WCAG 2. @param {number} a @param {number} b luminances */
const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** The relative luminance of WCAG 2. @param {string} colour #rgb or #rrggbb */
function luminance(colour) {
  const digits = colour.length < 7 ? colour.replace(/[^#]/g, "$&$&") : colour;
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(digits.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
