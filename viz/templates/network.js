"use strict";
{
  const SHOWN = 400;
  const SMALLEST_NAMED = 2.4; // pixels; smaller nodes get their names when one comes nearer
  const ALWAYS_NAMED = 40; // of the largest
  const LARGEST_SCALE = 1.6;
  const FONT = '"Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif';
  const place = document.getElementById("network");
  const list = document.getElementById("list");
  const find = document.getElementById("find");
  const details = document.getElementById("chosen");
  const byId = new Map(NODES.map((node) => [node.id, node]));
  const touching = new Map(NODES.map((node) => [node.id, []]));
  for (const edge of EDGES) {
    touching.get(edge.from).push([edge, edge.to]);
    if (edge.to !== edge.from) touching.get(edge.to).push([edge, edge.from]);
  }
  const ordered = [...NODES].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
  const network = new vis.Network(place, { nodes: new vis.DataSet(NODES), edges: new vis.DataSet(EDGES) }, OPTIONS);
  let chosen = null;
  let hovered = null;
  let isMoved = false;

  // Everything that documents say goes into text nodes.
  function element(tag, text, kind) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function link(node) {
    const button = element("button", node.name);
    button.type = "button";
    button.addEventListener("click", () => choose(node.id, true));
    return button;
  }

  function drawList() {
    const part = find.value.trim().toLowerCase();
    const fitting = ordered.filter((node) => node.name.toLowerCase().includes(part)).slice(0, SHOWN);
    list.replaceChildren(...fitting.map((node) => {
      const item = element("li");
      const button = link(node);
      button.setAttribute("aria-pressed", String(node.id === chosen));
      item.append(button);
      return item;
    }));
  }

  function choose(id, isMoving) {
    chosen = id;
    drawList();
    details.hidden = id === null;
    if (id === null) {
      network.unselectAll();
      return;
    }
    const node = byId.get(id);
    network.selectNodes([id]);
    isMoved = isMoved || isMoving;
    if (isMoving) network.focus(id, { scale: Math.max(network.getScale(), 0.7), animation: { duration: 200 } });
    const neighbours = element("ul");
    for (const [edge, other] of touching.get(id)) {
      const item = element("li");
      item.append(link(byId.get(other)));
      if (edge.caption) item.append(element("div", edge.caption, "relation"));
      if (edge.note) item.append(element("div", edge.note, "note"));
      neighbours.append(item);
    }
    const shown = [element("h2", node.name), element("p", node.kind, "kind")];
    if (node.note) shown.push(element("p", node.note, "note"));
    details.replaceChildren(...shown, neighbours);
    details.scrollTop = 0;
  }

  // Names as many as have room, the largest nodes first, none over another.
  function drawNames(context) {
    const ratio = context.canvas.width / place.clientWidth;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const taken = [];
    const near = new Set([hovered, chosen].flatMap((id) => (id === null ? [] : [id, ...touching.get(id).map(([, other]) => other)])));
    const places = network.getPositions();
    const first = ordered.filter((node) => near.has(node.id));
    let drawn = 0;
    for (const node of ordered) {
      const radius = node.size * network.getScale();
      const { x, y } = network.canvasToDOM(places[node.id]);
      if (radius > 3) taken.push([x - radius, y - radius, x + radius, y + radius, node.id]);
    }
    const certain = new Set(ordered.slice(0, ALWAYS_NAMED));
    for (const node of new Set([...first, ...ordered])) {
      if (drawn >= 220) break;
      if (node.size * network.getScale() < SMALLEST_NAMED && !near.has(node.id) && !certain.has(node)) continue;
      const { x, y } = network.canvasToDOM(places[node.id]);
      if (x < 0 || y < 0 || x > place.clientWidth || y > place.clientHeight) continue;
      const isStrong = node.id === chosen || node.id === hovered;
      context.font = `${isStrong ? 600 : 400} 12.5px ${FONT}`;
      const text = node.name.length > 22 ? `${node.name.slice(0, 21)}…` : node.name;
      const width = context.measureText(text).width;
      const gap = node.size * network.getScale() + 4;
      const aslant = gap * 0.75;
      const middle = Math.min(Math.max(x - width / 2, 2), place.clientWidth - width - 2); // pushed in at the edges
      const box = [
        [x + gap, y - 8], [x - gap - width, y - 8], [middle, y + gap], [middle, y - gap - 16],
        [x + aslant, y + aslant - 4], [x - aslant - width, y + aslant - 4],
        [x + aslant, y - aslant - 12], [x - aslant - width, y - aslant - 12],
      ]
        .map(([left, top]) => [left, top, left + width, top + 16])
        .filter((at) => at[0] >= 0 && at[2] <= place.clientWidth && at[1] >= 0 && at[3] <= place.clientHeight)
        .find((at) => !taken.some((other) => other[4] !== node.id && other[0] < at[2] && other[2] > at[0] && other[1] < at[3] && other[3] > at[1]));
      if (!box) continue;
      taken.push(box);
      drawn += 1;
      context.strokeStyle = "rgba(252, 252, 251, 0.92)";
      context.lineWidth = 4;
      context.strokeText(text, box[0], box[1] + 8);
      context.fillStyle = "#17212b";
      context.fillText(text, box[0], box[1] + 8);
    }
    context.restore();
    place.dataset.names = String(drawn);
  }

  // The whole picture with room for the names at its edges; vis fits the circles alone.
  function fit() {
    const places = network.getPositions();
    const ends = (side, sign) => NODES.reduce((most, node) => Math.max(most, sign * places[node.id][side] + node.size), -Infinity);
    const [right, left, bottom, top] = [ends("x", 1), ends("x", -1), ends("y", 1), ends("y", -1)];
    if (!NODES.length) return;
    const room = { x: Math.min(130, place.clientWidth * 0.16), y: 36 };
    const across = (place.clientWidth - 2 * room.x) / (left + right);
    const down = (place.clientHeight - 2 * room.y) / (top + bottom);
    network.moveTo({ position: { x: (right - left) / 2, y: (bottom - top) / 2 }, scale: Math.min(across, down, LARGEST_SCALE) });
  }

  network.on("afterDrawing", drawNames);
  network.on("resize", () => setTimeout(() => { if (!isMoved) fit(); }));
  for (const way of ["dragEnd", "zoom"]) network.on(way, () => { isMoved = true; });
  network.on("click", ({ nodes }) => choose(nodes.length ? nodes[0] : null, false));
  network.on("hoverNode", ({ node }) => { hovered = node; network.redraw(); });
  network.on("blurNode", () => { hovered = null; network.redraw(); });
  find.addEventListener("input", drawList);
  drawList();
  fit();
}
