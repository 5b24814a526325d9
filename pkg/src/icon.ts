import { make } from "./dom.js";
import { shipped } from "./icons.gen.js";

/** Kept in a variable so that bundlers leave it alone: the icons are files beside the module, not imports. */
const here: string = import.meta.url;

/** How many colours the lettered tiles have. */
const TONES = 6;

/** The brand's icon where there is one, else a tile with its letters. `base` is a host's own folder of `<slug>.svg`. */
export function drawIcon(of: { title: string; icon?: string }, base: string | null): HTMLElement {
  const tile = make("span", { class: "jf-icon", "aria-hidden": "true" });
  const letters = () => {
    tile.replaceChildren();
    // Drawn by the stylesheet: to everything that reads the page, the name stands beside it.
    tile.dataset["letters"] = initials(of.title);
    tile.dataset["tone"] = String(Array.from(of.title).reduce((sum, one) => sum + (one.codePointAt(0) ?? 0), 0) % TONES);
  };
  const { icon } = of;
  // Only what was shipped is asked for, so no page sees a 404 for a picture.
  if (!icon || !(base || shipped.includes(icon))) {
    letters();
    return tile;
  }
  const folder = base ? new URL(base, document.baseURI) : new URL("icons/", here);
  const image = make("img", { alt: "", width: "24", height: "24", loading: "lazy", decoding: "async" });
  image.addEventListener("error", letters);
  image.src = new URL(`${encodeURIComponent(icon)}.svg`, folder).href;
  tile.append(image);
  return tile;
}

function initials(title: string): string {
  const words = title.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => Array.from(word)[0]) : Array.from(words[0] ?? "?").slice(0, 2);
  return letters.join("");
}
