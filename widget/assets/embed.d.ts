// Types of the element <backup-check>, for TypeScript. Save this file beside your
// sources; nothing has to import it. What it says of React and Vue is ignored
// where they aren't installed.

export type BackupCheckLevel = "operational" | "maintenance" | "degraded" | "outage" | "unknown";

export interface BackupCheckElement extends HTMLElement {
  /** The verdict that the widget shows; null until it is there. */
  readonly status: { level: BackupCheckLevel } | null;
  /** Starts the troubleshooting, at a symptom if one is given. */
  open(symptom?: string): void;
  /** Deletes the reader's answers and shows the start. */
  reset(): void;
}

export interface BackupCheckAttributes {
  /** A BCP 47 tag. Without it, the language of the page around the element. */
  lang?: string;
  /** Without it, that of the page around the element. */
  theme?: "light" | "dark";
  /** Of the form #0066cc. */
  accent?: string;
  /** Where the troubleshooting starts. */
  symptom?: string;
  /** Without the list of all steps. */
  compact?: boolean | "" | "true" | "false";
}

/** The events have two names each. Templates that can't write a colon take the second one. */
export interface BackupCheckEventMap {
  "backup-check:status": CustomEvent<{ level: BackupCheckLevel }>;
  "backup-check:step": CustomEvent<{ number: number }>;
  "backup-check:done": CustomEvent<{ fixed: boolean }>;
  "backup-check-status": CustomEvent<{ level: BackupCheckLevel }>;
  "backup-check-step": CustomEvent<{ number: number }>;
  "backup-check-done": CustomEvent<{ fixed: boolean }>;
}

/** The events as React's properties. */
type EventProperties = {
  [Name in keyof BackupCheckEventMap as `on${Name}`]?: (event: BackupCheckEventMap[Name]) => void;
};

declare global {
  interface HTMLElementTagNameMap {
    "backup-check": BackupCheckElement;
  }
  interface HTMLElementEventMap extends BackupCheckEventMap {}
}

// @ts-ignore: without React
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      // @ts-ignore: without React
      "backup-check": DetailedHTMLProps<HTMLAttributes<BackupCheckElement>, BackupCheckElement> &
        BackupCheckAttributes &
        EventProperties;
    }
  }
}

// @ts-ignore: without Vue
declare module "vue" {
  interface GlobalComponents {
    "backup-check": new () => { $props: BackupCheckAttributes };
  }
}
