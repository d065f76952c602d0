// Rows of a table by words, level and state, as they are typed and chosen.

const form = document.querySelector("[data-filter-of]");
const said = form.querySelector("[data-filtered]");

function apply() {
  const body = document.getElementById(form.dataset.filterOf);
  const words = form.words.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of body.rows) {
    if (row.dataset.level === undefined) continue;
    const text = row.textContent.toLocaleLowerCase();
    const fits =
      words.every((word) => text.includes(word)) &&
      (!form.level.value || row.dataset.level === form.level.value) &&
      (!form.state.value || row.dataset.state.split(" ").includes(form.state.value));
    row.hidden = !fits;
    shown += fits;
  }
  said.value = shown === body.rows.length ? "" : `${shown} / ${body.rows.length}`;
}

form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("htmx:afterSettle", apply);
apply();
