import { mount } from "svelte";
import { load } from "jackfield";
import bundle from "jackfield/apis/chartbrew";
import "jackfield/jackfield.css";
import "jackfield/svelte";
import { judge } from "../headless.js";
import App from "./App.svelte";

const engine = await load();
await engine.add(bundle);
mount(App, { target: document.querySelector("main")!, props: { engine } });
document.querySelector("#headless")!.textContent = JSON.stringify(await judge());
