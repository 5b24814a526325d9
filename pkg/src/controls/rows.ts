import type { Fault, FieldView, FieldWords, Row } from "../contract.js";
import { aside, button, make, set } from "../dom.js";
import { drawField, type Field } from "../field.js";
import type { Make } from "./control.js";

interface Line { root: HTMLElement; cells: Field[]; buttons: { up: HTMLButtonElement; down: HTMLButtonElement; remove: HTMLButtonElement } }

/** A list of rows, each with the same columns. Rows are drawn by their place: a row that moves is values that move. */
export const rows: Make = (words, desk, first) => {
  const lines: Line[] = [];
  const columns = words.columns ?? [];
  const list = make("div", { class: "jf-rows" });
  const add = button("jf-quiet", [desk.text("add_row"), aside(` ${words.label}`)], () => {
    desk.row({ do: "add" });
    lines.at(-1)?.cells[0]?.focus();
  }, { ...desk.owned });
  let enabled = true;

  const line = (view: FieldView, row: number): Line => {
    const params = { label: words.label, number: row + 1 };
    const cells = columns.map((column) =>
      drawField(column, desk.cell(row, column.id), cellView(column, view, row)));
    const press = (what: string, sign: string, act: () => void) =>
      button("jf-icon-button", [make("span", { "aria-hidden": "true" }, sign), aside(desk.text(what, params))], act, { ...desk.owned });
    const move = (to: number, name: "up" | "down") => {
      desk.row({ do: "move", row, to });
      const { buttons } = lines[to] as Line;
      (buttons[name].disabled ? buttons[name === "up" ? "down" : "up"] : buttons[name]).focus();
    };
    const buttons = {
      up: press("row_up", "↑", () => move(row - 1, "up")),
      down: press("row_down", "↓", () => move(row + 1, "down")),
      remove: press("remove_row", "×", () => {
        desk.row({ do: "remove", row });
        (lines[row] ?? lines[row - 1])?.buttons.remove.focus();
        if (!lines.length) add.focus();
      }),
    };
    const root = make("div", { class: "jf-row", role: "group", "aria-label": desk.text("row", params) },
      make("div", { class: "jf-cells" }, ...cells.map((cell) => cell.root)),
      make("div", { class: "jf-row-buttons" }, buttons.up, buttons.down, buttons.remove));
    return { root, cells, buttons };
  };

  const update = (view: FieldView, typing: boolean) => {
    const count = rowsOf(view).length;
    while (lines.length > count) lines.pop()?.root.remove();
    lines.forEach(({ cells }, row) => cells.forEach((cell, index) =>
      cell.update(cellView(columns[index] as FieldWords, view, row), typing)));
    while (lines.length < count) {
      const next = line(view, lines.length);
      lines.push(next);
      list.append(next.root);
    }
    enabled = view.enabled;
    if (add.disabled === enabled) add.disabled = !enabled;
    lines.forEach(({ buttons }, row) => {
      set(buttons.up, "disabled", !enabled || row === 0);
      set(buttons.down, "disabled", !enabled || row === lines.length - 1);
      set(buttons.remove, "disabled", !enabled);
    });
  };
  update(first, false);

  return {
    nodes: [list, add],
    target: list,
    group: "group",
    update,
    focus: (fault) => {
      const cell = fault?.row === undefined ? undefined : lines[fault.row]?.cells[columnOf(columns, fault)];
      (cell ?? add).focus();
    },
    mask: () => lines.forEach(({ cells }) => cells.forEach((cell) => cell.mask())),
    owns: (fault) => fault.row !== undefined && fault.column !== undefined && fault.row < lines.length,
  };
};

function rowsOf(view: FieldView): Row[] {
  return Array.isArray(view.value) ? view.value : [];
}

function columnOf(columns: FieldWords[], fault: Fault): number {
  return Math.max(0, columns.findIndex((column) => column.id === fault.column));
}

/** The view of one cell, as if it were a field. */
function cellView(column: FieldWords, view: FieldView, row: number): FieldView {
  return {
    field: column.id,
    shown: true,
    enabled: view.enabled,
    required: column.required === true,
    value: rowsOf(view)[row]?.[column.id] ?? null,
    faults: view.faults.filter((fault) => fault.row === row && fault.column === column.id),
  };
}
