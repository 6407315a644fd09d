/** The partnership network: filters and a list on the left, the picture, and the chosen node on the right. */

import { type Partner, type Partnership, type PartnershipNetwork, get } from "../api";
import { type Child, dot, fill, h, refill } from "../dom";
import { classCaption, classColor, count, t, valueCaption } from "../language";
import { type Positions, layout } from "../network/layout";
import { Picture, type Shown, edgeKey } from "../network/picture";
import { neighbours, nodeDetail, nodeFacts, nodeHead, nodeLinks } from "../node";
import { nothing, show } from "../pending";
import { type Route, changed, go } from "../route";
import { suggestInput } from "../suggest";
import type { MakeView } from "./view";

const MOST = 2000;
const LISTED = 300;
const PANEL_QUOTES = 2;
const KINDS = ["joint_school", "industry_college", "order_class", "training_base", "research", "service", "apprenticeship", "alliance", "overseas", "other"] as const;

/** Kept, so that a change of language or coming back paints at once. */
const positionsOf = new WeakMap<PartnershipNetwork, Positions>();

interface Filter {
  kind: string;
  least: number;
  hidden: ReadonlySet<string>;
  region: string;
}

export const network: MakeView = (root, first) => {
  const place = new NetworkPlace(root);
  place.update(first);
  return { title: () => t("network"), update: (route) => place.update(route), destroy: () => place.destroy() };
};

class NetworkPlace {
  private readonly tools = h("div", { class: "tools" });
  private readonly list = h("div", { class: "node-list" });
  private readonly canvas = h("div", { class: "canvas", role: "img", "aria-label": t("network_label") });
  private readonly status = h("div", { class: "canvas-status", role: "status" });
  private readonly panel = h("aside", { class: "panel", hidden: true });
  private readonly frame: HTMLElement;
  private readonly stage: HTMLElement;
  private picture: Picture | null = null;
  private data: PartnershipNetwork | null = null;
  private asked = "";
  private listed = "";
  private chosen = "";
  private isGone = false;

