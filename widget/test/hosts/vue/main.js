import { createApp, h } from "vue";
import { createRouter, createWebHistory } from "vue-router";
import App from "./App.vue";
import Help from "./Help.vue";

const Home = { render: () => h("h1", "Home") };
const routes = [
  { path: "/", component: Home },
  { path: "/help", component: Help },
];

createApp(App)
  .use(createRouter({ history: createWebHistory(), routes }))
  .mount("#root");
