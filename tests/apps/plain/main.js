import "/jackfield/index.js";
import { judge } from "./headless.js";
import { show } from "./show.js";

await show("/jackfield/apis/chartbrew.json");
document.querySelector("#headless").textContent = JSON.stringify(await judge());