  constructor(root: HTMLElement) {
    this.stage = h("div", { class: "stage" }, this.canvas, this.status, this.zoomButtons());
    this.frame = h("div", { class: "network" }, h("div", { class: "rail" }, this.tools, this.list), this.stage, this.panel);
    root.append(this.frame);
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.choose(null);
    });
  }

  update(route: Route): void {
    const filter = filterOf(route.params);
    void this.load(filter).then(() => this.apply(filter, route.params.get("node") ?? ""));
  }

  destroy(): void {
    this.isGone = true;
    this.picture?.destroy();
  }

  /** Fetches whole, and narrowed by the server only where the whole is too much to draw. */
  private async load(filter: Filter): Promise<void> {
    const whole = { limit: MOST, region: filter.region };
    const narrow = { ...whole, kind: filter.kind, min_weight: filter.least > 1 ? filter.least : null };
    const key = JSON.stringify(this.data?.truncated ? narrow : whole);
    if (key === this.asked) return;
    this.asked = key;
    const ask = async (): Promise<PartnershipNetwork> => {
      const found = await get<PartnershipNetwork>("networks/partnership", whole);
      return found.truncated ? get<PartnershipNetwork>("networks/partnership", narrow) : found;
    };
    this.picture?.destroy();
    this.picture = null;
    this.data = null;
    await show(this.status, async () => this.paint(await ask()), (note) => note);
    if (this.data === null) this.asked = "";
  }

  /** Lays out and draws; what it returns stands over the picture. */
  private async paint(found: PartnershipNetwork): Promise<Child> {
    if (this.isGone) return null;
    this.data = found;
    if (found.nodes.length === 0) return nothing(t("network_empty"), t("network_empty_hint"));
    const known = positionsOf.get(found);
    if (!known) fill(this.status, h("div", { class: "notice loading" }, h("span", { class: "spinner" }), t("network_layout", { nodes: count(found.nodes.length) })));
    const positions = known ?? (await layout(found));
    positionsOf.set(found, positions);
    if (this.isGone || this.data !== found) return null;
    try {
      this.picture = new Picture(this.canvas, found, positions, (id) => this.choose(id));
    } catch (error) {
      console.warn(error);
      return nothing(t("no_webgl"));
    }
    this.canvas.dataset["painted"] = String(found.nodes.length);
    return null;
  }

  private apply(filter: Filter, chosen: string): void {
    if (!this.data || this.isGone) return;
    const shown = shownBy(this.data, filter);
    this.picture?.filter(shown);
    if (!this.tools.querySelector("input:focus")) refill(this.tools, toolsFor(this.data, filter)); // typing goes on
    this.tools.querySelector(".total")?.replaceWith(total(this.data, shown));
    this.drawList(this.data.nodes.filter((node) => shown.nodes.has(node.id)), chosen);
    this.open(chosen);
  }

  /** The list as it stands when its nodes are the same, so that it keeps its place and the focus. */
  private drawList(nodes: readonly Partner[], chosen: string): void {
    const key = nodes.map((node) => node.id).join();
    if (key === this.listed) return this.markChosen(chosen);
    this.listed = key;
    const known = this.list.querySelector<HTMLInputElement>("input");
    const input = known ?? h("input", { type: "search", placeholder: t("find_here"), "aria-label": t("find_here") });
    const items = h("ul", { "aria-label": t("node_list") });
    const sorted = [...nodes].sort((a, b) => b.degree - a.degree || b.weight - a.weight || a.name.localeCompare(b.name, "zh"));
    const draw = (): void => {
      const part = input.value.trim().toLowerCase();
      const fitting = sorted.filter((node) => node.name.toLowerCase().includes(part));
      fill(items, fitting.slice(0, LISTED).map((node) => this.listItem(node)));
      this.markChosen(this.chosen || chosen);
    };
    input.oninput = draw;
    if (known) this.list.querySelector("ul")?.replaceWith(items);
    else fill(this.list, input, items);
    draw();
  }

  private markChosen(chosen: string): void {
    for (const button of this.list.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset["key"] === chosen));
  }

  private listItem(node: Partner): HTMLElement {
    const button = h(
      "button",
      { type: "button", "data-key": node.id, "aria-pressed": "false", on: {
        click: () => { this.choose(node.id); this.picture?.look(node.id); },
        mouseenter: () => this.picture?.hover(node.id),
        mouseleave: () => this.picture?.hover(null),
      } },
      dot(classColor(node.label)),
      h("span", { class: "list-name", lang: "zh-CN" }, node.name),
      h("span", { class: "number" }, count(node.degree)),
    );
    return h("li", {}, button);
  }

  private choose(id: string | null): void {
    go(changed({ node: id }));
  }

  private open(id: string): void {
    this.picture?.choose(id || null);
    if (id === this.chosen) return;
    this.chosen = id;
    this.panel.hidden = !id;
    this.frame.classList.toggle("with-panel", id !== "");
    if (!id) return;
    if (window.matchMedia("(width < 700px)").matches) this.stage.scrollIntoView(); // there the list is below both
    const body = h("div", { class: "panel-body" });
    const close = h("button", { type: "button", class: "close", "aria-label": t("close"), on: { click: () => this.choose(null) } }, "×");
    fill(this.panel, close, body);
    const partner = this.data?.nodes.find((node) => node.id === id);
    void show(body, () => nodeDetail(id), (detail) => [
      nodeHead(detail, "h2"),
      partner?.region && h("p", { class: "panel-region" }, t("region_is", { name: partner.region })),
      nodeLinks(detail, { isPanel: true }),
      nodeFacts(detail, PANEL_QUOTES),
      h("h3", {}, t("relations")),
      neighbours(id, ["PARTNERS_WITH"]),
    ]);
  }

  private zoomButtons(): HTMLElement {
    const button = (sign: string, label: string, step: "in" | "out" | "fit"): HTMLElement =>
      h("button", { type: "button", "aria-label": label, title: label, on: { click: () => this.picture?.zoom(step) } }, sign);
    return h("div", { class: "zoom" }, button("+", t("zoom_in"), "in"), button("−", t("zoom_out"), "out"), button("⤢", t("zoom_fit"), "fit"));
  }
}

function filterOf(params: URLSearchParams): Filter {
  return {
    kind: params.get("kind") ?? "",
    least: Math.max(1, Number.parseInt(params.get("min_weight") ?? "1", 10) || 1),
    hidden: new Set(params.getAll("hide")),
    region: params.get("region") ?? "",
  };
}

