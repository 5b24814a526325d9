import type { FieldView, FileValue, Value } from "../contract.js";
import { button, make, set, write } from "../dom.js";
import { actionOf, type Make } from "./control.js";
import { heldIn, removable, saidOf } from "./stored.js";

/** A file of the user's disk, kept as base64. Of one that the server holds already only that fact is shown. */
export const file: Make = (words, desk, first) => {
  const input = make("input", {
    ...desk.owned, type: "file", id: desk.id, name: desk.name, class: "jf-file-input", accept: words.accept?.join(","),
  });
  const chosen = make("span", { class: "jf-file-name" });
  const notice = make("p", { class: "jf-notice", role: "status" });
  let had = false;
  const press = (what: string, value: () => Value) => button("jf-quiet", desk.text(what), () => {
    desk.set(value());
    input.focus();
  }, { ...desk.owned, ...actionOf(desk, what, words.label) });
  const remove = press("remove", () => had ? { clear: true } : null);
  const keep = press("keep", () => ({ keep: true }));

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
  const pick = make("span", { class: "jf-file-pick", hidden: desk.readOnly }, input, face);
  let view = first;
  const update = (next: FieldView) => {
    view = next;
    const now = fileOf(view.value);
    const held = heldIn(view.value);
    had ||= held !== "";
    write(chosen, now ? desk.text("file", { name: now.name, size: desk.size(now.size) }) : saidOf(held, words, view, desk) || desk.text("no_file"));
    set(remove, "hidden", desk.readOnly || !(held === "keep" ? removable(words, view) : now && !had));
    set(keep, "hidden", desk.readOnly || !had || held === "keep");
    if (input.disabled === view.enabled) input.disabled = !view.enabled;
  };
  return {
    nodes: [make("div", { class: "jf-file" }, pick, chosen, remove, keep), notice],
    target: input,
    update,
    focus: () => input.focus(),
    mask(anew) {
      if (!anew) return;
      had = false;
      update(view);
    },
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
