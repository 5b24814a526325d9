import type { FileValue, Value } from "../contract.js";
import { aside, button, make, set, write } from "../dom.js";
import { size } from "../words.js";
import type { Make } from "./control.js";

/** A file of the user's disk, kept as base64. */
export const file: Make = (words, desk) => {
  const input = make("input", {
    ...desk.owned, type: "file", id: desk.id, name: desk.name, class: "jf-file-input", accept: words.accept?.join(","),
  });
  const chosen = make("span", { class: "jf-file-name" });
  const notice = make("p", { class: "jf-notice", role: "status" });
  const remove = button("jf-quiet", [desk.text("remove"), aside(` ${words.label}`)], () => {
    desk.set(null);
    input.focus();
  }, { ...desk.owned });

  const read = async (one: File) => {
    // One that is too large is not read: its size is enough for the fault.
    const content = words.max_bytes !== undefined && one.size > words.max_bytes ? "" : await base64(one);
    if (input.isConnected) desk.set({ name: one.name, size: one.size, content });
  };
  input.addEventListener("change", () => {
    const one = input.files?.[0];
    input.value = "";
    write(notice, "");
    if (one) read(one).catch(() => write(notice, desk.text("file_unreadable")));
  });

  const face = make("span", { class: "jf-button jf-quiet", "aria-hidden": "true" }, desk.text("choose_file"));
  return {
    nodes: [make("div", { class: "jf-file" }, make("span", { class: "jf-file-pick" }, input, face), chosen, remove), notice],
    target: input,
    update(view) {
      const held = fileOf(view.value);
      const stored = typeof view.value === "object" && view.value !== null && "keep" in view.value;
      write(chosen, held ? desk.text("file", { name: held.name, size: size(held.size) }) : desk.text(stored ? "stored" : "no_file"));
      set(remove, "hidden", !held && !stored);
      if (input.disabled === view.enabled) input.disabled = !view.enabled;
    },
    focus: () => input.focus(),
  };
};

function fileOf(value: Value): FileValue | null {
  return typeof value === "object" && value && "content" in value ? value as FileValue : null;
}

async function base64(one: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(new Error("unreadable"));
    reader.readAsDataURL(one);
  });
}
