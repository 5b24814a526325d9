// What frameworks' templates may set, made of what the sources say of the elements: types/ lays it into each framework's own types.

/** A module of types: per element its class, what can be set on it, and its events. */
export function propsOf(elements) {
  const props = elements.map(interfaceOf).join("\n");
  const map = [
    "/** The elements by tag. */",
    "export interface Elements {",
    ...elements.map(({ tag, name }) => `  "${tag}": { element: ${name}; props: ${own(name, "Props")}; events: ${own(name, "Events")} };`),
    "}",
  ].join("\n");
  return `${[...importsOf(elements, props), props, map].join("\n")}\n`;
}

/** Properties, and attributes that are called otherwise. */
function interfaceOf({ tag, name, properties, attributes }) {
  return [
    `/** What can be set on \`<${tag}>\`. */`,
    `export interface ${own(name, "Props")} {`,
    ...properties.filter(({ readOnly }) => !readOnly).flatMap(membersFor),
    ...attributes.flatMap((attribute) => member(attribute.name, attribute.description, "string")),
    "}",
  ].join("\n");
}

function membersFor({ name, accepts, description, attribute, type }) {
  const property = member(name, description, accepts);
  if (!attribute || attribute === name) return property;
  return [...property, ...member(attribute, description, type === "boolean" ? 'boolean | ""' : "string | null")];
}

function member(name, description, type) {
  const optional = /\bundefined$/.test(type) ? type : `${type} | undefined`;
  return [`  /** ${description} */`, `  ${/^\w+$/.test(name) ? name : JSON.stringify(name)}?: ${optional};`];
}

/** Each element and its events from its own module, and the types that its properties name from where its source has them. */
function importsOf(elements, props) {
  const code = props.replace(/\/\*\*.*?\*\//gs, "");
  const from = new Map(elements.flatMap(({ imports }) => Object.entries(imports)).filter(([name]) => new RegExp(`\\b${name}\\b`).test(code)));
  for (const { name, module, eventsModule } of elements) from.set(name, module).set(own(name, "Events"), eventsModule);
  const modules = [...new Set(from.values())].sort();
  return modules.map((module) => `import type { ${[...from.keys()].filter((name) => from.get(name) === module).sort().join(", ")} } from "${module}";`);
}

function own(name, what) {
  return name.replace(/Element$/, what);
}
