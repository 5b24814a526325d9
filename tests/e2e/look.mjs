// Looks that a reader may have, and what is measured in each of them.
import { axe } from "./axe.mjs";
import { expect } from "./fixtures.mjs";
import { picture } from "./picture.mjs";

const WIDE = { width: 1280, height: 900 };
const PLAIN = { colorScheme: "light", forcedColors: "none", reducedMotion: "no-preference" };

/** Per look what differs from a wide, light window. `judged`: axe looks at it too. `colours`: it has its own, so its focus is gone through. */
export const looks = {
  light: { judged: true, colours: true },
  dark: { media: { colorScheme: "dark" }, judged: true, colours: true },
  forced: { media: { forcedColors: "active" }, colours: true },
  "forced-dark": { media: { forcedColors: "active", colorScheme: "dark" }, colours: true },
  still: { media: { reducedMotion: "reduce" } },
  rtl: { dir: "rtl" },
  narrow: { size: { width: 320, height: 640 } },
  large: { text: "200%" },
  "narrow-large": { size: { width: 320, height: 640 }, text: "200%" },
};

/** Measures every look of this state. */
export async function seen(page, state, names = Object.keys(looks)) {
  for (const name of names) {
    const { media = {}, size = WIDE, dir = "", text = "", judged = false, colours = false } = looks[name];
    const what = `${state}, ${name}`;
    await page.emulateMedia({ ...PLAIN, ...media });
    await page.setViewportSize(size);
    await page.evaluate(({ dir, text }) => {
      document.documentElement.dir = dir;
      document.documentElement.style.fontSize = text;
    }, { dir, text });
    await settled(page);
    if (judged) await axe(page, what, undefined, [media.colorScheme ?? "light"]);
    if (judged) await page.emulateMedia({ ...PLAIN, ...media });
    await settled(page);
    await picture(page, `look/${state}-${name}`);
    expect(await page.evaluate(measure), what).toEqual([]);
    if (colours || process.env.JACKFIELD_ALL) expect(await focused(page), what).toEqual([]);
    if (name === "still") expect(await page.evaluate(moving), what).toEqual([]);
  }
}

/** Colours may still be on their way. */
function settled(page) {
  return page.evaluate(() => document.getAnimations().forEach((one) => one.finish()));
}

/** In the page: what is wider than the window, clipped, upon another, or too small to hit. */
function measure() {
  const found = [];
  const told = (node) => `${node.localName}.${node.className} “${(node.textContent || node.placeholder || "").trim().slice(0, 30)}”`;
  const visible = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".jf-aside") && node.getBoundingClientRect().width > 0;
  const { scrollWidth } = document.scrollingElement;
  if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} px wide in a window of ${innerWidth}`);

  const parts = [...document.querySelectorAll("jackfield-form *, jackfield-list *")].filter(visible);
  if (parts.length < 10) found.push("there is nothing to look at");
  const scrolls = (node) => node.matches("input, select, textarea, .jf-message, img");
  for (const node of parts) {
    if (!scrolls(node) && node.clientWidth && node.scrollWidth > node.clientWidth) found.push(`clipped: ${told(node)}`);
    const box = node.getBoundingClientRect();
    if (box.x < -1 || box.right > innerWidth + 1) found.push(`outside of the window: ${told(node)}`);
  }

  // What is read or pressed and has nothing of the kind inside it.
  const kind = "button, input, select, textarea, label, legend, summary, p, li, a, h2, code, .jf-icon, .jf-unit, .jf-file-name, .jf-stored-note";
  const leaves = parts.filter((node) => node.matches(kind) && !node.querySelector(kind) && !node.matches(".jf-file-input"));
  const boxes = leaves.map((node) => ({ node, box: node.getBoundingClientRect() }));
  for (const [index, { node, box }] of boxes.entries()) {
    for (const { node: other, box: second } of boxes.slice(index + 1)) {
      const across = Math.min(box.right, second.right) - Math.max(box.x, second.x);
      const down = Math.min(box.bottom, second.bottom) - Math.max(box.y, second.y);
      if (across > 1 && down > 1) found.push(`overlap: ${told(node)} and ${told(other)}`);
    }
  }

  for (const node of parts.filter((node) => node.matches("button, input, select, textarea, summary, a"))) {
    const label = node.matches("[type=checkbox], [type=radio]") ? node.labels[0] : undefined;
    const [a, b] = [node.getBoundingClientRect(), (label ?? node).getBoundingClientRect()];
    const [width, height] = [Math.max(a.right, b.right) - Math.min(a.x, b.x), Math.max(a.bottom, b.bottom) - Math.min(a.y, b.y)];
    // A link inside a sentence is as high as its line.
    if (node.matches(".jf-help a")) continue;
    if (width < 24 || height < 23.99) found.push(`too small, ${Math.round(width)} by ${Math.round(height)} px: ${told(node)}`);
  }
  return found;
}

/** Goes to everything that takes the focus; gives what does not show it, or not against what is behind it. */
async function focused(page) {
  // From here on the page takes what gets the focus as reached by keyboard.
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const found = [];
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const shades = (...colours) => {
      canvas.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (rgb) => {
      const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a, b) => {
      const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
      return (high + 0.05) / (low + 0.05);
    };
    const behind = (node) => {
      const backs = [];
      for (let at = node; at; at = at.parentElement) backs.unshift(getComputedStyle(at).backgroundColor);
      return shades("Canvas", ...backs);
    };
    const all = document.querySelectorAll("jackfield-form :is(button, input, select, textarea, summary, a), jackfield-list :is(button, input, select, textarea, summary, a)");
    const told = (node) => `${node.localName}.${node.className} “${(node.textContent || node.id).trim().slice(0, 30)}”`;
    let count = 0;
    for (const node of all) {
      if (!node.checkVisibility() || node.disabled) continue;
      count += 1;
      node.focus();
      for (const one of document.getAnimations()) one.finish();
      const shown = node.matches(".jf-file-input") ? node.nextElementSibling : node;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown);
      if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) found.push(`no outline: ${told(node)}`);
      else if (contrast(shades(outlineColor), behind(shown.parentElement)) < 3) found.push(`faint outline: ${told(node)}`);
      node.blur();
      for (const one of document.getAnimations()) one.finish();
      // The border alone says where an input is.
      if (node.matches(".jf-input") && contrast(shades(getComputedStyle(node).borderBottomColor), behind(node.parentElement)) < 3) found.push(`faint border: ${told(node)}`);
    }
    scrollTo(0, 0);
    if (!count) found.push("nothing takes the focus");
    return found;
  });
}

/** In the page: what moves though the reader asked for stillness. */
function moving() {
  return [...document.querySelectorAll("jackfield-form *, jackfield-list *")]
    .filter((node) => getComputedStyle(node).transitionDuration.split(", ").some((time) => parseFloat(time) > 0) || getComputedStyle(node).animationName !== "none")
    .map((node) => node.className);
}
