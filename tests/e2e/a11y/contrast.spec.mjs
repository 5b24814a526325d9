// What judges the contrast once per pair of colours: it finds a bad pair, and does not judge a good one again.
import { contrast, rules } from "../axe.mjs";
import { expect, test } from "../fixtures.mjs";

/** Adds a text in these colours to the page. */
const write = (page, color, backgroundColor) => page.evaluate(({ color, backgroundColor }) => {
  const text = document.createElement("p");
  text.textContent = "A text of the test";
  Object.assign(text.style, { color, backgroundColor });
  document.querySelector("main").append(text);
}, { color, backgroundColor });

test.beforeEach(async ({ host }) => {
  const form = await host("bare.html");
  await expect(form.control("name")).toBeVisible();
});

test("a pair that was judged is not judged again, and a new one is", async ({ page }) => {
  const known = new Set();
  const first = await contrast(page, known);
  expect(first.wrong).toEqual([]);
  expect(first.judged).toBe(first.texts);
  expect(known.size).toBeGreaterThan(2);
  const before = known.size;
  const open = (await contrast(page, known)).judged;
  // What axe cannot judge or has no opinion on, such as a covered text, stays open; all others are done.
  expect(open).toBeLessThan(first.judged / 4);
  expect(known.size).toBe(before);
  await write(page, "rgb(0, 0, 60)", "rgb(250, 250, 255)");
  expect(await contrast(page, known)).toEqual({ wrong: [], texts: first.texts + 1, judged: open + 1 });
  expect(known.size).toBe(before + 1);
  await write(page, "rgb(0, 0, 60)", "rgb(250, 250, 255)");
  expect(await contrast(page, known)).toEqual({ wrong: [], texts: first.texts + 2, judged: open });
});

test("a bad pair is found, as often as it is looked for, and however many good ones there are", async ({ page }) => {
  const known = new Set();
  await contrast(page, known);
  await write(page, "rgb(150, 150, 150)", "rgb(170, 170, 170)");
  for (const _ of ["once", "again"]) {
    expect((await contrast(page, known)).wrong).toEqual([expect.stringMatching(/^color-contrast: .*insufficient color contrast/s)]);
  }
  // Large text may be fainter than small text of the same colours.
  await page.evaluate(() => {
    const text = document.querySelector("main > p");
    Object.assign(text.style, { color: "rgb(118, 118, 118)", backgroundColor: "rgb(240, 240, 240)", fontSize: "30px" });
  });
  expect((await contrast(page, known)).wrong).toEqual([]);
  await page.evaluate(() => { document.querySelector("main > p").style.fontSize = "12px"; });
  expect((await contrast(page, known)).wrong).toHaveLength(1);
});

test("a pair that is bad only in the dark, or only over another background, is found", async ({ page }) => {
  const known = new Set();
  await write(page, "light-dark(black, rgb(60, 60, 60))", "light-dark(white, black)");
  await page.evaluate(() => { document.querySelector("main > p").style.colorScheme = "light dark"; });
  expect((await contrast(page, known)).wrong).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect((await contrast(page, known)).wrong).toHaveLength(1);
  await page.emulateMedia({ colorScheme: "light" });
  expect((await contrast(page, known)).wrong).toEqual([]);
  // The same text without a background of its own, then with a dark one behind it.
  await page.evaluate(() => {
    const text = document.querySelector("main > p");
    Object.assign(text.style, { color: "black", backgroundColor: "transparent" });
  });
  expect((await contrast(page, known)).wrong).toEqual([]);
  await page.evaluate(() => { document.querySelector("main").style.backgroundColor = "rgb(60, 60, 60)"; });
  expect((await contrast(page, known)).wrong).not.toEqual([]);
});

test("the other rules find what breaks them", async ({ page }) => {
  expect(await rules(page)).toEqual([]);
  await page.evaluate(() => document.querySelector("main").append(document.createElement("input")));
  expect(await rules(page)).toEqual([expect.stringMatching(/^label: /)]);
});
