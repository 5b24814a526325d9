// What a page may style: the tables of THEMING.md, which a test holds to the stylesheet.

/** Custom properties and hook classes, each with what it is for; a row may name several. */
export function themeOf(markdown) {
  const rows = [...markdown.matchAll(/^\| *(`.*?) *\| *(.*?) *\|$/gm)].flatMap(([, first, rest]) =>
    [...first.matchAll(/`([^`]+)`/g)].map(([, name]) => ({ name, cells: rest.split(/ *\| */) })));
  const properties = rows.filter(({ name }) => name.startsWith("--")).map(({ name, cells: [value, description] }) =>
    ({ name, description, default: value.replaceAll("`", "") }));
  const classes = rows.filter(({ name }) => name.startsWith(".")).map(({ name, cells: [description] }) => ({ name: name.slice(1), description }));
  if (!properties.length || !classes.length) throw new Error("THEMING.md has no table of custom properties or of hook classes.");
  return { properties, classes };
}
