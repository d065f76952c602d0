// The page beside what is typed: asked for when a field is entered or changed, shown as it comes.
//
// The server answers with a line of JSON, and with a second one where the rest of the document
// changes the page. A newer question ends an older one.

const beside = document.getElementById("beside");
if (beside) start(beside);

function start(beside) {
  const words = JSON.parse(beside.dataset.words);
  const { base, kind, round, survey } = beside.dataset;
  const picture = document.getElementById("beside-picture");
  const boxes = document.getElementById("beside-boxes");
  const sheet = document.getElementById("beside-sheet");
  const said = document.getElementById("beside-said");
  const faults = document.getElementById("beside-faults");
  const number = document.getElementById("beside-number");
  const count = document.getElementById("beside-count");
  const tab = crypto.randomUUID();
  const here = `${base}/${kind}/${round}/${survey}`;
  const state = { page: Number(sessionStorage.getItem(here)) || 1, at: "", pages: 0, zoom: 1, fields: [], on: -1 };
  let asking = null;
  let waiting = 0;

  const fill = (text, given) => text.replace(/\{(\w+)\}/g, (_, name) => given[name]);

  // A field is asked for by its address; `follow` turns to the page that it stands on.
  function ask({ follow = false, after = 0 } = {}) {
    clearTimeout(waiting);
    waiting = setTimeout(() => fetchPage(follow), after);
  }

  async function fetchPage(follow) {
    asking?.abort();
    asking = new AbortController();
    const mine = asking;
    const inches = (state.size?.[0] ?? 210) / 25.4;
    const dots = (sheet.clientWidth * state.zoom * devicePixelRatio) / inches;
    const query = new URLSearchParams({ kind, round, survey, tab, page: state.page, dots: Math.round(dots) });
    if (follow && state.at) query.set("at", state.at);
    sheet.setAttribute("aria-busy", "true");
    said.textContent = words.drawing;
    try {
      const answer = await fetch(`${base}/page?${query}`, { signal: mine.signal });
      if (answer.status === 401) return location.assign("/enter");
      if (!answer.ok) throw new Error(String(answer.status));
      let rest = "";
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { value, done } = await reader.read();
        if (done || mine.signal.aborted) break;
        const lines = (rest + value).split("\n");
        rest = lines.pop();
        for (const line of lines) await show(JSON.parse(line), follow);
      }
    } catch (error) {
      if (error.name !== "AbortError") said.textContent = words.alone;
    } finally {
      if (asking === mine) sheet.removeAttribute("aria-busy");
    }
  }

  async function show(page, follow) {
    faults.replaceChildren(...page.faults.map(asFault));
    if (!page.picture) {
      said.textContent = "";
      return;
    }
    const bytes = Uint8Array.from(atob(page.picture), (sign) => sign.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
    const drawn = new Image();
    drawn.src = address;
    await drawn.decode();
    if (picture.src) URL.revokeObjectURL(picture.src);
    picture.src = address;
    picture.hidden = false;
    picture.style.width = `${state.zoom * 100}%`;
    boxes.style.width = `${state.zoom * 100}%`;
    boxes.style.height = `${(picture.clientWidth * page.size[1]) / page.size[0]}px`;
    Object.assign(state, { page: page.page, pages: page.pages, size: page.size, fields: page.fields, on: -1 });
    sessionStorage.setItem(here, String(page.page));
    number.value = page.page;
    count.textContent = `/ ${page.pages}`;
    picture.alt = fill(words.page, page);
    said.textContent = follow && state.at && !page.found ? words.not : fill(words.drawn, page);
    boxes.replaceChildren(...page.fields.map((field, index) => box(field, index, page.size)));
    if (follow) boxes.querySelector(".here")?.scrollIntoView({ block: "nearest" });
    beside.dataset.shown = String(Number(beside.dataset.shown ?? 0) + 1);
  }

  function box(field, index, size) {
    const found = document.createElement("span");
    const [left, top, width, height] = field.box;
    found.style.left = `${(left / size[0]) * 100}%`;
    found.style.top = `${(top / size[1]) * 100}%`;
    found.style.width = `${(width / size[0]) * 100}%`;
    found.style.height = `${(height / size[1]) * 100}%`;
    found.className = state.at && isOf(field.at, state.at) ? "here" : "";
    found.dataset.index = index;
    found.dataset.of = field.at;
    return found;
  }

  // A short way to write a field (weight: 5) is shown at the long one (weight: {all: 5}).
  function isOf(one, other) {
    return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
  }

  function asFault(fault) {
    const item = document.createElement("li");
    const text = document.createElement("p");
    text.textContent = `${fault.message} ${fault.hint ?? ""}`;
    item.append(text);
    return item;
  }

  // From the page to its field: here, or on the page of the task that it belongs to.
  function jump(field) {
    const places = [...document.querySelectorAll("main [data-at]")];
    const there = places.find((one) => one.dataset.at === field.at || one.dataset.own === field.at) ??
      places.find((one) => isOf(one.dataset.at, field.at));
    if (there) {
      there.focus();
      there.scrollIntoView({ block: "center" });
    } else {
      location.assign(`${base}/go?${new URLSearchParams({ at: field.at })}`);
    }
  }

  function turn(to) {
    const wanted = Math.min(Math.max(to, 1), state.pages || 1);
    if (wanted === state.page) return;
    state.page = wanted;
    ask();
  }

  boxes.addEventListener("click", (event) => {
    const found = event.target.closest("span");
    if (found) jump(state.fields[found.dataset.index]);
  });
  beside.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.turn) turn(state.page + Number(button.dataset.turn));
    if (button?.dataset.zoom) {
      state.zoom = Math.min(Math.max(state.zoom + 0.25 * Number(button.dataset.zoom), 0.5), 3);
      ask();
    }
  });
  number.addEventListener("change", () => turn(Number(number.value) || state.page));
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "PageDown" || event.key === "ArrowRight") turn(state.page + 1);
    else if (event.key === "PageUp" || event.key === "ArrowLeft") turn(state.page - 1);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && state.on >= 0) jump(state.fields[state.on]);
    else return;
    event.preventDefault();
  });

  // By keyboard from field to field of the page; what it says is read out.
  function walk(step) {
    if (!state.fields.length) return;
    state.on = (state.on + step + state.fields.length) % state.fields.length;
    for (const one of boxes.children) one.classList.toggle("on", Number(one.dataset.index) === state.on);
    boxes.children[state.on].scrollIntoView({ block: "nearest" });
    said.textContent = state.fields[state.on].text;
  }

  document.addEventListener("gen:field", ({ detail: at }) => {
    if (at === state.at) return;
    state.at = at;
    ask({ follow: true, after: 60 });
  });
  // Whoever sends what was typed says when the server has it.
  document.addEventListener("gen:edited", () => ask({ follow: Boolean(state.at) }));

  state.at = new URLSearchParams(location.search).get("at") ?? "";
  ask({ follow: Boolean(state.at) });
}
