// Tables that are typed in as in Excel: arrows from cell to cell, and clipboards of whole tables.

import { done, fill, placed, work, words } from "./editing.js";

/** The controls of a table's body, row by row; a cell has one, or none. */
function grid(table) {
  return [...table.tBodies[0].rows].map((row) =>
    [...row.cells].flatMap((cell) => {
      const control = cell.querySelector("[data-cell]");
      return control ? [{ control, cell }] : [];
    }),
  );
}

function place(control) {
  const rows = grid(control.closest("table.grid"));
  for (const [row, cells] of rows.entries()) {
    const column = cells.findIndex((one) => one.control === control);
    if (column >= 0) return { rows, row, column };
  }
  return null;
}

let typing = null;
let before = "";

function enter(control) {
  typing = null;
  before = control.value;
  if (control.select) control.select();
}

function to(rows, row, column) {
  const cells = rows[row];
  if (!cells?.length) return false;
  const { control } = cells[Math.min(Math.max(column, 0), cells.length - 1)];
  control.focus();
  return true;
}

function arrow(event, control) {
  const found = place(control);
  if (!found) return;
  const { rows, row, column } = found;
  const step = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
  }[event.key];
  if (event.altKey) {
    const button = control.closest("tr").querySelectorAll("[data-move]")[event.key === "ArrowUp" ? 0 : 1];
    if (step[0] && button && !button.disabled) {
      event.preventDefault();
      button.click();
    }
    return;
  }
  if (control.tagName === "SELECT" && step[0] && !event.ctrlKey) return;
  if (typing === control && (step[1] || control.tagName === "TEXTAREA")) return;
  let next = row + step[0];
  while (step[0] && rows[next] && !rows[next].length) next += step[0];
  if (step[1] ? rows[row][column + step[1]] : rows[next]) {
    event.preventDefault();
    to(rows, next, column + step[1]);
  }
}

if (work) {
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("table.grid [data-cell]")) enter(event.target);
  });
  document.addEventListener("dblclick", (event) => {
    if (event.target.matches("table.grid [data-cell]")) typing = event.target;
  });
  document.addEventListener("mousedown", (event) => {
    const control = event.target.closest("table.grid [data-cell]");
    if (control && control === document.activeElement) typing = control;
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("table.grid textarea[data-cell]")) grow(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const control = event.target;
    if (!control.matches("table.grid [data-cell]") || event.isComposing) return;
    if (event.key.startsWith("Arrow") && !event.shiftKey) arrow(event, control);
    else if (event.key === "F2") {
      typing = control;
      if (control.setSelectionRange) {
        control.setSelectionRange(control.value.length, control.value.length);
      }
    } else if (event.key === "Escape" && control.value !== before) {
      control.value = before;
      control.dispatchEvent(new Event("input", { bubbles: true }));
      enter(control);
    } else if (event.key === "Enter" && !event.ctrlKey) {
      if (event.altKey && control.tagName === "TEXTAREA") {
        control.setRangeText("\n", control.selectionStart, control.selectionEnd, "end");
        control.dispatchEvent(new Event("input", { bubbles: true }));
        typing = control;
      } else if (control.tagName !== "SELECT") {
        const { rows, row, column } = place(control);
        let next = row + (event.shiftKey ? -1 : 1);
        while (rows[next] && !rows[next].length) next += event.shiftKey ? -1 : 1;
        to(rows, next, column);
      }
      event.preventDefault();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) typing = control;
  });
  document.addEventListener("paste", paste);
  document.addEventListener("gen:drawn", growAll);
  growAll();
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

function growAll() {
  for (const area of work.querySelectorAll("textarea[data-grows]")) grow(area);
}

/** A clipboard of more than one cell goes into the table from here on. */
async function paste(event) {
  const control = event.target;
  if (!control.matches?.("table.grid [data-cell]")) return;
  const html = event.clipboardData.getData("text/html");
  const text = event.clipboardData.getData("text/plain");
  const isTable = /<table/i.test(html) || text.includes("\t") || (/\n./.test(text.trim()) && typing !== control);
  if (!isTable) return;
  event.preventDefault();
  const response = await fetch(`${work.dataset.base}/pasted`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "HX-Request": "true" },
    body: JSON.stringify({ html, text }),
  });
  if (!response.ok) {
    document.getElementById("said").innerHTML = await response.text();
    return;
  }
  land(control, await response.json());
}

/** Which column of the table each pasted one is, by the heads in the first row; null without. */
function byHeads(table, first) {
  const fold = (words) => words.replace(/\s+/g, "").toLowerCase();
  const heads = [...table.tHead.rows].flatMap((row) => [...row.cells]).map((cell) => cell);
  const names = heads.map((cell) => fold(cell.textContent));
  const found = first.map((cell) => (cell ? names.indexOf(fold(cell)) : -1));
  const matched = found.filter((one) => one >= 0);
  const filled = first.filter((cell) => cell).length;
  if (!filled || matched.length < filled || new Set(matched).size < matched.length) return null;
  return found.map((one) => (one < 0 ? -1 : heads[one].cellIndex));
}

