/** ForceAtlas2 run to rest from seeded places, then nodes pushed off each other. */

import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import noverlap from "graphology-layout-noverlap";
import type { LayoutJob } from "./layout";

const SEED = 20211;
const SIDE = 600;

self.onmessage = (event: MessageEvent<LayoutJob>) => {
  const graph = placed(event.data);
  const order = graph.order;
  forceAtlas2.assign(graph, {
    iterations: order > 800 ? 160 : order > 200 ? 400 : 800,
    getEdgeWeight: "weight",
    settings: {
      barnesHutOptimize: order > 300,
      barnesHutTheta: 0.8,
      edgeWeightInfluence: 0.3,
      gravity: 0.6,
      scalingRatio: 12,
      strongGravityMode: true, // parts that hang together with nothing stay near
      slowDown: 4,
      linLogMode: false,
      outboundAttractionDistribution: true,
    },
  });
  scale(graph);
  noverlap.assign(graph, { maxIterations: order > 800 ? 30 : 120, settings: { margin: 5, expansion: 1.05, ratio: 1, gridSize: 30 } });
  const xy = new Float64Array(order * 2);
  graph.nodes().forEach((id, at) => {
    xy[2 * at] = graph.getNodeAttribute(id, "x") as number;
    xy[2 * at + 1] = graph.getNodeAttribute(id, "y") as number;
  });
  self.postMessage(xy, { transfer: [xy.buffer] });
};

/** The graph with each node near the place of its community on a circle. */
function placed(job: LayoutJob): Graph {
  const graph = new Graph({ type: "undirected", multi: false });
  const random = generator(SEED);
  const communities = [...new Set(job.nodes.map((node) => node.community))].sort((a, b) => a - b);
  for (const { id, size, community } of job.nodes) {
    const angle = (2 * Math.PI * communities.indexOf(community)) / communities.length;
    graph.addNode(id, { size, x: 100 * Math.cos(angle) + 20 * (random() - 0.5), y: 100 * Math.sin(angle) + 20 * (random() - 0.5) });
  }
  for (const { source, target, weight } of job.edges) {
    if (graph.hasNode(source) && graph.hasNode(target) && source !== target) graph.mergeEdge(source, target, { weight });
  }
  return graph;
}

/** Fits the picture into a square of SIDE, so that sizes and distances are in the same unit. */
function scale(graph: Graph): void {
  const xs = graph.mapNodes((_, node) => node["x"] as number);
  const ys = graph.mapNodes((_, node) => node["y"] as number);
  const extent = (values: number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity);
  const factor = SIDE / Math.max(extent(xs), extent(ys), 1e-9);
  graph.updateEachNodeAttributes((_, node) => ({ ...node, x: (node["x"] as number) * factor, y: (node["y"] as number) * factor }));
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
