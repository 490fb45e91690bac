"use client";

import { useEffect, useRef, useState } from "react";

export const source = "https://worker.example/embed.js";

export function Widget() {
  const element = useRef(null);
  const [level, setLevel] = useState("");
  // React gives no listeners to an element of a page that a server has rendered (its
  // issue 35446), and the widget may be there before the page is React's.
  useEffect(() => {
    const widget = element.current;
    const show = () => setLevel(widget.status?.level ?? "");
    widget.addEventListener("backup-check-status", show);
    show();
    return () => widget.removeEventListener("backup-check-status", show);
  }, []);
  return (
    <>
      <h1>Help</h1>
      <button id="open" onClick={() => element.current.open("greyed-out")}>Open</button>
      <section id="place">
        <backup-check ref={element} compact={false} />
      </section>
      <output id="level">{level}</output>
    </>
  );
}
