// Scores beside results: shown anew after each edit; what others would come to is asked, not kept.

import { draw, work } from "./editing.js";

function lines(texts) {
  return texts.map((text) => {
    const line = document.createElement("p");
    line.textContent = text;
    return line;
  });
}

document.addEventListener("gen:edited", ({ detail: state }) => {
  for (const [key, score] of Object.entries(state.scores ?? {})) {
    const card = document.getElementById(`result-${key}`);
    if (!card) continue;
    card.querySelector(".score output").textContent = score.figures[0] || "–";
    card.querySelector(".why .lines").replaceChildren(...lines(score.lines));
  }
  const totals = document.getElementById("totals");
  if (state.totals?.length) totals.replaceChildren(...lines(state.totals.flat()));
});

// A new piece of evidence has a field behind it for the next one.
work?.addEventListener("change", (event) => {
  if ("again" in event.target.dataset && event.target.value) draw();
});

let asking = 0;
work?.addEventListener("input", (event) => {
  if (!event.target.dataset.if) return;
  clearTimeout(asking);
  asking = setTimeout(suppose, 250);
});

async function suppose() {
  const shown = document.getElementById("supposed");
  const query = new URLSearchParams(location.search);
  for (const field of work.querySelectorAll("[data-if]")) {
    if (field.value.trim()) query.append("if", `${field.dataset.if}=${field.value.trim()}`);
  }
  shown.hidden = !query.has("if");
  if (shown.hidden) return;
  const answer = await fetch(`${work.dataset.base}/suppose?${query}`, { headers: { "HX-Request": "true" } });
  const said = document.getElementById("said");
  if (!answer.ok) {
    said.innerHTML = await answer.text();
    return;
  }
  said.replaceChildren();
  const found = await answer.json();
  const words = JSON.parse(shown.dataset.words);
  const rows = found.rows.map((row) => [row.name, row.before.join(" · "), row.after.join(" · ")]);
  for (const one of found.totals) {
    ["total", "percent", "grade"].forEach((name, n) => rows.push([words[name], one.before[n], one.after[n]]));
  }
  shown.querySelector("tbody").replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement("tr");
      row.append(
        ...cells.map((text, index) => {
          const cell = document.createElement(index ? "td" : "th");
          if (!index) cell.scope = "row";
          cell.textContent = text;
          return cell;
        }),
      );
      return row;
    }),
  );
}
