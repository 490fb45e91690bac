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

/** Sets what is valid and readable and ignores the rest. @param {URLSearchParams} params */
export function applyAppearance(params) {
  const radius = params.get("radius") ?? "";
  if (RADIUS.test(radius)) root.style.setProperty("--radius", radius);
  if (params.has("compact")) root.dataset.compact = "";
  const wanted = COLOURS.filter((name) => COLOUR.test(params.get(name) ?? ""));
  if (!wanted.length) return;

  const others = wanted.filter((name) => name !== "accent");
  const apply = () => {
    // The other colours are the theme's, which can change while the page is open.
    for (const names of [wanted, others, ["accent"].filter((name) => wanted.includes(name)), []]) {
      for (const name of COLOURS) {
        if (names.includes(name)) root.style.setProperty(`--${name}`, params.get(name));
        else root.style.removeProperty(`--${name}`);
      }
      if (isReadable()) return;
    }
  };
  apply();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
}

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
