// Rows of a table by words, level and state, as they are typed and chosen.

const form = document.querySelector("[data-filter-of]");
const make = document.querySelector("form [name=units]")?.form;
const said = form.querySelector("[data-filtered]");

function apply() {
  const body = document.getElementById(form.dataset.filterOf);
  const words = form.words.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const shown = [];
  for (const row of body.rows) {
    if (row.dataset.level === undefined) continue;
    const text = row.textContent.toLocaleLowerCase();
    const fits =
      words.every((word) => text.includes(word)) &&
      (!form.level.value || row.dataset.level === form.level.value) &&
      (!form.state.value || row.dataset.state.split(" ").includes(form.state.value));
    row.hidden = !fits;
    if (fits) shown.push(row.dataset.unit);
  }
  const all = shown.length === body.rows.length;
  said.value = all ? "" : `${shown.length} / ${body.rows.length}`;
  if (!make) return;
  // What is made is what is shown.
  const only = make.querySelector("[data-only]");
  make.units.value = all ? "" : shown.join(",");
  make.querySelector("button").disabled = !shown.length;
  only.value = all ? "" : only.dataset.words.replace("{number}", shown.length);
}

form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("htmx:afterSettle", apply);
apply();
