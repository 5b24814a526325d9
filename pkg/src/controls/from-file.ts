import type { FieldWords } from "../contract.js";
import { button, make, write } from "../dom.js";
import type { Desk } from "./control.js";

/** Fields take no more than this from a file where the descriptor names no limit. */
const LIMIT = 1_000_000;

/** "Load from file…" for a field that may be filled from one; no nodes for any other. */
export function fromFile(words: FieldWords, desk: Desk): Node[] {
  if (!words.accept?.length || desk.readOnly) return [];
  const notice = make("p", { class: "jf-notice", role: "status" });
  const picker = make("input", { ...desk.owned, type: "file", accept: words.accept.join(","), hidden: true });
  const load = async (file: File) => {
    const max = words.max_bytes ?? LIMIT;
    if (file.size > max) {
      const params = { max, got: file.size };
      return write(notice, desk.say({ field: words.id, code: "file_size", level: "error", params }));
    }
    try {
      const text = await file.text();
      write(notice, "");
      // Nobody is left to tell if the form was closed meanwhile.
      if (picker.isConnected) desk.set(text);
    } catch {
      write(notice, desk.text("file_unreadable"));
    }
  };
  picker.addEventListener("change", () => {
    const file = picker.files?.[0];
    picker.value = "";
    if (file) void load(file);
  });
  return [button("jf-quiet", desk.text("load_file"), () => picker.click(), { ...desk.owned }), picker, notice];
}
