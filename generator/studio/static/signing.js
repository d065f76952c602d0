// A PDF that is dropped is looked at where it falls; without a mouse it is chosen as any file.

const form = document.getElementById("verify");
const verdict = document.getElementById("verdict");
const input = document.getElementById("verify-file");

for (const name of ["dragenter", "dragover"]) {
  form.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  look();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  look();
});

async function look() {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "HX-Request": "true" },
  });
  const text = await answer.text();
  (answer.ok ? verdict : document.getElementById("said")).innerHTML = text;
}
