import type { Fault, FieldView, FieldWords, Row, Value } from "../contract.js";
import { aside, button, make, set, write } from "../dom.js";
import { drawField, type Field } from "../field.js";
import { actionOf, isSecret, maskedIn, type Make, type RowAction } from "./control.js";

/** A row on the page. It keeps its nodes wherever it moves, and so the focus, the caret and what is covered in them. */
interface Line {
  /** Its place; -1 once it is gone. */
  row: number;
  /** What it shows, to leave alone what did not change. */
  drawn: string;
  readonly root: HTMLElement;
  readonly cells: Field[];
  /** Draws a cell anew, as a secret or as its column is. */
  readonly cell: (index: number, view: FieldView, row: number) => Field;
  readonly up: HTMLButtonElement;
  readonly down: HTMLButtonElement;
  readonly remove: HTMLButtonElement;
}

/** A list of rows, each with the same columns. */
export const rows: Make = (words, desk, first) => {
  const columns = words.columns ?? [];
  const lines: Line[] = [];
  const list = make("div", { class: "jf-rows" });
  const label = words.row ?? words.label;
  const add = button("jf-quiet", desk.text("add_row"), () => {
    if (act({ do: "add" }, "row_added", lines.length)) lines.at(-1)?.cells[0]?.focus();
  }, { ...desk.owned, ...actionOf(desk, "add_row", label), hidden: desk.readOnly });
  let enabled = true;
  let made = 0;
  let doing: RowAction | null = null;

  /** False where the form took no action. */
  const act = (action: RowAction, what: string, row: number, from = row) => {
    doing = action;
    const done = desk.row(action);
    if (done) {
      // Rows that hold the same look the same after a move, so there was nothing to draw.
      arrange();
      number();
      desk.announce(desk.text(what, { label, number: row + 1, from: from + 1 }));
    }
    doing = null;
    return done;
  };

  /** Does to the nodes what was done to the values. Of two rows that change places the one that is worked in stays put. */
  const arrange = () => {
    if (doing?.do === "move") {
      const [line] = lines.splice(doing.row, 1) as [Line];
      const other = (lines[doing.to < doing.row ? doing.to : doing.to - 1] as Line).root;
      lines.splice(doing.to, 0, line);
      if (doing.to < doing.row) line.root.after(other);
      else line.root.before(other);
    }
    if (doing?.do === "remove") drop(doing.row);
    doing = null;
  };

  const drop = (row: number) => {
    for (const line of lines.splice(row, 1)) {
      line.row = -1;
      line.root.remove();
    }
  };

  const number = () => lines.forEach((line, row) => {
    set(line.up, "disabled", !enabled || row === 0);
    set(line.down, "disabled", !enabled || row === lines.length - 1);
    set(line.remove, "disabled", !enabled);
    if (line.row === row) return;
    line.row = row;
    const params = { label, number: row + 1 };
    set(line.root, "aria-label", desk.text("row", params));
    const named = { row_up: line.up, row_down: line.down, remove_row: line.remove };
    for (const [what, press] of Object.entries(named)) write(press.lastChild as Node, desk.text(what, params));
  });

  const move = (line: Line, by: number) => {
    const { row, up, down } = line;
    if (!enabled || !lines[row + by]) return;
    const held = [up, down].find((press) => press.matches(":focus"));
    act({ do: "move", row, to: row + by }, "row_moved", row + by, row);
    if (held?.disabled) (held === up ? down : up).focus();
    line.root.scrollIntoView({ block: "nearest" });
  };

  const draw = (view: FieldView, row: number, drawn: string): Line => {
    const press = (sign: string, act: () => void, keys?: string) =>
      button("jf-icon-button", [make("span", { "aria-hidden": "true" }, sign), aside("")], act, { ...desk.owned, "aria-keyshortcuts": keys });
    const key = ++made;
    const shift = (by: number) => () => {
      // Not every browser focuses the button that is clicked.
      (by < 0 ? line.up : line.down).focus();
      move(line, by);
    };
    const line: Line = {
      row: -1,
      drawn,
      root: make("div", { class: "jf-row", role: "group" }),
      cells: [],
      cell: (index, view, row) => {
        const column = columns[index] as FieldWords;
        const words = isMasked(column, view, row) ? { ...column, secret: true } : column;
        return drawField(words, desk.cell(key, column.id, () => line.row), cellView(column, view, row));
      },
      up: press("↑", shift(-1), "Alt+ArrowUp"),
      down: press("↓", shift(1), "Alt+ArrowDown"),
      remove: press("×", () => {
        const { row } = line;
        if (!act({ do: "remove", row }, "row_removed", row)) return;
        (lines[row] ?? lines[row - 1])?.remove.focus();
        if (!lines.length) add.focus();
      }),
    };
    line.cells.push(...columns.map((_, index) => line.cell(index, view, row)));
    line.root.append(
      make("div", { class: "jf-cells" }, ...line.cells.map((cell) => cell.root)),
      make("div", { class: "jf-row-buttons", hidden: desk.readOnly }, line.up, line.down, line.remove));
    line.root.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
      if (!by || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      move(line, by);
    });
    return line;
  };

  const update = (view: FieldView, typing: boolean) => {
    arrange();
    const values = rowsOf(view);
    const faults: Fault[][] = [];
    for (const fault of view.faults) if (fault.row !== undefined) (faults[fault.row] ??= []).push(fault);
    while (lines.length > values.length) drop(lines.length - 1);
    values.forEach((value, row) => {
      const own = { ...view, faults: faults[row] ?? [] };
      const now = JSON.stringify([value, own.faults, view.enabled]);
      const line = lines[row];
      if (!line) {
        const next = draw(own, row, now);
        lines.push(next);
        list.append(next.root);
      } else if (line.drawn !== now) {
        line.drawn = now;
        line.cells.forEach((cell, index) => {
          const column = columns[index] as FieldWords;
          if (isSecret(cell.words) === (isSecret(column) || isMasked(column, own, row))) return cell.update(cellView(column, own, row), typing);
          const { root } = cell;
          const held = root.matches(":focus-within");
          const other = line.cells[index] = line.cell(index, own, row);
          root.replaceWith(other.root);
          if (held) other.focus();
        });
      }
    });
    enabled = view.enabled;
    if (add.disabled === enabled) add.disabled = !enabled;
    number();
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
    mask: (anew) => lines.forEach(({ cells }) => cells.forEach((cell) => cell.mask(anew))),
    owns: (fault) => fault.row !== undefined && fault.column !== undefined && fault.row < lines.length,
  };
};

function rowsOf(view: FieldView): Row[] {
  return Array.isArray(view.value) ? view.value as Row[] : [];
}

function columnOf(columns: FieldWords[], fault: Fault): number {
  return Math.max(0, columns.findIndex((column) => column.id === fault.column));
}

function valueOf(column: FieldWords, view: FieldView, row: number): Value {
  return rowsOf(view)[row]?.[column.id] ?? null;
}

function isMasked(column: FieldWords, view: FieldView, row: number): boolean {
  return maskedIn(valueOf(column, view, row)) !== undefined;
}

/** The view of one cell, as if it were a field. */
function cellView(column: FieldWords, view: FieldView, row: number): FieldView {
  const value = valueOf(column, view, row);
  return {
    field: column.id,
    shown: true,
    enabled: view.enabled,
    required: column.required === true && view.enabled,
    value: maskedIn(value) ?? value,
    faults: view.faults.filter((fault) => fault.column === column.id),
  };
}
