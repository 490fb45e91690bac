import { StrictMode, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter, Link, Route, Routes } from "react-router";

const source = "https://worker.example/embed.js";

function Widget() {
  const element = useRef(null);
  const [level, setLevel] = useState("");
  return (
    <>
      <h1>Help</h1>
      <button id="open" onClick={() => element.current.open("greyed-out")}>Open</button>
      <section id="place">
        <backup-check
          ref={element}
          compact={false}
          onbackup-check-status={(event) => setLevel(event.detail.level)}
        />
      </section>
      <output id="level">{level}</output>
    </>
  );
}

function Tags() {
  return (
    <>
      <Widget />
      <script src={source} async />
    </>
  );
}

function Imported() {
  useEffect(() => void import(/* @vite-ignore */ source), []);
  return <Widget />;
}

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <BrowserRouter>
      <nav>
        <Link to="/">Home</Link> <Link to="/help">Help</Link> <Link to="/import">Import</Link>
      </nav>
      <Routes>
        <Route path="/" element={<h1>Home</h1>} />
        <Route path="/help" element={<Tags />} />
        <Route path="/import" element={<Imported />} />
        <Route path="/snippet" element={<script src={source} async />} />
      </Routes>
    </BrowserRouter>
  </StrictMode>,
);
