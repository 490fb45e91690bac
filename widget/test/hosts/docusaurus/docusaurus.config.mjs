export default {
  title: "Docusaurus",
  url: "https://docs.example",
  baseUrl: "/",
  plugins: ["@docusaurus/plugin-content-pages"],
  themes: ["@docusaurus/theme-classic"],
};
