// A host page's own script: it gives every form of the page its settings, and counts what a host would see.
import "/pkg/index.js";

const { token, team_id, base_url } = await (await fetch("/sandbox.json")).json();
window.hostSubmits = 0;
window.heard = [];
document.querySelector("#wizard")?.addEventListener("submit", (event) => {
  event.preventDefault();
  window.hostSubmits += 1;
});
for (const name of ["jackfield-change", "jackfield-submit", "jackfield-success", "jackfield-refusal", "jackfield-type"]) {
  document.addEventListener(name, (event) => window.heard.push(event));
}
for (const form of document.querySelectorAll("jackfield-form")) {
  form.baseUrl = base_url;
  form.settings = { team_id };
  form.token = () => token;
}
document.documentElement.dataset.ready = "";
