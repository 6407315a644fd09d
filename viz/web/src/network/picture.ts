/** The drawn network: sigma paints nodes and edges, a canvas above them the names. */

import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, EdgeRectangleProgram } from "sigma/rendering";
import type { PartnershipNetwork } from "../api";
import { h } from "../dom";
import { classColor } from "../language";
import { type Positions, radius } from "./layout";
import { type Named, drawNames } from "./names";

export interface Shown {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
}

const EDGE = "#bcc6d0";
const USUAL_SIDE = 640;
/** From so many on edges are thin lines, left out while the picture moves: a machine without a graphics card keeps up. */
const MANY_EDGES = 1000;
const EDGE_STRONG = "#5c83b5";
const FAINT_NODE = "#dde2e7";
const FAINT_EDGE = "#edf0f3";

/** Raises an Error where the browser has no WebGL. */
export class Picture {
  private readonly graph = new Graph({ type: "undirected", multi: false });
  private readonly sigma: Sigma;
  private readonly canvas = h("canvas", { class: "names", "aria-hidden": "true" });
  private readonly observer: ResizeObserver;
  private readonly order: string[];
  private shown: Shown | null = null;
  private chosen: string | null = null;
  private hovered: string | null = null;
  /** How much smaller or larger than usual nodes are, by the room that the picture has. */
  private factor = 1;

  constructor(
    private readonly container: HTMLElement,
    network: PartnershipNetwork,
    positions: Positions,
    onChoose: (id: string | null) => void,
  ) {
    this.fillGraph(network, positions);
    this.order = [...network.nodes].sort((a, b) => b.degree - a.degree || b.weight - a.weight || (a.id < b.id ? -1 : 1)).map((node) => node.id);
    this.sigma = new Sigma(this.graph, container, {
      renderLabels: false,
      defaultDrawNodeHover: () => undefined,
      itemSizesReference: "screen",
      zoomToSizeRatioFunction: (ratio) => Math.pow(ratio, 0.6),
      stagePadding: 48,
      minCameraRatio: 0.04,
      maxCameraRatio: 2.5,
      zIndex: true,
      edgeProgramClasses: { line: network.edges.length > MANY_EDGES ? EdgeLineProgram : EdgeRectangleProgram },
      hideEdgesOnMove: network.edges.length > MANY_EDGES,
      nodeReducer: (id, data) => this.nodeLook(id, data),
      edgeReducer: (id, data) => this.edgeLook(id, data),
    });
    container.append(this.canvas);
    this.sigma.on("afterRender", () => this.drawNames());
    this.sigma.on("clickNode", ({ node }) => onChoose(node));
    this.sigma.on("clickStage", () => onChoose(null));
    this.sigma.on("enterNode", ({ node }) => this.hover(node));
    this.sigma.on("leaveNode", () => this.hover(null));
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(container);
    this.resize();
  }

  /** Shows only these nodes and edges; the others keep their places. */
  filter(shown: Shown): void {
    this.shown = shown;
    this.sigma.refresh({ skipIndexation: true, schedule: true });
  }

  /** Marks a node and its partners; `null` marks none. */
  choose(id: string | null): void {
    this.chosen = id !== null && this.graph.hasNode(id) ? id : null;
    this.sigma.refresh({ skipIndexation: true, schedule: true });
  }

  hover(id: string | null): void {
    this.hovered = id;
    this.container.classList.toggle("pointing", id !== null);
    this.sigma.refresh({ skipIndexation: true, schedule: true });
  }

  /** Moves so that the node is in view. Sigma's display data won't do: between a refresh and its frame they hold the graph's own coordinates. */
  look(id: string): void {
    if (!this.graph.hasNode(id)) return;
    const place = this.sigma.viewportToFramedGraph(this.sigma.graphToViewport(this.graph.getNodeAttributes(id) as { x: number; y: number }));
    const camera = this.sigma.getCamera();
    void camera.animate({ x: place.x, y: place.y, ratio: Math.min(camera.ratio, 0.6) }, { duration: duration() });
  }

