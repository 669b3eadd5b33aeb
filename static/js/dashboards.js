// « Explorer » : le même tableau, dessiné par Plotly, quand on le demande. Le dessin de la page et son tableau restent.
(() => {
  "use strict";
  const FAILED = "Ce dessin n’a pas pu se charger. Celui de la page et le tableau disent la même chose.";
  let library = null;

  const load = (address) => {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => { library = null; script.remove(); reject(new Error("plotly")); };
      document.head.append(script);
    });
    return library;
  };

  const read = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const config = { displayModeBar: false, displaylogo: false, responsive: true, locale: "fr", scrollZoom: false, doubleClick: false, showTips: false };

  const open = async (box) => {
    const plot = box.querySelector(".rel-plot");
    const told = box.querySelector("[role=status]");
    told.textContent = "Chargement…";
    try {
      const [Plotly, figure] = await Promise.all([load(box.dataset.plotly), read(box.dataset.explore)]);
      plot.hidden = false;
      await Plotly.newPlot(plot, figure.data, figure.layout, config);
      told.textContent = "";
      return true;
    } catch {
      plot.hidden = true;
      told.textContent = FAILED;
      return false;
    }
  };

  for (const box of document.querySelectorAll("[data-explore]")) {
    const button = box.querySelector("button");
    const plot = box.querySelector(".rel-plot");
    let busy = false;
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (busy) return;
      if (button.getAttribute("aria-expanded") === "true") {
        window.Plotly.purge(plot);
        plot.hidden = true;
        button.setAttribute("aria-expanded", "false");
        return;
      }
      busy = true;
      button.setAttribute("aria-expanded", String(await open(box)));
      busy = false;
    });
  }
})();
