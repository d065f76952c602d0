// What single tasks have beside fields: order by dragging, bars of months, a value to try.

import { done, fill, work, words } from "./editing.js";

function order() {
  for (const body of work.querySelectorAll("[data-order]")) {
    window.Sortable?.create(body, {
      handle: ".handle",
      animation: 0,
      onEnd: ({ item, oldIndex, newIndex }) => {
        if (oldIndex !== newIndex) done([{ do: "move", at: item.dataset.row, to: newIndex }]);
      },
    });
  }
}

function bars() {
  for (const row of work.querySelectorAll("[data-bar]")) {
    paint(row, row.dataset.first, row.dataset.last);
  }
}

function paint(row, first, last) {
  for (const cell of row.querySelectorAll("[data-month]")) {
    const month = Number(cell.dataset.month);
    const on = first !== "" && month >= Number(first) && month <= Number(last === "" ? first : last);
    cell.classList.toggle("on", on);
  }
}

function months(row, first, last) {
  const name = (at) => row.querySelector(`[data-month="${at}"]`)?.dataset.name ?? "";
  done([{ do: "months", at: row.dataset.row, from: name(first), to: name(last) }]);
}

let pulled = null;

function pull(event) {
  const cell = event.target.closest("[data-month]");
  if (!cell || work.querySelector("fieldset.bare").disabled) return;
  event.preventDefault();
  const row = cell.closest("[data-bar]");
  pulled = { row, from: Number(cell.dataset.month), to: Number(cell.dataset.month) };
  paint(row, pulled.from, pulled.to);
}

function pulling(event) {
  if (!pulled) return;
  const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-month]");
  if (cell?.closest("[data-bar]") === pulled.row) {
    pulled.to = Number(cell.dataset.month);
    paint(pulled.row, Math.min(pulled.from, pulled.to), Math.max(pulled.from, pulled.to));
  }
}

function pulledOut() {
  if (!pulled) return;
  const { row, from, to } = pulled;
  pulled = null;
  months(row, Math.min(from, to), Math.max(from, to));
}

async function preview(key) {
  const shown = document.getElementById("preview");
  shown.replaceChildren();
  if (!key) return;
  const response = await fetch(`${work.dataset.base}/indicator?key=${encodeURIComponent(key)}`);
  if (response.ok) shown.innerHTML = await response.text();
}

async function suppose(box) {
  const [round, part] = box.querySelector("select").value.split("|");
  const value = box.querySelector("input").value;
  const query = new URLSearchParams({ key: box.dataset.key, round, part, value });
  const response = await fetch(`${work.dataset.base}/suppose?${query}`, {
    headers: { "HX-Request": "true" },
  });
  const output = box.querySelector("output");
  if (!response.ok) return;
  const found = await response.json();
  output.textContent = found.fault || [fill(words.points, found), ...found.steps].join("\n");
}

if (work) {
  document.addEventListener("gen:drawn", () => {
    order();
    bars();
  });
  document.addEventListener("pointerdown", pull);
  document.addEventListener("pointermove", pulling);
  document.addEventListener("pointerup", pulledOut);
  document.addEventListener("change", (event) => {
    const { target } = event;
    if (target.id === "add-key") preview(target.value);
    if (target.matches("[data-month-select]")) {
      const row = target.closest("[data-bar]");
      const [first, last] = row.querySelectorAll("[data-month-select]");
      if (target === first && (last.value === "" || Number(last.value) < Number(first.value))) {
        last.value = first.value;
      }
      months(row, first.value, last.value);
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.id === "add-use") {
      const key = document.getElementById("add-key").value;
      const component = document.getElementById("add-component").value;
      if (key) done([{ do: "use", at: button.dataset.address, key, component }]);
    } else if (button.id === "add-own") {
      const name = document.getElementById("own-name").value.trim();
      const component = document.getElementById("add-component").value;
      if (name) done([{ do: "define", at: button.dataset.address, name, component }]);
    } else if (button.dataset.rounds) {
      const at = button.closest("[data-holds]").dataset.holds;
      done([{ do: "rounds", at, key: button.dataset.rounds }]);
    } else if (button.id === "new-plan") {
      const key = document.getElementById("plan-key").value;
      done([{ do: "plan", at: button.dataset.address, key }]);
    } else if ("suppose" in button.dataset) suppose(button.closest(".suppose"));
    else if (button.dataset.addRow) {
      const table = button.previousElementSibling.querySelector("table");
      const number = table.tBodies[0].rows.length + 2;
      done([{ do: "row", at: `${button.dataset.addRow}#${number}/1` }]);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.closest(".suppose input")) {
      event.preventDefault();
      suppose(event.target.closest(".suppose"));
    }
  });
  addEventListener("load", order);
  bars();
}