function shownBy(data: PartnershipNetwork, filter: Filter): Shown {
  const labels = new Map(data.nodes.map((node) => [node.id, node.label]));
  const isVisible = (id: string): boolean => labels.has(id) && !filter.hidden.has(labels.get(id) ?? "");
  const fits = (edge: Partnership): boolean =>
    edge.weight >= filter.least && (!filter.kind || edge.kinds.includes(filter.kind)) && isVisible(edge.source) && isVisible(edge.target);
  const edges = data.edges.filter(fits);
  return {
    nodes: new Set(edges.flatMap((edge) => [edge.source, edge.target])),
    edges: new Set(edges.map((edge) => edgeKey(edge.source, edge.target))),
  };
}

function toolsFor(data: PartnershipNetwork, filter: Filter): Child {
  return [
    h("p", { class: "total" }),
    data.truncated && h("p", { class: "quiet" }, t("network_truncated", { total: count(data.total_nodes), nodes: count(data.nodes.length) })),
    h("div", { class: "field" }, h("label", { for: "network-region" }, t("region")), regionField(filter.region)),
    h("div", { class: "field" }, h("label", { for: "network-kind" }, t("partnership_kind")), kindField(data, filter.kind)),
    h("div", { class: "field" }, h("label", { for: "network-least" }, t("min_weight")), leastField(data, filter.least)),
    legend(data, filter.hidden),
    h("p", { class: "quiet" }, t("size_legend")),
  ];
}

function total(data: PartnershipNetwork, shown: Shown): HTMLElement {
  const all = shown.nodes.size === data.nodes.length;
  return h("p", { class: "total" }, t("network_counts", { nodes: count(shown.nodes.size), edges: count(shown.edges.size) }), !all && h("span", { class: "quiet" }, ` / ${count(data.nodes.length)}`));
}

function regionField(value: string): HTMLElement {
  const field = suggestInput({
    id: "network-region",
    label: t("region"),
    placeholder: t("any"),
    value,
    classes: ["Region"],
    onPick: (node) => go(changed({ region: node.id })),
    onEnter: (text) => go(changed({ region: text || null })),
  });
  field.input.addEventListener("change", () => field.input.value === "" && value !== "" && go(changed({ region: null })));
  if (value.includes(":")) {
    void nodeDetail(value).then((node) => (field.input.value = node.name), () => undefined); // else the id stays to be seen
  }
  return field.root;
}

function kindField(data: PartnershipNetwork, value: string): HTMLElement {
  const numbers = new Map<string, number>();
  for (const edge of data.edges) for (const kind of edge.kinds) numbers.set(kind, (numbers.get(kind) ?? 0) + 1);
  const known = KINDS.filter((kind) => numbers.has(kind) || kind === value);
  const select = h(
    "select",
    { id: "network-kind" },
    h("option", { value: "" }, t("any")),
    known.map((kind) => h("option", { value: kind, selected: kind === value }, `${valueCaption("kind", kind)}（${count(numbers.get(kind) ?? 0)}）`)),
  );
  select.addEventListener("change", () => go(changed({ kind: select.value || null })));
  return select;
}

function leastField(data: PartnershipNetwork, value: number): HTMLElement {
  const most = data.edges.reduce((largest, edge) => Math.max(largest, edge.weight), value);
  const input = h("input", { id: "network-least", type: "number", min: 1, max: most, value });
  input.addEventListener("input", () => {
    const least = Number.parseInt(input.value, 10);
    if (least >= 1) go(changed({ min_weight: least > 1 ? String(least) : null }), { replace: true });
  });
  return input;
}

function legend(data: PartnershipNetwork, hidden: ReadonlySet<string>): HTMLElement {
  const numbers = new Map<string, number>();
  for (const node of data.nodes) numbers.set(node.label, (numbers.get(node.label) ?? 0) + 1);
  const entry = ([label, number]: [string, number]): HTMLElement => {
    const isOn = !hidden.has(label);
    const next = isOn ? [...hidden, label] : [...hidden].filter((other) => other !== label);
    return h(
      "button",
      { type: "button", "data-key": label, "aria-pressed": String(isOn), on: { click: () => go(changed({ hide: next })) } },
      dot(classColor(label)),
      classCaption(label),
      h("span", { class: "number" }, count(number)),
    );
  };
  const sorted = [...numbers].sort((a, b) => b[1] - a[1]);
  return h("fieldset", { class: "legend" }, h("legend", { title: t("legend_hint") }, t("legend")), sorted.map(entry));
}
