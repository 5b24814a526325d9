// What the TypeScript sources say of the elements, their events and the headless API.
import { basename, join } from "node:path";
import { API, SymbolFlags } from "typescript/unstable/sync";

/** Called by the browser, so no part of what a host uses. */
const LIFECYCLE = /^(constructor|prototype|observedAttributes|\w+Callback)$/;

/** Reads the project in `folder`; `read` gets the reader while the compiler is at hand. */
export function withSources(folder, read) {
  const api = new API({ cwd: folder });
  try {
    const config = join(folder, "tsconfig.json");
    const snapshot = api.updateSnapshot({ openProjects: [config] });
    return read(new Sources(snapshot.getProject(config), join(folder, "src")));
  } finally {
    api.close();
  }
}

class Sources {
  #project;
  #checker;
  #folder;

  constructor(project, folder) {
    this.#project = project;
    this.#checker = project.checker;
    this.#folder = folder;
  }

  /** The elements by tag, as the sources declare them in `HTMLElementTagNameMap`. */
  elements() {
    const tags = this.#checker.resolveName("HTMLElementTagNameMap", SymbolFlags.Interface);
    return members(tags)
      .filter(({ name }) => name.startsWith("jackfield-"))
      .map((tag) => this.#element(tag.name, this.#checker.getTypeOfSymbol(tag).getSymbol()));
  }

  /** What an entry exports: its own declarations by name. */
  exportsOf(entry) {
    const file = this.#project.program.getSourceFile(join(this.#folder, `${entry}.ts`));
    const module = this.#checker.getSymbolAtLocation(file);
    const exported = this.#checker.getExportsOfModule(module);
    return exported.map((symbol) => symbol.flags & SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol);
  }

  /** Exported names, and members of exported classes and interfaces, that nobody has described. */
  undescribed(entry) {
    return this.exportsOf(entry).flatMap((symbol) => {
      // What an event is stands at its class, not at its place in the map of names.
      const own = symbol.name.endsWith("Events") ? [] : members(symbol).concat(statics(symbol)).filter(isPublic);
      const missing = own.filter((member) => !this.#told(member)).map((member) => `${symbol.name}.${member.name}`);
      return this.#told(symbol) ? missing : [symbol.name, ...missing];
    });
  }

  #element(tag, symbol) {
    const own = members(symbol).filter(isPublic);
    const isMethod = (member) => Boolean(member.flags & SymbolFlags.Method);
    return {
      tag,
      name: symbol.name,
      description: this.#told(symbol),
      properties: own.filter((member) => !isMethod(member)).map((member) => this.#property(member)),
      methods: [
        ...own.filter(isMethod).map((member) => this.#method(member)),
        ...statics(symbol).filter(isPublic).filter(isMethod).map((member) => ({ ...this.#method(member), static: true })),
      ],
      attributes: this.#attributes(symbol),
      observed: this.#observed(symbol),
      events: this.#events(symbol),
      module: this.#moduleOf(symbol),
      eventsModule: this.#moduleOf(this.#eventsOf(symbol)),
      imports: this.#imports(symbol),
    };
  }

  /** A property is an accessor or a declared field; an attribute is what its getter reads. */
  #property(symbol) {
    const nodes = this.#nodes(symbol);
    const setter = nodes.find((node) => node.parameters?.length === 1);
    const getter = nodes.find((node) => node !== setter);
    const attribute = /\b(?:get|has)Attribute\("([^"]+)"\)/.exec(getter.getText())?.[1];
    const type = this.#checker.getTypeOfSymbol(symbol);
    return {
      name: symbol.name,
      description: this.#told(symbol),
      type: getter.type.getText(),
      // What may be set is sometimes more than what can be got.
      accepts: (setter?.parameters[0] ?? getter).type.getText(),
      choices: choicesOf(type),
      default: this.#tag(symbol, "default") ?? usualDefault(this.#checker.typeToString(type)),
      readOnly: isReadOnly(getter, setter),
      attribute,
      reflects: Boolean(attribute && setter?.getText().includes(`("${attribute}"`)),
    };
  }

  #method(symbol) {
    const [node] = this.#nodes(symbol);
    return {
      name: symbol.name,
      description: this.#told(symbol),
      parameters: node.parameters.map((parameter) => this.#parameter(parameter)),
      returns: node.type.getText(),
    };
  }

  #parameter({ name, type, initializer, questionToken }) {
    const inferred = () => this.#checker.typeToString(this.#checker.getTypeAtLocation(name));
    return {
      // What is taken apart has no name of its own.
      name: /^\w+$/.test(name.getText()) ? name.getText() : "options",
      type: type?.getText() ?? inferred(),
      optional: Boolean(initializer ?? questionToken),
    };
  }

  /** Attributes without a property of their own, said in the class's comment: `@attr lang - The language of its words.` */
  #attributes(symbol) {
    const tags = this.#checker.getJsDocTagsOfSymbol(symbol).filter(({ name }) => name === "attr");
    return tags.map(({ text }) => {
      const [, name, description] = /^(\S+)(?:\s+-)?\s+(.*)$/s.exec(plain(text));
      return { name, description: oneLine(description) };
    });
  }

  #observed(symbol) {
    const observed = statics(symbol).find(({ name }) => name === "observedAttributes");
    return [...this.#nodes(observed)[0].getText().matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  }

  #events(symbol) {
    return members(this.#eventsOf(symbol)).map((event) => {
      const type = this.#checker.getTypeOfSymbol(event).getSymbol();
      const properties = members(type).filter(isPublic).map((member) => ({
        name: member.name,
        description: this.#told(member),
        type: this.#checker.typeToString(this.#checker.getTypeOfSymbol(member)),
      }));
      return { name: event.name, class: type.name, description: this.#told(type), properties };
    });
  }

  /** The events of `JackfieldFormElement` stand in `JackfieldFormEvents`, which the map of the browser's own events extends. */
  #eventsOf(symbol) {
    const name = symbol.name.replace(/Element$/, "Events");
    const all = this.#nodes(this.#checker.resolveName("GlobalEventHandlersEventMap", SymbolFlags.Interface));
    const extended = all.flatMap(({ heritageClauses }) => heritageClauses ?? []).flatMap(({ types }) => types);
    const found = extended.find(({ expression }) => expression.getText() === name);
    if (!found) throw new Error(`GlobalEventHandlersEventMap does not extend ${name}.`);
    return this.#checker.getTypeAtLocation(found).getSymbol();
  }

  /** Name of an imported type, to the module that it comes from. */
  #imports(symbol) {
    const imported = this.#fileOf(symbol).statements.filter(({ importClause }) => importClause?.namedBindings);
    return Object.fromEntries(imported.flatMap(({ importClause, moduleSpecifier }) =>
      importClause.namedBindings.elements.map(({ name }) => [name.text, moduleSpecifier.text])));
  }

