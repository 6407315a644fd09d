/** Positions of a network: the same network always gives the same picture. Worked out in a worker. */

import type { PartnershipNetwork } from "../api";

export interface LayoutJob {
  nodes: { id: string; size: number; community: number }[];
  edges: { source: string; target: string; weight: number }[];
}

export type Positions = Map<string, { x: number; y: number }>;

/** Radius in pixels of a node with so many partners, in a network of so many nodes. */
export function radius(degree: number, order: number): number {
  const smallest = order > 800 ? 2.2 : order > 250 ? 3 : 4;
  return Math.min(smallest * 6, smallest + Math.sqrt(degree) * smallest * 0.55);
}

/** Positions in pixels of a canvas of a thousand or so, by id of node. */
export function layout(network: PartnershipNetwork): Promise<Positions> {
  const order = network.nodes.length;
  const job: LayoutJob = {
    nodes: network.nodes
      .map(({ id, degree, community }) => ({ id, community, size: radius(degree, order) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: network.edges
      .map(({ source, target, weight }) => ({ source, target, weight }))
      .sort((a, b) => (a.source + a.target < b.source + b.target ? -1 : 1)),
  };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = (event: MessageEvent<Float64Array>) => {
      const xy = event.data;
      resolve(new Map(job.nodes.map(({ id }, at) => [id, { x: xy[2 * at] ?? 0, y: xy[2 * at + 1] ?? 0 }])));
      worker.terminate();
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
      worker.terminate();
    };
    worker.postMessage(job);
  });
}
