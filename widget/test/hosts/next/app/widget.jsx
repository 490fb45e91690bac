"use client";

import { useEffect, useRef, useState } from "react";

export const source = "https://worker.example/embed.js";

export function Widget() {
  const element = useRef(null);
  const [level, setLevel] = useState("");
  // The widget may be there before the page is hydrated.
  useEffect(() => setLevel(element.current.status?.level ?? ""), []);
  return (
    <>
      <h1>Help</h1>
      <section id="place">
        <backup-check
          ref={element}
          compact={false}
          onbackup-check-status={(event) => setLevel(event.detail.level)}
        />
      </section>
      <output id="level">{level}</output>
      <button id="open" onClick={() => element.current.open("greyed-out")}>Open</button>
    </>
  );
}
