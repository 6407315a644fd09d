/** What is shown of a node, as a side panel or as a page: facts, quotes, neighbours by relation. */

import { type Neighbour, type NeighbourPage, type NodeDetail, type Properties, type Value, address, get } from "./api";
import { chip, classChip } from "./chips";
import { type Child, dot, h } from "./dom";
import { quotes, segments } from "./evidence";
import { baseline, figure, nameBeside } from "./figures";
import { classColor, count, propertyCaption, propertyNames, relationCaption, t, valueCaption } from "./language";
import { show } from "./pending";
import { href } from "./route";

/** Properties that have a place of their own, or that only machines read. */
const ELSEWHERE = new Set([
  "name", "title", "comparator", "value", "value_max", "year", "baseline_value", "baseline_year", "text", "start", "end",
  "statement", "sha256", "document", "order", "period_end", "kind", "origin", "review",
]);
const ACTORS = new Set(["Institution", "Enterprise", "ActorGroup", "Organization", "Region", "City"]);
const CHAIN_PARAMETER: Readonly<Record<string, string>> = { Policy: "policy", Goal: "goal", Measure: "measure" };
const NEIGHBOURS = 100;

/** The node whole, fetched. */
export function nodeDetail(id: string): Promise<NodeDetail> {
  return get<NodeDetail>(`nodes/${encodeURIComponent(id)}`);
}

/** Head of a node: class, name, figure. */
export function nodeHead(node: NodeDetail, tag: "h1" | "h2"): HTMLElement {
  const shown = figure(node.properties);
  const base = baseline(node.properties);
  const kind = node.properties["kind"];
  return h(
    "header",
    { class: "node-head" },
    h("div", { class: "chips" }, classChip(node.label), typeof kind === "string" && chip(valueCaption("kind", kind))),
    h(tag, { lang: "zh-CN", class: "node-name", tabindex: "-1" }, nameBeside(node)),
    (shown || base) &&
      h("p", { class: "node-figure" }, h("span", { class: "figure" }, shown), base && h("span", { class: "figure-base" }, `${t("baseline")} ${base}`)),
  );
}

/** Links that lead on from a node. */
export function nodeLinks(node: NodeDetail, { isPanel }: { isPanel: boolean }): HTMLElement {
  const parameter = CHAIN_PARAMETER[node.label] ?? (ACTORS.has(node.label) ? "actor" : null);
  const isPartner = ACTORS.has(node.label) && node.label !== "ActorGroup";
  return h(
    "p",
    { class: "node-links" },
    isPanel && h("a", { href: href("node", {}, node.id) }, t("open_page")),
    parameter && h("a", { href: href("chains", { [parameter]: node.id }) }, t("see_chains")),
    isPartner && !isPanel && h("a", { href: href("network", { node: node.id }) }, t("see_network")),
    h("span", { class: "exports" }, t("export_around"), ["html", "csv", "json"].map((format) =>
      h("a", { href: address("subgraph", { seed: node.id, depth: 1, format }), download: true }, format))),
  );
}

/** Facts and quotes of the node itself; `most`: so many quotes, the others on demand. */
export function nodeFacts(node: NodeDetail, most = Infinity): Child {
  const text = node.properties["text"];
  const origin = node.properties["origin"];
  return [
    propertyList(node),
    typeof text === "string" && h("p", { class: "passage-text", lang: "zh-CN" }, segments([{ text, mark: false }])),
    node.disagreements.length > 0 && [
      h("h3", {}, t("otherwise")),
      h("ul", { class: "otherwise" }, node.disagreements.map((other) =>
        h("li", { lang: "zh-CN" }, `${propertyCaption(other.property)}: ${plain(other.property, other.value)} `, h("small", {}, t("otherwise_by", { batch: other.batch_title }))))),
    ],
    node.label !== "Passage" && node.label !== "Document" && [
      h("h3", {}, t("evidence")),
      node.evidence_total > 0
        ? quotes(node.id, node.evidence.slice(0, most), node.evidence_total)
        : h("p", { class: "quiet" }, t("no_evidence", { origin: valueCaption("origin", String(origin ?? "")) })),
    ],
  ];
}