  #nodes(symbol) {
    return symbol.declarations.map((declaration) => declaration.resolve(this.#project));
  }

  #fileOf(symbol) {
    return this.#nodes(symbol)[0].getSourceFile();
  }

  /** Where the declarations of a symbol's file lie in dist/. */
  #moduleOf(symbol) {
    return `./${basename(this.#fileOf(symbol).fileName, ".ts")}.js`;
  }

  #told(symbol) {
    return oneLine(this.#checker.getDocumentationCommentOfSymbol(symbol));
  }

  #tag(symbol, name) {
    const tag = this.#checker.getJsDocTagsOfSymbol(symbol).find((one) => one.name === name);
    return tag && oneLine(plain(tag.text));
  }
}

function members(symbol) {
  return [...symbol.getMembers()?.values() ?? []];
}

function statics(symbol) {
  return symbol.flags & SymbolFlags.Class ? [...symbol.getExports()?.values() ?? []] : [];
}

/** Private names hold a `#`, and what the compiler makes itself begins with two underscores. */
function isPublic({ name }) {
  return !name.includes("#") && !name.startsWith("__") && !LIFECYCLE.test(name);
}

function isReadOnly(getter, setter) {
  const isField = !getter.body;
  return isField ? /\breadonly\b/.test(getter.getText()) : !setter;
}

/** The texts that a property can be, where it can be nothing else. */
function choicesOf(type) {
  const types = type.isUnionType() ? type.getTypes() : [type];
  const texts = types.filter((one) => one.isStringLiteralType()).map(({ value }) => value);
  const others = types.filter((one) => !one.isStringLiteralType() && !/^(null|undefined)$/.test(one.intrinsicName ?? ""));
  return others.length ? [] : texts;
}

/** What a new element holds, where its comment names no other default. */
function usualDefault(type) {
  if (type === "boolean") return "false";
  return ["null", "undefined"].find((empty) => type.split(" | ").includes(empty));
}

function plain(text) {
  return typeof text === "string" ? text : (text ?? []).map((part) => part.text).join("");
}

function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}
