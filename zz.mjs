import { coldStart } from "./wasm/edge/bench/cold.mjs";
import { build, playApple } from "./wasm/edge/test/harness.mjs";
const apple = await playApple(); await apple.show("issue");
const dir = process.env.DIR || build().dir; console.log(dir);
const N = Number(process.env.N || 3);
const med = (l) => l.toSorted((a,b)=>a-b)[l.length>>1];
for (const path of (process.env.P || "/api/status,/widget,/api/history,cron").split(",")) {
  const all = [];
  for (let n = 0; n < N; n++) all.push(await coldStart(dir, { APPLE_ORIGIN: apple.origin }, path));
  console.log(path, ...["start","first","second","wall"].map((k) => `${k} ${med(all.map((a)=>a[k])).toFixed(1)}`));
}
await apple.stop(); process.exit(0);
