// @ts-check
// The appearance that the host page asks for: colours and corners.

const COLOUR = /^#([\da-f]{6}|[\da-f]{3})$/i;

/** The valid values of each CSS property. */
const PROPERTIES = { accent: COLOUR, ink: COLOUR, paper: COLOUR, card: COLOUR, line: COLOUR, radius: /^\d{1,2}px$/ };

/** Sets what is valid and ignores the rest. @param {URLSearchParams} params */
export function applyAppearance(params) {
  const { style, dataset } = document.documentElement;
  for (const [name, pattern] of Object.entries(PROPERTIES)) {
    const value = params.get(name) ?? "";
    if (pattern.test(value)) style.setProperty(`--${name}`, value);
  }
  if (params.has("compact")) dataset.compact = "";
}
