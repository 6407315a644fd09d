/** The first page: the search box, what the graph holds, and the two pictures of it. */

import { type Stats, address, get } from "../api";
import { type Child, dot, h } from "../dom";
import { classCaption, classColor, count, t } from "../language";
import { show } from "../pending";
import { go, href } from "../route";
import { suggestInput } from "../suggest";
import type { MakeView } from "./view";

const COUNTED = ["Policy", "Goal", "Measure", "Institution", "Enterprise", "ActorGroup", "City", "Region"] as const;
const FORMATS = ["json", "jsonl", "csv", "neo4j-admin", "html"] as const;
const ZIPPED = ["csv", "neo4j-admin"];

export const home: MakeView = (root) => {
  const search = suggestInput({
    id: "home-search",
    label: t("search_hint"),
    onPick: (node) => go(href("node", {}, node.id)),
    onEnter: (q) => go(href("search", { q })),
  });
  const numbers = h("div", { class: "home-numbers" });
  root.append(
    h(
      "div",
      { class: "home" },
      h("h1", {}, t("title")),
      h("p", { class: "tagline" }, t("tagline")),
      h("div", { class: "home-search", role: "search" }, search.root),
      numbers,
      h(
        "div",
        { class: "home-tiles" },
        tile("chains", t("chains"), t("home_chains"), fourColumns()),
        tile("network", t("network"), t("home_network"), smallNetwork()),
      ),
    ),
  );
  search.input.focus({ preventScroll: true });
  void show(numbers, () => get<Stats>("stats"), statistics);
  return { title: () => "", update: () => undefined };
};

function statistics(stats: Stats): Child {
  const present = COUNTED.filter((label) => (stats.nodes[label] ?? 0) > 0);
  return [
    h(
      "dl",
      { class: "counts" },
      present.map((label) =>
        h(
          "div",
          {},
          h("dt", {}, dot(classColor(label)), classCaption(label)),
          h("dd", {}, count(stats.nodes[label] ?? 0)),
        ),
      ),
    ),
    h(
      "p",
      { class: "home-documents" },
      t("home_documents", { documents: count(stats.documents), claims: count(stats.claims) }),
      h("span", { class: "exports" }, t("export_all"), FORMATS.map(exportLink)),
    ),
  ];
}

function exportLink(format: string): HTMLElement {
  const ending = ZIPPED.includes(format) ? "zip" : format;
  return h("a", { href: address("export", { format }), download: `policygraph.${ending}` }, format);
}

function tile(view: "chains" | "network", title: string, text: string, picture: Node): HTMLElement {
  return h("a", { class: "tile", href: href(view) }, picture, h("strong", {}, title), h("span", {}, text));
}

const SVG = "http://www.w3.org/2000/svg";

function drawing(width: number, height: number): (name: string, attributes: Record<string, string | number>) => SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("aria-hidden", "true");
  return (name, attributes) => {
    if (name === "svg") return svg;
    const shape = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
    svg.append(shape);
    return shape;
  };
}

function fourColumns(): Node {
  const draw = drawing(320, 72);
  const colors = ["Policy", "Goal", "Measure", "Institution"].map(classColor);
  const rows = [16, 36, 56];
  for (const x of [44, 122, 200]) for (const y of rows) draw("path", { d: `M${x + 26} ${x === 44 ? 36 : y}H${x + 52}`, stroke: "#b6c2ce" });
  colors.forEach((fill, column) => {
    for (const y of column === 0 ? [36] : rows) {
      draw("rect", { x: 18 + column * 78, y: y - 7, width: 52, height: 14, rx: 4, fill, opacity: y === 36 ? 1 : 0.55 });
    }
  });
  return draw("svg", {});
}

function smallNetwork(): Node {
  const draw = drawing(320, 72);
  const points: [number, number, string, number][] = [
    [160, 36, "Institution", 11], [112, 20, "Enterprise", 7], [118, 56, "Enterprise", 6], [206, 18, "City", 8],
    [214, 54, "Enterprise", 6], [262, 32, "Institution", 6], [66, 38, "Institution", 6], [246, 62, "Enterprise", 4],
    [36, 18, "City", 4], [290, 12, "City", 4],
  ];
  const lines = [[0, 1], [0, 2], [0, 3], [0, 4], [3, 5], [4, 5], [1, 6], [2, 6], [4, 7], [6, 8], [5, 9]];
  for (const [a = 0, b = 0] of lines) {
    const [from, to] = [points[a], points[b]];
    if (from && to) draw("path", { d: `M${from[0]} ${from[1]}L${to[0]} ${to[1]}`, stroke: "#b6c2ce" });
  }
  for (const [cx, cy, label, r] of points) draw("circle", { cx, cy, r, fill: classColor(label) });
  return draw("svg", {});
}
