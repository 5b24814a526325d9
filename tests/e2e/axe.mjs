// Every rule of axe-core in light, and the colours once more in dark.
import AxeBuilder from "@axe-core/playwright";
import { expect, out } from "./fixtures.mjs";

/** `name` takes a picture of both. What looks like something that was judged in the dark need not be again. */
export async function axe(page, what, name, schemes = ["light", "dark"]) {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    // Colours may still be on their way from one scheme to the other.
    await page.evaluate(() => document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish()));
    // The rule about the size of targets is off unless it is asked for.
    const options = colorScheme === "light" ? { rules: { "target-size": { enabled: true } } } : { runOnly: ["color-contrast"] };
    // There are no frames to look into, which is what the other mode opens a page for.
    const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().options(options).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("; ")}`);
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
    expect(passes.length, `${what}: axe found something to judge`).toBeGreaterThan(0);
    if (name) await page.screenshot({ path: out(`${name}-${colorScheme}.png`), fullPage: true });
  }
  await page.emulateMedia({ colorScheme: "light" });
}
