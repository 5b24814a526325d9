// Pictures for people, in out/: taken only where JACKFIELD_PICTURES is set. What can be measured is measured without one.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { out } from "./fixtures.mjs";

export const pictures = Boolean(process.env.JACKFIELD_PICTURES);

/** Takes a picture of the whole page. */
export async function picture(page, name) {
  if (!pictures) return;
  const file = out(`${name}.png`);
  await mkdir(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file, fullPage: true });
}
