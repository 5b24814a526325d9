import { make } from "./dom.js";

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
  if (!icon) letters();
  else if (base) tile.append(picture(new URL(`${encodeURIComponent(icon)}.svg`, new URL(base, document.baseURI)), letters));
  else void mark(icon).then((drawn) => drawn ? tile.append(drawn) : letters());
  return tile;
}

function picture(from: URL, failed: () => void): HTMLImageElement {
  const image = make("img", { alt: "", width: "24", height: "24", loading: "lazy", decoding: "async" });
  image.addEventListener("error", failed);
  image.src = from.href;
  return image;
}

/** The package's own icon. They are a script, since every bundler carries one along and not every one carries pictures. */
async function mark(slug: string): Promise<SVGElement | null> {
  const marks: Readonly<Record<string, string>> = await import("./marks.gen.js").then((module) => module.default, () => ({}));
  if (!Object.hasOwn(marks, slug)) return null;
  const [colour = "", shape = ""] = marks[slug]?.split("|") ?? [];
  const svg = (tag: string, attributes: Record<string, string>) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag) as SVGElement;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  const drawn = svg("svg", { viewBox: "0 0 24 24", fill: colour });
  drawn.append(svg("path", { d: shape }));
  return drawn;
}

function initials(title: string): string {
  const words = title.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => Array.from(word)[0]) : Array.from(words[0] ?? "?").slice(0, 2);
  return letters.join("");
}
