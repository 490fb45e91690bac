// @ts-check
const NOW = 1_750_000_000_000;
const services = ["App Store", "iCloud Account & Sign In", "iCloud Backup", "iCloud Storage Upgrades", "iCloud Drive", "Photos", "iCloud Mail"];
const stamp = (ms) => new Date(ms).toISOString();
function event(statusType, eventStatus, from, to) {
  return { usersAffected: "Some users are affected", epochStartDate: NOW + from, epochEndDate: to === null ? null : NOW + to, messageId: "1", statusType, datePosted: "06/15/2025 07:00 PDT", startDate: "06/15/2025 06:00 PDT", endDate: to === null ? null : "06/15/2025 08:00 PDT", affectedServices: null, eventStatus, message: "Rehearsed “words” & more." };
}
const H = 3_600_000;
const scenes = [
  { "iCloud Backup": [] },
  { "iCloud Backup": [event("Issue", "ongoing", -H, null)], "iCloud Drive": [event("Issue", "resolved", -2 * H, -H)] },
  { "iCloud Backup": [event("Outage", "ongoing", -H, null)], "iCloud Account & Sign In": [event("Issue", "ongoing", -H, null)] },
  { "iCloud Backup": [event("Outage", "resolved", -2 * H, -H / 2)] },
  { "iCloud Backup": [event("Maintenance", "upcoming", H, 2 * H)], "iCloud Storage Upgrades": [event("Outage", "ongoing", -H, null)] },
];
const feedOf = (scene) => JSON.stringify({ drpost: false, drMessage: null, services: services.map((serviceName) => ({ redirectUrl: null, serviceName, events: scene[serviceName] ?? [] })) });
const page = '<!DOCTYPE html>\n<html lang="en-US">\n<head>\n<meta charset="utf-8">\n<title>x</title>\n</head>\n<body>\n<div id="ssp"></div>\n</body>\n</html>\n';
const encoder = new TextEncoder();
function response(text) {
  let left = [encoder.encode(text)];
  return {
    status: 200, statusText: "OK", headers: new Headers({ "Content-Type": "text/html", Date: "x" }),
    body: { getReader: () => ({ read: async () => left.length ? { done: false, value: left.pop() } : { done: true }, cancel() {} }) },
  };
}
const cache = new Map();
let feed = "";
const env = {
  APPLE_ORIGIN: "https://rehearsal.invalid",
  EMBED_ORIGINS: "https://rehearsal.invalid",
  APPLE: { within: () => ({ fetch: async (request) => response(request.url.includes(".js") ? feed : page) }) },
  READING_CACHE: { load: async (a) => cache.get(a) ?? "", save: async (a, t) => { cache.set(a, t); }, reserve: async () => 0 },
};
const paths = ["/api/status", "/widget", "/widget?theme=dark", "/widget/messages", "/api/history", "/", "/healthz", "/badge.svg", "/badge.json", "/feed.atom", "/api/v2/summary.json", "/api/v2/status.json", "/openapi.json", "/oembed?url=https%3A%2F%2Frehearsal.invalid%2Fwidget", "/nothing"];
export async function rehearse(context, start) {
  const go = context.binding;
  for (const scene of scenes) {
    feed = feedOf(scene);
    for (const cached of [false, true]) {
      if (!cached) cache.clear();
      start(context, env);
      const { lease } = go.claim();
      await go.refresh(lease);
      go.settled(lease);
      if (!cached) for (const path of paths) for (const method of ["GET", "HEAD"]) {
        const r = await go.handleRequest(new Request("https://rehearsal.invalid" + path, { method }));
        await go.handleRequest(new Request("https://rehearsal.invalid" + path, { headers: { "If-None-Match": r.headers.get("ETag") ?? "x" } }));
      }
      await go.runOnce();
    }
  }
  go.collect();
}
