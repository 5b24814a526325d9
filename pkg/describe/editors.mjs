// What editors read to complete the elements, made of custom-elements.json.

/** The declarations of the elements in a manifest. */
export function elementsIn(manifest) {
  return manifest.modules.flatMap(({ declarations }) => declarations).filter(({ customElement }) => customElement);
}

/** VS Code: https://code.visualstudio.com/api/extension-guides/custom-data-extension */
export function vscodeData(manifest) {
  return {
    version: 1.1,
    tags: elementsIn(manifest).map(({ tagName, description, attributes }) => ({
      name: tagName,
      description,
      attributes: attributes.map(({ name, description, type }) => ({ name, description, ...valuesOf(type) })),
    })),
  };
}

/** VS Code needs no values for a text, and for a switch it needs to know that there are none. */
function valuesOf({ text }) {
  if (text === "boolean") return { valueSet: "v" };
  const values = choicesIn(text).map((name) => ({ name }));
  return values.length ? { values } : {};
}

/** JetBrains: https://github.com/JetBrains/web-types */
export function webTypes(manifest, { name, version }) {
  return {
    $schema: "https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json",
    name,
    version,
    "js-types-syntax": "typescript",
    "description-markup": "markdown",
    contributions: { html: { elements: elementsIn(manifest).map(webType) } },
  };
}

function webType({ tagName, description, attributes, members, events, cssProperties, "x-classes": classes }) {
  const fields = members.filter(({ kind, readonly }) => kind === "field" && !readonly);
  return {
    name: tagName,
    description,
    attributes: attributes.map(({ name, description, type, default: value }) => ({
      name, description, ...(value === undefined ? {} : { default: value }), value: attributeValue(type),
    })),
    js: {
      properties: fields.map(({ name, description, type, default: value }) => ({ name, description, type: type.text, default: value })),
      events: events.map(({ name, description, type }) => ({ name, description, type: type.text })),
    },
    css: { properties: cssProperties.map(described), classes: classes.map(described) },
  };
}

function attributeValue({ text }) {
  if (text === "boolean") return { kind: "no-value", type: "boolean" };
  return { type: choicesIn(text).length ? choicesIn(text).map((choice) => JSON.stringify(choice)) : text };
}

function described({ name, description }) {
  return { name, description };
}

function choicesIn(text) {
  return text.startsWith('"') ? text.split(" | ").map((choice) => JSON.parse(choice)) : [];
}
