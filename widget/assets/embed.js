// @ts-check
// Defines <backup-check>, and inserts one after the script's own tag when the
// page has none.
(() => {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!script) return;
  const origin = new URL(script.src).origin;

  class BackupCheck extends HTMLElement {
    static observedAttributes = ["theme"];
    /** @type {HTMLIFrameElement | undefined} */
    #frame;

    connectedCallback() {
      if (!this.#frame) {
        const frame = document.createElement("iframe");
        frame.title = "iCloud Backup check";
        frame.loading = "lazy";
        // On its own origin the frame could take a sandbox off again.
        if (origin !== location.origin) frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox");
        // Styles are set one by one, which a page's CSP can't forbid.
        Object.assign(frame.style, { display: "block", width: "100%", height: "640px", border: "0", colorScheme: "normal" });
        this.#frame = frame;
        this.#load(); // before it is in the page, or it would load an empty document first
        this.attachShadow({ mode: "open" }).append(frame);
        if (getComputedStyle(this).display === "inline") this.style.display = "block";
      }
      addEventListener("message", this);
    }

    disconnectedCallback() {
      removeEventListener("message", this);
    }

    attributeChangedCallback() {
      if (this.isConnected && this.#frame) this.#load();
    }

    #load() {
      const address = new URL("/widget", origin);
      const theme = this.getAttribute("theme")?.trim();
      if (theme === "light" || theme === "dark") address.searchParams.set("theme", theme);
      const frame = /** @type {HTMLIFrameElement} */ (this.#frame);
      if (frame.src !== address.href) frame.src = address.href;
    }

    /** @param {MessageEvent} event */
    handleEvent({ source, origin: from, data }) {
      const frame = /** @type {HTMLIFrameElement} */ (this.#frame);
      if (source !== frame.contentWindow || from !== origin || data?.type !== "backup-check:height") return;
      const height = Number(data.height);
      if (height > 0 && height < 20_000) frame.style.height = `${height}px`;
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
    if (script.dataset.theme) element.setAttribute("theme", script.dataset.theme);
    script.after(element);
  };
  // An element further down in the page is only known when all of it is there.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", insert);
  else insert();
})();