  zoom(step: "in" | "out" | "fit"): void {
    const camera = this.sigma.getCamera();
    const options = { duration: duration() };
    if (step === "in") void camera.animatedZoom(options);
    else if (step === "out") void camera.animatedUnzoom(options);
    else void camera.animatedReset(options);
  }

  destroy(): void {
    this.observer.disconnect();
    this.sigma.kill();
  }

  private fillGraph(network: PartnershipNetwork, positions: Positions): void {
    for (const { id, label, name, degree } of network.nodes) {
      this.graph.addNode(id, { ...(positions.get(id) ?? { x: 0, y: 0 }), size: radius(degree, network.nodes.length), color: classColor(label), name });
    }
    for (const { source, target, weight } of network.edges) {
      if (source === target || !this.graph.hasNode(source) || !this.graph.hasNode(target)) continue;
      this.graph.mergeUndirectedEdgeWithKey(edgeKey(source, target), source, target, { size: thickness(weight, network.edges.length), color: EDGE });
    }
  }

  private get focus(): string | null {
    return this.hovered ?? this.chosen;
  }

  private isNear(id: string): boolean {
    const focus = this.focus;
    return focus === null || focus === id || this.graph.areNeighbors(focus, id);
  }

  private nodeLook(id: string, data: Record<string, unknown>): Record<string, unknown> {
    if (this.shown && !this.shown.nodes.has(id)) return { ...data, hidden: true };
    const size = (data["size"] as number) * this.factor;
    if (!this.isNear(id)) return { ...data, size, color: FAINT_NODE, zIndex: 0 };
    const isStrong = id === this.chosen || id === this.hovered;
    return { ...data, size: isStrong ? size * 1.25 : size, zIndex: isStrong ? 2 : 1 };
  }

  private edgeLook(id: string, data: Record<string, unknown>): Record<string, unknown> {
    if (this.shown && !this.shown.edges.has(id)) return { ...data, hidden: true };
    const focus = this.focus;
    if (focus === null) return data;
    const isNear = this.graph.hasExtremity(id, focus);
    return { ...data, color: isNear ? EDGE_STRONG : FAINT_EDGE, zIndex: isNear ? 1 : 0 };
  }

  private drawNames(): void {
    const context = this.canvas.getContext("2d");
    if (!context) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const size = { width: this.container.clientWidth, height: this.container.clientHeight };
    const drawn = drawNames(context, this.named(), size);
    this.container.dataset["names"] = String(drawn);
  }

  private named(): Named[] {
    const rank = (id: string): number => (id === this.hovered || id === this.chosen ? 0 : this.isNear(id) ? 1 : 2);
    const visible = this.order.filter((id) => !this.shown || this.shown.nodes.has(id));
    const ordered = this.focus === null ? visible : [0, 1, 2].flatMap((wanted) => visible.filter((id) => rank(id) === wanted));
    return ordered.map((id) => {
      const { x, y } = this.sigma.graphToViewport(this.graph.getNodeAttributes(id) as { x: number; y: number });
      const size = this.sigma.scaleSize((this.graph.getNodeAttribute(id, "size") as number) * this.factor);
      return { name: this.graph.getNodeAttribute(id, "name") as string, x, y, radius: size, isStrong: rank(id) === 0, isFaint: !this.isNear(id) };
    });
  }

  private resize(): void {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = this.container.clientWidth * ratio;
    this.canvas.height = this.container.clientHeight * ratio;
    const side = Math.min(this.container.clientWidth, this.container.clientHeight);
    this.factor = Math.min(1.3, Math.max(0.55, side / USUAL_SIDE));
    this.sigma.resize();
    this.sigma.refresh({ skipIndexation: true, schedule: true });
  }
}

function thickness(weight: number, edges: number): number {
  return Math.min(edges > MANY_EDGES ? 2 : 5, (edges > MANY_EDGES ? 0.7 : 1.1) + Math.sqrt(weight - 1) * (edges > MANY_EDGES ? 0.4 : 0.9));
}

/** Key of the drawn edge of a pair. */
export function edgeKey(source: string, target: string): string {
  return `${source} ${target}`;
}

function duration(): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : 250;
}
