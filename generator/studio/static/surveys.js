// Bars of what was counted; the figures stand in the table beside each.

let drawn = false;
addEventListener("DOMContentLoaded", draw);
if (document.readyState !== "loading") draw();

function draw() {
  if (drawn || !window.Chart) return;
  drawn = true;
  window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  window.Chart.defaults.font.size = 14;
  for (const canvas of document.querySelectorAll("[data-chart]")) {
    const answers = JSON.parse(canvas.dataset.chart);
    new window.Chart(canvas, {
      type: "bar",
      data: {
        labels: answers.map(([words]) => words),
        datasets: [{ data: answers.map(([, times]) => times), backgroundColor: "#1f3a68" }],
      },
      options: {
        indexAxis: "y",
        animation: false,
        maintainAspectRatio: false,
        plugins: { legend: { display: false } },
        scales: { x: { beginAtZero: true, ticks: { precision: 0 } } },
      },
    });
  }
}
