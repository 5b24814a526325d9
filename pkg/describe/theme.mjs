// What a page may style: the tables of THEMING.md, which a test holds to the stylesheet.

/** Custom properties and hook classes, each with what it is for. */
export function themeOf(markdown) {
  const rows = [...markdown.matchAll(/^\| *`([^`]+)` *\|(.*)\| *$/gm)].map(([, name, rest]) => ({ name, cells: rest.split("|").map((cell) => cell.trim()) }));
  const properties = rows.filter(({ name }) => name.startsWith("--")).map(({ name, cells }) => ({
    name, description: cells.at(-1), default: cells[0].replaceAll("`", ""),
  }));
  const classes = rows.filter(({ name }) => name.startsWith(".")).map(({ name, cells }) => ({ name: name.slice(1), description: cells.at(-1) }));
  if (!properties.length || !classes.length) throw new Error("THEMING.md has no table of custom properties or of hook classes.");
  return { properties, classes };
}
