// What is typed goes to the server at once, in order; what it answers is shown at the fields.

const work = document.getElementById("work");
const words = work ? JSON.parse(work.dataset.words) : {};
const PAUSE = 250;
let state = work ? JSON.parse(work.dataset.state) : null;
let waiting = [];
let timer = 0;
let chain = Promise.resolve();
let dead = false;

/** The words of a sentence with its places filled. */
export function fill(sentence, given) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => given[name] ?? whole);
}

export { work, words };

const store = work ? `gen-typed:${work.dataset.base}` : "";

/** Ask the server for something and show how the unit stands then. */
async function ask(path, body) {
  const query = new URLSearchParams(location.search);
  const response = await fetch(`${work.dataset.base}/${path}?${query}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "HX-Request": "true" },
    body: JSON.stringify(body ?? {}),
  });
  dead = false;
  if (response.status === 401) location.assign("/enter");
  const said = document.getElementById("said");
  if (!response.ok) {
    said.innerHTML = await response.text();
    return null;
  }
  said.replaceChildren();
  return response.json();
}

/** Where edits go: to the unit's own field or to the one that others share. */
export function placed(control) {
  const own = control.dataset.own;
  const scope = control.closest("[data-scope]")?.querySelector("[name^=scope-]:checked")?.value;
  return own && scope !== "all"
    ? { at: own, shared: control.dataset.at }
    : { at: control.dataset.at };
}

/** Remember an edit until the server has it; typing on in a field is one. */
export function edited(edit, key, { now = false, redraw = false } = {}) {
  waiting = waiting.filter((one) => key === null || one.key !== key);
  waiting.push({ edit, key });
  localStorage.setItem(store, JSON.stringify(waiting.map((one) => one.edit)));
  show(words.sending);
  clearTimeout(timer);
  if (now || redraw) return send(redraw);
  timer = setTimeout(() => send(false), PAUSE);
  return chain;
}

/** Send several edits as one doing. */
export function done(edits, redraw = true) {
  for (const one of edits) waiting.push({ edit: one, key: null });
  localStorage.setItem(store, JSON.stringify(waiting.map((one) => one.edit)));
  return send(redraw);
}

/** Send what waits. */
export function send(redraw = false) {
  clearTimeout(timer);
  chain = chain.then(async () => {
    const now = [...waiting]; // what is typed meanwhile waits for the next time
    if (now.length) {
      let answer;
      try {
        answer = await ask("edit", {
          edits: now.map((one) => one.edit),
          what: work.dataset.what,
        });
      } catch {
        dead = true;
        show(words.alone);
        timer = setTimeout(() => send(redraw), 2000);
        return;
      }
      waiting = waiting.filter((one) => !now.includes(one));
      if (waiting.length) localStorage.setItem(store, JSON.stringify(waiting.map((o) => o.edit)));
      else localStorage.removeItem(store);
      if (answer) stand(answer);
    }
    if (redraw) await draw();
  });
  return chain;
}

/** Something that isn't typing: saving, undo. What waits is sent before. */
async function act(path) {
  await send();
  if (dead) return;
  const answer = await ask(path).catch(() => null);
  if (!answer) return;
  stand(answer);
  if (path === "save") show(fill(words.saved, { files: answer.saved.join(", ") }));
  else await draw();
}

function show(text) {
  const stands = document.getElementById("stands");
  if (stands) stands.textContent = text;
}

/** The field that a place is: the control itself, or what holds it. */
export function field(at) {
  const controls = [...work.querySelectorAll("[data-at], [data-holds]")];
  const places = (one) => [one.dataset.at, one.dataset.own, one.dataset.holds].filter(Boolean);
  const exact = controls.filter((one) => places(one).includes(at));
  if (exact.length) return exact.find((one) => one.dataset.at) ?? exact[0];
  const within = controls.find((one) => places(one).some((a) => a.startsWith(`${at}/`)));
  if (within) return within;
  const length = (one) => Math.max(...places(one).filter((a) => at.startsWith(`${a}/`)).map((a) => a.length));
  const above = controls.filter((one) => places(one).some((a) => at.startsWith(`${a}/`)));
  return above.sort((a, b) => length(b) - length(a)).at(0) ?? null;
}

function focusable(one) {
  const inner = "input:not([type=hidden]):not([hidden]), textarea, select, button, a";
  return one.matches("input, textarea, select, button, a") ? one : one.querySelector(inner) ?? one;
}

/** Go to a field. */
export function go(at) {
  const found = field(at);
  if (!found) return false;
  const control = focusable(found);
  if (control === found && !found.matches("input, textarea, select, button, a")) {
    found.tabIndex = -1;
  }
  control.scrollIntoView({ block: "center" });
  control.focus();
  return true;
}

/** Show how the unit stands: faults at their fields, counts by task, sums, what is unsaved. */
function stand(now) {
  state = now;
  for (const old of work.querySelectorAll(".at-field")) old.remove();
  for (const old of work.querySelectorAll("[aria-invalid]")) {
    old.removeAttribute("aria-invalid");
    old.removeAttribute("aria-describedby");
  }
  const list = document.querySelector("#faults .faults");
  list.replaceChildren();
  let here = 0;
  state.faults.forEach((fault, number) => {
    const found = fault.at ? field(fault.at) : null;
    const mine = fault.task === work.dataset.task || (fault.task === "other" && !found);
    if (found && mine) mark(found, fault, `fault-${number}`);
    if (mine) {
      list.append(item(fault, found));
      here += 1;
    }
  });
  const faults = document.getElementById("faults");
  faults.hidden = !here;
  faults.querySelector(".count").textContent = here;
  counts();
  sums();
  const unsaved = document.querySelector("[data-act=save]");
  if (unsaved) {
    unsaved.disabled = !state.unsaved.length || state.outside.length > 0;
    document.querySelector("[data-act=discard]").disabled = !state.unsaved.length;
    document.querySelector("[data-act=undo]").disabled = !state.undo;
    document.querySelector("[data-act=redo]").disabled = !state.redo;
  }
  show(state.unsaved.length ? fill(words.unsaved, { files: state.unsaved.join(", ") }) : "");
  document.getElementById("outside").hidden = !state.outside.length;
  const others = document.getElementById("others");
  others.hidden = !state.others.length;
  others.textContent = fill(words.others, { who: state.others.join(", ") });
  document.dispatchEvent(new CustomEvent("gen:edited", { detail: state }));
}

function mark(found, fault, id) {
  const control = focusable(found);
  const note = document.createElement("p");
  note.className = `at-field ${fault.error ? "error" : "warning"}`;
  note.id = id;
  note.textContent = fault.message;
  if (fault.hint) {
    const hint = document.createElement("span");
    hint.className = "hint";
    hint.textContent = ` ${fault.hint}`;
    note.append(hint);
  }
  const cell = found.closest("td, th, .field, fieldset.links");
  if (cell) cell.append(note);
  else if (found.matches("section")) found.querySelector("h2, .head")?.after(note);
  else if (found.matches("tr")) found.cells[0].append(note);
  else found.parentElement.append(note);
  if (fault.error) control.setAttribute("aria-invalid", "true");
  const before = control.getAttribute("aria-describedby");
  control.setAttribute("aria-describedby", before ? `${before} ${id}` : id);
}

function item(fault, found) {
  const one = document.createElement("li");
  one.className = fault.error ? "error" : "warning";
  const said = document.createElement("p");
  said.textContent = fault.message;
  one.append(said);
  if (fault.hint) {
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = fault.hint;
    one.append(hint);
  }
  if (found) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain small";
    button.textContent = words.go;
    button.addEventListener("click", () => go(fault.at));
    one.append(button);
  } else {
    const file = document.createElement("p");
    file.className = "file";
    file.textContent = fault.file;
    one.append(file);
  }
  return one;
}

function counts() {
  for (const link of document.querySelectorAll(".tasks a")) {
    const task = link.pathname.split("/").at(-1);
    link.querySelector(".count")?.remove();
    if (state.counts[task]) {
      const count = document.createElement("span");
      count.className = "count";
      count.textContent = state.counts[task];
      link.append(" ", count);
    }
  }
}

function sums() {
  for (const one of state.sums ?? []) {
    const row = work.querySelector(`[data-sum="${CSS.escape(one.id)}"]`);
    if (!row) continue;
    row.querySelector("output").textContent = one.total;
    const mark = row.querySelector(".mark");
    mark.textContent = fill(words[one.state], { missing: one.missing });
    mark.className = `mark ${{ right: "good", open: "warn", free: "hidden" }[one.state] ?? "wrong"}`;
  }
}

/** The page's fields anew, the focus where it was. */
export async function draw(focus = null) {
  const before = document.activeElement;
  const at = focus ?? before?.dataset?.at ?? null;
  const label = before?.getAttribute?.("aria-label") ?? null;
  const response = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const main = fresh.getElementById("work");
  if (!main) return;
  const chosen = [...work.querySelectorAll("[name^=scope-]:checked")].map((o) => [o.name, o.value]);
  work.querySelector("fieldset.bare").replaceWith(main.querySelector("fieldset.bare"));
  for (const [name, value] of chosen) {
    const radio = work.querySelector(`[name="${name}"][value="${value}"]`);
    if (radio) radio.checked = true;
  }
  document.dispatchEvent(new CustomEvent("gen:drawn"));
  stand(JSON.parse(main.dataset.state));
  if (at && go(at)) return;
  const same = label && work.querySelector(`[aria-label="${CSS.escape(label)}"]`);
  if (same) same.focus();
}

/** A control's edit, as the server is told. */
function edit(control) {
  if (control.dataset.do === "mark") {
    const { at } = control.dataset;
    return { do: "mark", at, key: control.dataset.key, on: control.checked };
  }
  if (control.dataset.do === "list") return { do: "list", at: control.dataset.at, text: control.value };
  return { do: "type", ...placed(control), text: control.value };
}

/** A level's condition, as the server is told. */
function condition(cell) {
  const kind = cell.querySelector("[data-kind]").value;
  const figures = [...cell.querySelectorAll("[data-condition]")];
  const second = figures[1];
  second.hidden = kind !== "between";
  const column = cell.cellIndex + 1;
  const text = cell.parentElement.previousElementSibling.cells[column].querySelector("textarea");
  return {
    do: "condition",
    at: placed(cell).at,
    kind,
    figures: figures.filter((one) => !one.hidden).map((one) => one.value),
    words: text.value,
  };
}

if (work) {
  document.addEventListener("input", (event) => {
    const control = event.target;
    const cell = control.closest("td.condition");
    if (cell) {
      edited(condition(cell), `condition ${cell.dataset.at}`);
    } else if (control.matches("[data-at]")) {
      const now = control.matches("select, [type=checkbox]");
      const key = `${control.dataset.at} ${control.dataset.key ?? ""}`;
      edited(edit(control), key, { now, redraw: "redraw" in control.dataset });
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-at], [data-condition]")) send();
  });

  document.addEventListener("click", (event) => {
    const { dataset } = event.target.closest("button") ?? { dataset: {} };
    const scoped = (own) => event.target.closest("[data-scope]")
      ?.querySelector("[name^=scope-]:checked")?.value !== "all" && own;
    if (dataset.act) act(dataset.act);
    else if (dataset.add) {
      const at = scoped(dataset.own) ? dataset.own : dataset.add;
      const shared = at === dataset.own ? dataset.add : undefined;
      done([{ do: "add", at, shared, kind: dataset.kind }]);
    } else if (dataset.remove) {
      const own = scoped(dataset.removeOwn);
      const shared = own ? dataset.remove : undefined;
      done([{ do: "remove", at: own || dataset.remove, shared }]);
    } else if (dataset.move) done([{ do: "move", at: dataset.move, to: Number(dataset.to) }]);
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const path = { KeyS: "save", KeyZ: event.shiftKey ? "redo" : "undo", KeyY: "redo" }[event.code];
    if (path && document.querySelector(`[data-act=${path}]`)) {
      event.preventDefault();
      act(path);
    }
  });

  addEventListener("beforeunload", () => {
    if (waiting.length) {
      const body = JSON.stringify({ edits: waiting.map((one) => one.edit), what: work.dataset.what });
      const headers = { "Content-Type": "application/json", "HX-Request": "true" };
      fetch(`${work.dataset.base}/edit`, { method: "POST", headers, body, keepalive: true });
    }
  });

  document.addEventListener("focusin", (event) => {
    const held = event.target.closest("[data-at]");
    if (held) document.dispatchEvent(new CustomEvent("gen:field", { detail: held.dataset.at }));
  });

  const side = document.querySelector("[data-side]");
  const narrow = (hidden) => {
    document.querySelector(".unit").classList.toggle("alone", hidden);
    side.setAttribute("aria-pressed", String(hidden));
    dispatchEvent(new Event("resize"));
  };
  side.addEventListener("click", () => {
    const hidden = side.getAttribute("aria-pressed") !== "true";
    localStorage.setItem("gen-alone", hidden ? "1" : "");
    narrow(hidden);
  });
  narrow(localStorage.getItem("gen-alone") === "1");

  stand(state);
  const left = JSON.parse(localStorage.getItem(store) ?? "[]");
  if (left.length && document.querySelector("[data-act=save]")) done(left);
  const at = new URLSearchParams(location.search).get("at");
  if (at) go(at);
}
