import { judge } from "./headless.js";

console.log(JSON.stringify(await judge()));