/** Neighbours by relation, each with its quotes on demand; fetched. `types`: of these relations only. */
export function neighbours(id: string, types: readonly string[] = []): HTMLElement {
  const place = h("div", { class: "neighbours" });
  const groups = new Map<string, Neighbour[]>();
  const ask = (cursor: string | null): Promise<NeighbourPage> =>
    get<NeighbourPage>(`nodes/${encodeURIComponent(id)}/neighbours`, { types, limit: NEIGHBOURS, cursor });
  const load = (cursor: string | null): void =>
    void show(place, () => ask(cursor), (page) => {
      for (const item of page.items) {
        const key = `${item.edge.type} ${item.edge.source === id ? "out" : "in"}`;
        groups.set(key, [...(groups.get(key) ?? []), item]);
      }
      if (groups.size === 0) return h("p", { class: "quiet" }, t("no_relations"));
      const more = page.next === null ? null : h("button", { type: "button", class: "button", on: { click: () => load(page.next) } }, t("more"));
      const totals = new Map(page.totals.map(({ type, direction, count: number }) => [`${type} ${direction}`, number]));
      const number = (key: string): string => `${count(totals.get(key) ?? 0)}${page.exact ? "" : "+"}`;
      return [[...groups].map(([key, items]) => group(key, items, number(key))), more];
    });
  load(null);
  return place;
}

function group(key: string, items: readonly Neighbour[], number: string): HTMLElement {
  const [type = "", way] = key.split(" ");
  return h(
    "section",
    { class: "relation" },
    h("h4", {}, relationCaption(type, way === "in"), h("span", { class: "number" }, number)),
    h("ul", {}, items.map(neighbour)),
  );
}

function neighbour({ edge, node }: Neighbour): HTMLElement {
  const notes = ["role", "kind", "platform", "activity", "year"].flatMap((name) => {
    const value = edge.properties[name];
    return value === undefined ? [] : [plain(name, value)];
  });
  const isGoal = node.label === "Goal";
  const body = h("div", { class: "neighbour-quotes", hidden: true });
  return h(
    "li",
    { class: "neighbour" },
    dot(classColor(node.label)),
    h(
      "div",
      {},
      h("a", { href: href("node", {}, node.id), lang: "zh-CN" }, nameBeside(node)),
      isGoal && h("span", { class: "figure" }, figure(node.properties)),
      notes.length > 0 && h("p", { class: "quiet", lang: "zh-CN" }, notes.join("，")),
    ),
    edge.evidence_total > 0 && quoteButton(body, () => quotes(edge.id, edge.evidence, edge.evidence_total)),
    body,
  );
}

/** A button that opens and closes the quotes in the element below it. */
function quoteButton(body: HTMLElement, make: () => Node): HTMLButtonElement {
  const button = h("button", { type: "button", class: "quote-button", "aria-expanded": "false" }, t("quote"));
  button.addEventListener("click", () => {
    if (!body.hasChildNodes()) body.append(make());
    body.hidden = !body.hidden;
    button.setAttribute("aria-expanded", String(!body.hidden));
  });
  return button;
}

function propertyList(node: NodeDetail): Child {
  const { properties } = node;
  const isShown = (name: string): boolean => properties[name] !== undefined && !ELSEWHERE.has(name);
  const names = propertyNames().filter(isShown);
  if (names.length === 0) return null;
  return h("dl", { class: "facts" }, names.map((name) => {
    const isInferred = node.inferred.includes(name);
    return h("div", {}, h("dt", {}, propertyCaption(name)), h("dd", { lang: "zh-CN" }, factText(name, properties), isInferred && chip(t("inferred"))));
  }));
}

function factText(name: string, properties: Properties): string {
  const upper = properties["period_end"];
  if (name === "period_start" && upper !== undefined) return `${String(properties[name])}–${String(upper)}`;
  return plain(name, properties[name] ?? "");
}

function plain(property: string, value: Value): string {
  if (typeof value === "object") return value.join(property === "section" ? " › " : "、");
  return typeof value === "number" ? String(value) : valueCaption(property, String(value));
}