function newCell(table, row, column, add) {
  const { grow: at, growCsv: csv } = table.dataset;
  if (csv) {
    const columns = table.tHead.rows[0].cells.length - 2;
    return column < columns ? { at: `${csv}#${row}/${column + 1}` } : null;
  }
  const keys = { party: ["name", "position"], text: [""], activity: ["name", "lead", "support"] }[
    table.dataset.kind
  ];
  if (!at || !keys || column >= keys.length) return null;
  add(row);
  return { at: `${at}/${row}${keys[column] ? `/${keys[column]}` : ""}`, list: keys[column] === "lead" || keys[column] === "support" };
}

function value(control, cell, figure) {
  if (control.tagName === "SELECT") {
    const fold = (words) => words.replace(/\s+/g, "").toLowerCase();
    const option = [...control.options].find((one) => [one.value, one.text].some((w) => fold(w) === fold(cell)));
    return option ? option.value : null;
  }
  if ("figure" in control.dataset) return /^-?[\d,]*(\.\d+)?$/.test(figure) ? figure : null;
  if (control.tagName === "INPUT") return cell.includes("\n") ? cell.replace(/\n+/g, " ") : cell;
  return cell;
}

function edit(control, text) {
  if (control.dataset.do === "list") return { do: "list", at: control.dataset.at, text };
  if ("condition" in control.dataset) {
    const cell = control.closest("td.condition");
    const kind = cell.querySelector("[data-kind]").value || "at_least";
    return { do: "condition", at: placed(cell).at, kind, figures: [text], words: "" };
  }
  return { do: "type", ...placed(control), text };
}

function land(control, read) {
  const table = control.closest("table.grid");
  const found = place(control);
  const rows = found.rows.filter((cells) => cells.length);
  const start = rows.indexOf(found.rows[found.row]);
  const heads = read.rows.length > 1 ? byHeads(table, read.rows[0]) : null;
  const skip = heads ? 1 : 0;
  const edits = [];
  const left = [];
  const added = new Set();
  const base = table.dataset.growCsv ? rows.length + 2 : rows.length;
  for (let n = skip; n < read.rows.length; n += 1) {
    const index = start + n - skip;
    const cells = rows[index];
    read.rows[n].forEach((cell, c) => {
      const figure = read.figures[n][c];
      let column = found.column + c;
      let target = cells?.[column];
      if (heads && cells) target = cells.find((one) => one.cell.cellIndex === heads[c]);
      else if (heads) column = rows[0].findIndex((one) => one.cell.cellIndex === heads[c]);
      const lost = () => cell && left.push({ row: n + 1, column: c + 1, text: cell });
      if (target) {
        const text = value(target.control, cell, figure);
        if (text === null) lost();
        else edits.push(edit(target.control, text));
        return;
      }
      const fresh = cells || column < 0 ? null : newCell(table, base + index - rows.length, column, (row) => added.add(row));
      if (!fresh || !cell) lost();
      else edits.push({ do: fresh.list ? "list" : "type", at: fresh.at, text: figureOr(table, column, cell, figure) });
    });
  }
  const adds = [...added].sort((a, b) => a - b).map(() => ({
    do: "add", at: table.dataset.grow, kind: table.dataset.kind,
  }));
  const said = document.getElementById("pasted");
  said.replaceChildren();
  const tell = (text) => {
    const line = document.createElement("p");
    line.className = "notice";
    line.textContent = text;
    said.append(line);
    return line;
  };
  tell(fill(words.pasted, { number: edits.length }));
  if (heads) tell(words.heads);
  if (read.merged) tell(fill(words.pastedMerged, { number: read.merged }));
  if (read.cut) tell(words.pastedCut).classList.add("wrong");
  if (left.length) {
    tell(fill(words.pastedLeft, { number: left.length })).classList.add("wrong");
    const list = document.createElement("ul");
    for (const one of left) {
      const item = document.createElement("li");
      item.textContent = fill(words.leftAt, one);
      list.append(item);
    }
    said.append(list);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "plain small";
  close.textContent = words.seen;
  close.addEventListener("click", () => {
    said.replaceChildren();
    control.isConnected && control.focus();
  });
  said.append(close);
  done([...adds, ...edits]);
}

function figureOr(table, column, cell, figure) {
  const head = table.tHead.rows[0].cells[column + 1];
  return table.dataset.growCsv && head?.classList.contains("number") ? figure : cell;
}
