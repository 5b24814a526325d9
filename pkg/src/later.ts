/** Parts of a form that few use. What draws them is loaded when they are first asked for. */
import type { CopyHost } from "./copy.js";
import { button, make, write } from "./dom.js";
import type { PasteHost } from "./paste.js";
import { addEnglish } from "./words.js";

/** A button that opens what reads connection strings. */
export function drawStrings(host: PasteHost): { root: HTMLElement; update(): void; forget(): void } {
  let paste: ReturnType<typeof import("./paste.js").drawPaste> | undefined;
  const notice = make("p", { class: "jf-notice", role: "status" });
  const open = async () => {
    try {
      const { drawPaste } = await import("./paste.js");
      paste ??= drawPaste(host, root, press);
      write(notice, "");
      paste.toggle();
    } catch {
      write(notice, host.text("not_loaded"));
    }
  };
  const press = button("jf-quiet", host.text("paste"), () => void open(), { ...host.owned, "aria-expanded": "false" });
  const root = make("div", { class: "jf-strings" }, press, notice);
  return { root, update: () => paste?.update(), forget: () => paste?.forget() };
}

/** A button that copies the request; without what draws it there is none. */
export async function drawCurl(host: CopyHost, buttons: HTMLElement): Promise<void> {
  const copy = await import("./copy.js").catch(() => null);
  if (!copy) return;
  const { drawCopy, copyWords } = copy;
  addEnglish(copyWords);
  const { press, rest } = drawCopy(host);
  buttons.append(press);
  buttons.after(rest);
}
