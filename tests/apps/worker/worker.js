import { judge } from "./headless.js";

self.postMessage(await judge());
