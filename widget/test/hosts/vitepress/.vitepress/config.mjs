const isCustomElement = (tag) => tag === "backup-check";

export default {
  title: "VitePress",
  head: [["script", { src: "https://worker.example/embed.js", async: "" }]],
  vue: { template: { compilerOptions: { isCustomElement } } },
};
