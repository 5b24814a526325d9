import { render } from "preact";
import { load } from "jackfield";
import bundle from "jackfield/apis/chartbrew";
import "jackfield/jackfield.css";
import "jackfield/preact";
import { judge } from "../headless.js";
import { App } from "./app.js";

const engine = await load();
await engine.add(bundle);
render(<App engine={engine} />, document.querySelector("main")!);
document.querySelector("#headless")!.textContent = JSON.stringify(await judge());
