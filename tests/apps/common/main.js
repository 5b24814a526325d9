import "jackfield/jackfield.css";
import bundle from "jackfield/apis/chartbrew";
import { judge } from "./headless.js";
import { show } from "./show.js";

await show(bundle);
document.querySelector("#headless").textContent = JSON.stringify(await judge());
