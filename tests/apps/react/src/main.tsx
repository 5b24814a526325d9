import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { load } from "jackfield";
import bundle from "jackfield/apis/chartbrew";
import "jackfield/jackfield.css";
import "jackfield/react";
import { judge } from "../headless.js";
import { App } from "./app.js";

const engine = await load();
await engine.add(bundle);
createRoot(document.querySelector("main")!).render(<StrictMode><App engine={engine} /></StrictMode>);
document.querySelector("#headless")!.textContent = JSON.stringify(await judge());
