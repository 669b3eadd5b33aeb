// A triangle whose point sets three typed shares: dragged, touched, or moved with the arrows. The typed shares stay the
// true way: this file only writes in them, and fields.js saves them.
(() => {
  const MOVES = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [1, 1], ArrowRight: [2, 1] };
  const NAMES = ["richesses humaines", "ressources financières", "alliances"];

  // Three weights, the parts of one → whole numbers that make 100, each at most one from its exact share.
  const whole = (weights) => {
    const exact = weights.map((weight) => weight * 100);
    const shares = exact.map(Math.floor);
    const order = [0, 1, 2].sort((a, b) => (exact[b] - shares[b]) - (exact[a] - shares[a]));
    for (let rest = 100 - shares[0] - shares[1] - shares[2], rank = 0; rest > 0; rest -= 1, rank += 1) shares[order[rank % 3]] += 1;
    return shares;
  };
  // What a pillar wins, the larger of the two others loses; what it loses, the smaller one wins.
  const moved = (shares, pillar, by) => {
    const next = [...shares];
    const others = [0, 1, 2].filter((rank) => rank !== pillar);
    for (let left = Math.abs(by); left > 0; left -= 1) {
      others.sort((a, b) => next[b] - next[a]);
      const [giver, taker] = by > 0 ? [others[0], pillar] : [pillar, others[1]];
      if (next[giver] === 0) break;
      next[giver] -= 1;
      next[taker] += 1;
    }
    return next;
  };

  const attach = (drag) => {
    const field = drag.closest(".aim") && drag.closest(".aim").querySelector("[data-field]");
    if (!field) return;
    const [svg, point, ring] = [drag.querySelector("svg"), drag.querySelector("[data-point]"), drag.querySelector("[data-ring]")];
    const corners = drag.querySelector("[data-corners]").getAttribute("points").split(" ").map((pair) => pair.split(",").map(Number));
    const inputs = [...field.querySelectorAll(".shares input")];
    const place = (element, shares) => {
      const [x, y] = [0, 1].map((axis) => corners.reduce((sum, corner, rank) => sum + corner[axis] * shares[rank] / 100, 0));
      element.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    };
    // null until three shares make 100.
    const typed = () => {
      const shares = inputs.map((input) => (/^\d{1,3}$/.test(input.value.trim()) ? Number(input.value) : NaN));
      return shares.reduce((sum, share) => sum + share, 0) === 100 ? shares : null;
    };
    const figure = document.querySelector("[data-now]");
    const today = figure && figure.dataset.now ? whole(figure.dataset.now.split(" ").map((share) => share / figure.dataset.now.split(" ").reduce((sum, one) => sum + Number(one), 0))) : null;
    const current = () => typed() || today || [34, 33, 33];

    const show = () => {
      const shares = typed();
      place(point, shares || current());
      ring.setAttribute("stroke-dasharray", shares ? "none" : "5 4");
      point.setAttribute("aria-valuenow", (shares || current())[0]);
      point.setAttribute("aria-valuetext", shares ? NAMES.map((name, rank) => `${name} ${shares[rank]} %`).join(", ") : "non posé");
    };
    const set = (shares, done) => {
      inputs.forEach((input, rank) => { input.value = shares[rank]; });
      inputs[0].dispatchEvent(new Event("input", { bubbles: true }));
      if (done) inputs[0].dispatchEvent(new Event("change", { bubbles: true }));
    };

    // Where the pointer is, as three weights: outside, the nearest place inside.
    const weights = (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const [[x1, y1], [x2, y2], [x3, y3]] = corners;
      const area = (y2 - y3) * (x1 - x3) + (x3 - x2) * (y1 - y3);
      const first = ((y2 - y3) * (at.x - x3) + (x3 - x2) * (at.y - y3)) / area;
      const second = ((y3 - y1) * (at.x - x3) + (x1 - x3) * (at.y - y3)) / area;
      const kept = [first, second, 1 - first - second].map((weight) => Math.max(0, weight));
      const sum = kept.reduce((total, weight) => total + weight, 0);
      return kept.map((weight) => weight / sum);
    };
    let held = false;
    point.addEventListener("pointerdown", (event) => {
      held = true;
      point.setPointerCapture(event.pointerId);
      point.focus();
      event.preventDefault();
    });
    point.addEventListener("pointermove", (event) => { if (held) set(whole(weights(event)), false); });
    ["pointerup", "pointercancel"].forEach((name) => point.addEventListener(name, () => {
      if (held) inputs[0].dispatchEvent(new Event("change", { bubbles: true }));
      held = false;
    }));
    svg.addEventListener("click", (event) => { if (!point.contains(event.target)) set(whole(weights(event)), true); });
    point.addEventListener("keydown", (event) => {
      const move = MOVES[event.key];
      if (!move || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      set(moved(current(), move[0], move[1] * (event.shiftKey ? 5 : 1)), false);
    });
    field.addEventListener("input", show);
    field.addEventListener("field:put", show);
    if (today) {
      const dot = drag.querySelector("[data-today]");
      place(dot, today);
      dot.setAttribute("visibility", "visible");
    }
    drag.hidden = false;
    show();
  };
  document.querySelectorAll("[data-triangle]").forEach(attach);
})();
