import vue from "@vitejs/plugin-vue";

const isCustomElement = (tag) => tag === "backup-check";

export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
