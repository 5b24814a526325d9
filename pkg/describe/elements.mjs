// custom-elements.json: https://github.com/webcomponents/custom-elements-manifest, version 2.1.

/** `elements` are the sources' facts, `theme` the stylesheet's; `entries` tells by tag which files export its class and register it. */
export function manifestOf(elements, theme, entries) {
  const modules = new Map();
  for (const element of elements) {
    const { exports, registers } = entries[element.tag];
    const declared = moduleAt(modules, exports);
    const declarations = [declarationOf(element, theme), ...element.events.map(eventClassOf)];
    declared.declarations.push(...declarations);
    declared.exports.push(...declarations.map(({ name }) => exportOf(name, exports)));
    moduleAt(modules, registers).exports.push({
      kind: "custom-element-definition", name: element.tag, declaration: { name: element.name, module: exports },
    });
  }
  return { schemaVersion: "2.1.0", readme: "README.md", modules: [...modules.values()] };
}

function moduleAt(modules, path) {
  if (!modules.has(path)) modules.set(path, { kind: "javascript-module", path, declarations: [], exports: [] });
  return modules.get(path);
}

function exportOf(name, module) {
  return { kind: "js", name, declaration: { name, module } };
}

function declarationOf(element, theme) {
  return {
    kind: "class",
    customElement: true,
    tagName: element.tag,
    name: element.name,
    description: element.description,
    superclass: { name: "HTMLElement" },
    attributes: attributesOf(element),
    members: [...element.properties.map(fieldOf), ...element.methods.map(methodOf)],
    events: element.events.map((event) => ({ name: event.name, type: { text: event.class }, description: event.description })),
    cssProperties: theme.properties,
    // Light DOM has no parts; these classes are what a page's own rules may name.
    "x-classes": theme.classes,
  };
}

/** Every attribute that a getter reads, and those that the class's comment names. */
export function attributesOf({ properties, attributes }) {
  const own = properties.filter(({ attribute }) => attribute).map((property) => ({
    name: property.attribute,
    fieldName: property.name,
    description: property.description,
    type: { text: attributeType(property) },
    // Of an attribute only a text can be what its absence means.
    ...(property.default.startsWith('"') ? { default: JSON.parse(property.default) } : {}),
  }));
  return [...own, ...attributes.map(({ name, description }) => ({ name, fieldName: name, description, type: { text: "string" } }))];
}

function attributeType({ type, choices }) {
  if (type === "boolean") return "boolean";
  return choices.length ? choices.map((choice) => JSON.stringify(choice)).join(" | ") : "string";
}

function fieldOf({ name, description, accepts, default: value, readOnly, attribute, reflects }) {
  return {
    kind: "field",
    name,
    description,
    type: { text: accepts },
    default: value,
    ...(readOnly ? { readonly: true } : {}),
    ...(attribute ? { attribute } : {}),
    ...(reflects ? { reflects: true } : {}),
  };
}

function methodOf({ name, description, parameters, returns, static: isStatic }) {
  return {
    kind: "method",
    name,
    description,
    ...(isStatic ? { static: true } : {}),
    parameters: parameters.map(({ name, type, optional }) => ({ name, type: { text: type }, ...(optional ? { optional } : {}) })),
    return: { type: { text: returns } },
  };
}

function eventClassOf({ class: name, description, properties }) {
  return {
    kind: "class",
    name,
    description,
    superclass: { name: "Event" },
    members: properties.map(({ name, description, type }) => ({ kind: "field", name, description, type: { text: type }, readonly: true })),
  };
}
