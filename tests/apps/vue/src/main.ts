import { createApp } from "vue";
import { load } from "jackfield";
import bundle from "jackfield/apis/chartbrew";
import "jackfield/jackfield.css";
import "jackfield/vue";
import { judge } from "../headless.js";
import App from "./App.vue";

const engine = await load();
await engine.add(bundle);
createApp(App, { engine }).mount("main");
document.querySelector("#headless")!.textContent = JSON.stringify(await judge());
