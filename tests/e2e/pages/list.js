// A host page with a list and a form: notes what a host would see of the list, without the records.
import "/pkg/index.js";
import "/pkg/list.js";

window.heard = [];
document.addEventListener("jackfield-open", ({ operation, connectionType, record: { name } }) => window.heard.push({ operation, connectionType, name }));
document.documentElement.dataset.ready = "";
