"use strict";
{
  const SHOWN = 400;
  const SMALLEST_NAMED = 2.4; // pixels; smaller nodes get their names when one comes nearer
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
      if (radius > 5) taken.push([x - radius, y - radius, x + radius, y + radius, node.id]);
    }
    for (const node of new Set([...first, ...ordered])) {
      if (drawn >= 220) break;
      if (node.size * network.getScale() < SMALLEST_NAMED && !near.has(node.id)) continue;
      const { x, y } = network.canvasToDOM(places[node.id]);
      if (x < 0 || y < 0 || x > place.clientWidth || y > place.clientHeight) continue;
      const isStrong = node.id === chosen || node.id === hovered;
      context.font = `${isStrong ? 600 : 400} 12.5px ${FONT}`;
      const text = node.name.length > 22 ? `${node.name.slice(0, 21)}…` : node.name;
      const width = context.measureText(text).width;
      const gap = node.size * network.getScale() + 4;
      const box = [[x + gap, y - 8], [x - gap - width, y - 8], [x - width / 2, y + gap], [x - width / 2, y - gap - 16]]
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

  network.on("afterDrawing", drawNames);
  network.on("click", ({ nodes }) => choose(nodes.length ? nodes[0] : null, false));
  network.on("hoverNode", ({ node }) => { hovered = node; network.redraw(); });
  network.on("blurNode", () => { hovered = null; network.redraw(); });
  find.addEventListener("input", drawList);
  drawList();
  network.fit({ animation: false });
}
