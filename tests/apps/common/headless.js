import { load, say } from "jackfield/core";

/** An API of the app's own, which the package has never seen. */
export const widgets = {
  api: {
    id: "widgets",
    title: "Widgets",
    auth: "bearer",
    identify: ["/kind"],
    record: { id: "/id", name: "/name" },
    operations: { create: { method: "POST", path: "/widgets", gives: "record" } },
    refusal: { message: ["/message"] },
  },
  types: [{
    id: "sftp",
    title: "SFTP",
    base: { kind: "sftp" },
    sections: [{
      title: "Server",
      fields: [
        { id: "name", kind: "text", label: "Name", required: true },
        { id: "server.host", kind: "text", label: "Host", required: true, format: "host" },
      ],
    }],
  }],
};

/** What is wrong with these values, as sentences, judged without a page. */
export async function judge(values = { "server.host": "no host" }) {
  const jackfield = await load();
  const form = jackfield.open(await jackfield.add(widgets), "sftp", { settings: { base_url: "https://api.example.com" }, values });
  const { status } = form.step({ do: "submit" });
  form.free();
  jackfield.free();
  return (status.faults ?? []).map((fault) => `${fault.field}: ${say(fault)}`);
}
