// @ts-check
// Defines <backup-check>, and inserts one after the script's own tag when the
// page has none.
(() => {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!script) return;
  const origin = new URL(script.src).origin;

  class BackupCheck extends HTMLElement {
    static observedAttributes = ["lang", "theme", "accent", "compact", "symptom"];
    /** @type {HTMLIFrameElement | undefined} */
    #frame;
    #ready = false;
    /** @type {object[]} Messages from before the widget could take them. */
    #waiting = [];

    connectedCallback() {
      if (!this.#frame) {
        const frame = document.createElement("iframe");
        frame.title = "iCloud Backup check";
        frame.loading = "lazy";
        // On its own origin the frame could take a sandbox off again.
        if (origin !== location.origin)
          frame.setAttribute(
            "sandbox",
            "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads",
          );
        // Styles are set one by one, which a page's CSP can't forbid. Until the
        // widget tells its height the frame fills the room that the page keeps
        // for it, or else the screen: what stands below isn't in view then, and
        // the widget can grow without pushing it.
        if (getComputedStyle(this).display === "inline") this.style.display = "block";
        const height = Math.max(640, this.offsetHeight || innerHeight);
        Object.assign(frame.style, {
          display: "block",
          width: "100%",
          height: `${height}px`,
          border: "0",
          colorScheme: "normal",
        });
        this.#frame = frame;
        this.#load(); // before it is in the page, or it would load an empty document first
        this.attachShadow({ mode: "open" }).append(frame);
      }
      addEventListener("message", this);
    }

    disconnectedCallback() {
      removeEventListener("message", this);
    }

    attributeChangedCallback() {
      if (this.isConnected && this.#frame) this.#load();
    }

    /** Starts the sequence, at a symptom if one is given. @param {string} [symptom] */
    open(symptom) {
      this.#tell({ type: "backup-check:open", symptom });
    }

    /** Forgets the reader's answers and shows the beginning. */
    reset() {
      this.#tell({ type: "backup-check:reset" });
    }

    /** @param {object} message */
    #tell(message) {
      if (this.#ready) this.#frame?.contentWindow?.postMessage(message, origin);
      else this.#waiting.push(message);
    }

    #load() {
      const frame = /** @type {HTMLIFrameElement} */ (this.#frame);
      const address = new URL("/widget", origin);
      const lang = this.getAttribute("lang")?.trim();
      if (lang) address.searchParams.set("lang", lang);
      const theme = this.getAttribute("theme")?.trim();
      if (theme === "light" || theme === "dark") address.searchParams.set("theme", theme);
      // The rest is in the fragment: it concerns the reader's browser only.
      const more = new URLSearchParams();
      const style = getComputedStyle(this);
      for (const name of ["accent", "ink", "paper", "card", "line", "radius"]) {
        const value = style.getPropertyValue(`--backup-check-${name}`).trim();
        if (value) more.set(name, value);
      }
      for (const name of ["accent", "symptom"]) {
        const value = this.getAttribute(name)?.trim();
        if (value) more.set(name, value);
      }
      if (this.hasAttribute("compact")) more.set("compact", "");
      address.hash = more.toString();
      if (frame.src !== address.href) frame.src = address.href;
    }

    /** @param {MessageEvent} event */
    handleEvent({ source, origin: from, data }) {
      const frame = /** @type {HTMLIFrameElement} */ (this.#frame);
      if (source !== frame.contentWindow || from !== origin) return;
      switch (data?.type) {
        case "backup-check:height": {
          const height = Number(data.height);
          if (height > 0 && height < 20_000) frame.style.height = `${height}px`;
          break;
        }
        case "backup-check:view": {
          const top = Number(data.top),
            at = frame.getBoundingClientRect().top + top;
          if (!(top >= 0 && top <= frame.offsetHeight) || (at >= 0 && at <= innerHeight - Number(data.enough))) break;
          frame.style.scrollMarginTop = `${-top}px`;
          frame.scrollIntoView(); // heeds what a fixed header of the page covers, where the page says so
          break;
        }
        case "backup-check:status":
          this.#ready = true;
          for (const message of this.#waiting.splice(0)) this.#tell(message);
          this.#dispatch(data.type, { level: String(data.level) });
          break;
        case "backup-check:step":
          this.#dispatch(data.type, { number: Number(data.number) });
          break;
        case "backup-check:done":
          this.#dispatch(data.type, { fixed: data.fixed === true });
      }
    }

    /** @param {string} type @param {object} detail nothing of the reader's answers */
    #dispatch(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
    }
  }

  if (!customElements.get("backup-check")) customElements.define("backup-check", BackupCheck);

  const insert = () => {
    if (!script.isConnected || document.querySelector("backup-check")) return;
    if (script.closest("head")) {
      console.info("Backup Check: put this script where the widget should stand, or a <backup-check> element.");
      return;
    }
    const element = document.createElement("backup-check");
    for (const name of BackupCheck.observedAttributes) {
      const value = script.dataset[name];
      if (value !== undefined) element.setAttribute(name, value);
    }
    script.after(element);
  };
  // An element further down in the page is only known when all of it is there.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", insert);
  else insert();
})();
