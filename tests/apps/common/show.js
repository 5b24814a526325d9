import { JackfieldFormElement } from "jackfield";

/** A form whose server answers in the page. */
export async function show(bundle) {
  await (await JackfieldFormElement.shared()).add(bundle);
  const form = document.createElement("jackfield-form");
  form.type = "postgres";
  form.baseUrl = "https://api.example.com";
  form.settings = { team_id: 1 };
  form.transport = answer;
  form.addEventListener("jackfield-success", ({ connection }) => {
    document.querySelector("#saved").textContent = `${connection.id} ${connection.name}`;
  });
  document.querySelector("main").append(form);
}

/** What a server would say to the save of a connection. */
export async function answer({ body }) {
  return { status: 200, type: "application/json", text: JSON.stringify({ ...body, id: 7 }) };
}
