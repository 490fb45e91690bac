// @ts-check
// The widget in a frame that an editor made of its bare address (oEmbed). Most of
// them, WordPress for one, sandbox it, so that it has no storage and opens no
// links.

import { element } from "./elements.js";
import { postToHost } from "./host.js";
import { fetchWithRetry } from "./retry.js";

/** What WordPress gives a frame that is to post messages, in the fragment; null elsewhere. */
const secret = new URLSearchParams(location.hash.slice(1)).get("secret");

/** Sends a message in the form of WordPress. @param {string} message @param {string | number} value */
const post = (message, value) => postToHost({ message, value, secret });

const postHeight = () => post("height", Math.ceil(document.body.getBoundingClientRect().height));

/**
 * Has WordPress follow the height, and says what a sandbox prevents.
 * @param {HTMLElement} main
 * @param {() => import("./sequence.js").Sequence | undefined} sequence
 */
export async function adaptToSandbox(main, sequence) {
  if (secret) {
    postHeight(); // while the frame is hidden, browsers observe nothing
    new ResizeObserver(postHeight).observe(document.body);
    addEventListener("message", ({ source, data }) => source === parent && data?.message === "ready" && postHeight());
  }
  if (self.origin !== "null") return;
  main.addEventListener("click", openOrShow);
  const own = location.origin + location.pathname + location.search;
  const link = /** @type {HTMLAnchorElement} */ (element("a", { href: own, target: "_blank", dir: "ltr" }, own));
  link.addEventListener("click", () => {
    // A new tab gets the answers, which are nowhere else. WordPress opens the address
    // by itself, and the host page isn't to learn them.
    const session = sequence()?.answers.length && sequence()?.savedSession;
    link.href = session ? `${own}#s=${session}` : own;
    if (secret) post("link", own);
  });
  const texts = await fetchWithRetry(main.dataset.texts ?? "", (response) => response.json());
  main
    .querySelector("[data-languages]")
    ?.before(element("p", { class: "meta" }, texts["sequence.sandboxed"], " ", link));
}

/** Opens a link in a new tab, or shows its address where the sandbox doesn't allow that. @param {MouseEvent} event */
function openOrShow(event) {
  const link = /** @type {Element} */ (event.target).closest("a");
  if (!link?.target) return;
  event.preventDefault();
  const opened = openTab(link.href);
  if (opened) opened.opener = null;
  else if (link.textContent !== link.href && !link.nextElementSibling?.matches("code"))
    link.after(" ", element("code", { dir: "ltr", role: "status" }, link.href));
}

/** Opens a new tab; null if that isn't allowed. @param {string} address */
function openTab(address) {
  try {
    return open(address); // With "noopener" it would return null in any case.
  } catch {
    return null; // Firefox throws in a sandbox.
  }
}
