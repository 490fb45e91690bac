export default { output: "export", turbopack: { root: "../.." } };
