import { provideZonelessChangeDetection } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { load } from "jackfield";
import bundle from "jackfield/apis/chartbrew";
import { judge } from "../headless.js";
import { App, ENGINE } from "./app";

async function start() {
  const engine = await load();
  await engine.add(bundle);
  await bootstrapApplication(App, { providers: [provideZonelessChangeDetection(), { provide: ENGINE, useValue: engine }] });
  document.querySelector("#headless")!.textContent = JSON.stringify(await judge());
}

void start();
