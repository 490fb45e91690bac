// @ts-check
// The code that embeds the widget, for each kind of host page. It is copied, so
// it contains no text but the link's; the notes are elsewhere on the page.

/**
 * @typedef {object} Wanted how the widget should be
 * @property {string} origin where it is from
 * @property {string} title what the link and the frame are called
 * @property {Record<string, string>} attributes of the element; without those that say nothing
 * @property {number} width in pixels; 0 for all that there is
 */

/** The width of the frame for sites that drop scripts. */
const USUAL_WIDTH = 560;

/** @param {string} value */
const escape = (value) =>
  value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** The element, with a link for where the widget can't be. @param {Wanted} wanted @param {string} [style] the width in another form than HTML's */
function element({ origin, title, attributes, width }, style = `style="width: ${width}px"`) {
  const written = Object.entries(attributes).map(([name, value]) => (value ? `${name}="${escape(value)}"` : name));
  if (width) written.push(style);
  return `<backup-check${written.map((attribute) => ` ${attribute}`).join("")}><a href="${escape(address(origin, attributes))}">${escape(title)}</a></backup-check>`;
}

/** The address of the widget's document, with what the server has to know. @param {string} origin @param {Record<string, string>} attributes */
function address(origin, { lang, theme }) {
  const params = new URLSearchParams();
  if (lang && lang !== "en") params.set("lang", lang);
  if (theme) params.set("theme", theme);
  const query = params.toString();
  return `${origin}/widget${query && `?${query}`}`;
}

/** @param {string} origin @param {string} [more] attributes */
const script = (origin, more = "") => `<script ${more}src="${escape(origin)}/embed.js" async></script>`;

/** @param {Wanted} wanted */
function frame({ origin, title, attributes, width }) {
  const { lang: _, theme: __, ...rest } = attributes;
  const fragment = new URLSearchParams(rest).toString();
  const src = address(origin, attributes) + (fragment && `#${fragment}`);
  const wide = width || USUAL_WIDTH;
  return `<iframe src="${escape(src)}" title="${escape(title)}" width="${wide}" height="640" style="border:0;width:100%;max-width:${wide}px" allow="clipboard-write; web-share" loading="lazy"></iframe>`;
}

/** @param {Wanted} wanted */
const plain = (wanted) => `${element(wanted)}\n${script(wanted.origin)}`;

/** @param {Wanted} wanted */
const jsx = (wanted) => element(wanted, `style={{ width: ${wanted.width} }}`);

/** The code by kind of host page. @type {Record<string, (wanted: Wanted) => string>} */
export const snippets = {
  html: plain,
  wordpress: (wanted) => `${element(wanted)}\n${script(wanted.origin, 'data-cfasync="false" ')}`,
  react: (wanted) => `export function BackupCheck() {
  return (
    <>
      ${jsx(wanted)}
      ${script(wanted.origin).replace("></script>", " />")}
    </>
  );
}`,
  vue: (wanted) => `// .vitepress/config.js
export default {
  head: [["script", { src: ${JSON.stringify(wanted.origin + "/embed.js")}, async: "" }]],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "backup-check" } } },
};

<!-- index.md -->
${element(wanted)}`,
  astro: (wanted) => `${element(wanted)}\n${script(wanted.origin, "is:inline ")}`,
  docusaurus: (wanted) => `${jsx(wanted)}\n${script(wanted.origin)}`,
  hugo: plain,
  frame,
  tags: (wanted) => `<!-- page -->\n${element(wanted)}\n\n<!-- tag -->\n${script(wanted.origin)}`,
};
