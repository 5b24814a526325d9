// The form as a user meets it. Fields are found by their id, everything else by the words on it.
import { expect } from "@playwright/test";

export class FormPage {
  constructor(page, sandbox, root = page.locator("jackfield-form").first()) {
    this.page = page;
    this.sandbox = sandbox;
    this.root = root;
  }

  /** Another form of the same page. */
  at(index) {
    return new FormPage(this.page, this.sandbox, this.page.locator("jackfield-form").nth(index));
  }

  /** The demo page with this API and type chosen, ready to be filled. */
  async open(type, api = "chartbrew") {
    await this.page.goto(`/#${api}/${type ?? ""}`);
    await this.drawn(type);
  }

  /** Waits for a form, or for the choice of types. The page looks itself, with every frame. */
  drawn(type) {
    return this.page.waitForFunction((what) => document.querySelector(`jackfield-form ${what}`)?.checkVisibility(), type ? "[data-field]" : "[type=search]");
  }

  field(id) {
    // A column of a list may have the id of a field; only fields lie in the grid of a section.
    return this.root.locator(`.jf-grid > [data-field="${id}"]`);
  }

  /** What is typed into: the field's own control. */
  control(id) {
    return this.field(id).locator("input, textarea, select").first();
  }

  async set(id, value) {
    await this.reveal(this.field(id));
    return this.enter(this.field(id), value);
  }

  /** Enters a value as its kind of control takes it; a cell of a row is a field too. */
  async enter(field, value) {
    const control = field.locator("input, textarea, select").first();
    const kind = await field.getAttribute("data-kind");
    if (kind === "rows") return this.fillRows(field, value);
    if (kind === "toggle") return control.setChecked(value);
    if (kind === "choices") return this.choose(field, value);
    if (kind === "file") return control.setInputFiles({ name: value.file, mimeType: "text/plain", buffer: Buffer.from(value.text ?? value.base64, value.text ? "utf8" : "base64") });
    if (kind !== "choice") return control.fill(value);
    const radio = field.locator(`input[type=radio][value="${value}"]`);
    if (await radio.count()) return radio.check();
    return control.selectOption(value);
  }

  /** Checks these of several options, and no others. */
  async choose(field, values) {
    for (const box of await field.locator("input[type=checkbox]").all()) await box.setChecked(values.includes(await box.inputValue()));
  }

  /** Opens the section that hides this field, as a user would. */
  async reveal(field) {
    if (await field.isVisible()) return;
    const closed = this.root.locator("details:not([open])").filter({ has: this.page.locator(`.jf-grid > [data-field="${await field.getAttribute("data-field")}"]`) });
    if (await closed.count()) await closed.locator("summary").first().click();
    await expect(field).toBeVisible();
  }

  /** Fills the rows that are there already, then adds what is missing. */
  async fillRows(field, rows) {
    for (const [index, row] of rows.entries()) {
      const line = field.locator(".jf-row").nth(index);
      if (!(await line.count())) await field.getByRole("button", { name: /^Add/ }).click();
      for (const [column, value] of Object.entries(row)) await this.enter(line.locator(`[data-field="${column}"]`), value);
    }
  }

  async fill(values) {
    for (const [id, value] of Object.entries(values)) await this.set(id, value);
  }

  get primary() {
    return this.root.locator(".jf-primary");
  }

  async submit() {
    await this.primary.click();
  }

  get status() {
    return this.root.locator(".jf-status:not(.jf-test)");
  }

  /** What came of a test of the connection. */
  get tested() {
    return this.root.locator(".jf-test");
  }

  /** The button that tests the connection as it stands. */
  get try() {
    return this.root.getByRole("button", { name: "Test connection", exact: true });
  }

  get summary() {
    return this.root.locator(".jf-summary");
  }

  /** The connections of this name that the server holds, asked without the browser. An API with `one` is asked for it by name. */
  async stored(name, { list, key, one } = { list: "/chartbrew/team/1/connections", key: "id" }) {
    if (one) return this.sandbox.api(one.replace("{name}", encodeURIComponent(name))).then(({ resultList }) => resultList, () => []);
    const answer = await this.sandbox.api(list);
    const items = (answer.items ?? answer).filter((item) => item.name === name);
    return Promise.all(items.map((item) => this.sandbox.api(`${list}/${encodeURIComponent(item[key])}`)));
  }

  settings() {
    return this.sandbox.api("/sandbox.json");
  }
}

/** The same on a page with one API and nothing but the form. */
export class SmallPage extends FormPage {
  constructor(page, sandbox, host) {
    super(page, sandbox);
    this.host = host;
  }

  async open(type, api = "chartbrew") {
    await this.host(`form.html?${new URLSearchParams({ api, ...(type && { type }) })}`);
    await this.drawn(type);
  }
}
