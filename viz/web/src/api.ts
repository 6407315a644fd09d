/** The HTTP interface as the explorer uses it: types of the answers, and one `get` that keeps them. */

export type Value = string | number | boolean | readonly string[];
export type Properties = Readonly<Record<string, Value | undefined>>;

export interface Segment {
  text: string;
  mark: boolean;
}

export interface Evidence {
  document: string;
  document_title: string;
  passage: string;
  section: string[];
  page: number | null;
  start: number;
  end: number;
  quote: string;
  segments: Segment[];
  has_text: boolean;
}

export interface NodeRef {
  id: string;
  label: string;
  name: string;
  properties: Properties;
}

export interface Cell extends NodeRef {
  evidence: Evidence[];
  evidence_total: number;
  edge?: string | null;
}

export interface Disagreement {
  property: string;
  value: Value;
  batch_title: string;
}

export interface NodeDetail extends Cell {
  labels: string[];
  inferred: string[];
  claims: number;
  disagreements: Disagreement[];
}

export interface Neighbour {
  edge: {
    id: string;
    type: string;
    source: string;
    target: string;
    properties: Properties;
    evidence: Evidence[];
    evidence_total: number;
  };
  node: NodeRef;
}

export interface NeighbourPage extends Page<Neighbour> {
  totals: { type: string; direction: "in" | "out"; count: number }[];
}

export interface Hit extends NodeRef {
  matched: "name" | "text";
  segments: Segment[];
}

/** The other name by which the search found the node, empty where it was found by its name. */
export function aliasOf(hit: Hit): string {
  const shown = hit.segments.map((segment) => segment.text).join("");
  return hit.matched === "name" && shown !== hit.name ? shown : "";
}

export interface Chain {
  closeness: string | null;
  gap: string | null;
  implied: boolean;
  role: string | null;
  policy: Cell;
  goal: Cell | null;
  measure: Cell | null;
  actor: Cell | null;
  via: Cell | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
  exact: boolean;
}

export interface ChainPage extends Page<Chain> {
  counts: { rows: number; policies: number; goals: number; measures: number; actors: number };
}

export interface Partner {
  id: string;
  label: string;
  name: string;
  kind: string | null;
  region: string | null;
  degree: number;
  weight: number;
  community: number;
}

export interface Partnership {
  source: string;
  target: string;
  weight: number;
  kinds: string[];
  activities: string[];
  platforms: string[];
  edges: string[];
}

export interface PartnershipNetwork {
  nodes: Partner[];
  edges: Partnership[];
  total_nodes: number;
  total_edges: number;
  truncated: boolean;
}

export interface Stats {
  version: number;
  nodes: Record<string, number>;
  edges: Record<string, number>;
  claims: number;
  documents: number;
}

type Parameter = string | number | null | undefined | readonly string[];
export type Parameters = Readonly<Record<string, Parameter>>;

/** A node that an ambiguous name may mean. */
export interface Candidate {
  id: string;
  label: string;
  name: string;
  /** The other name that the text fits, empty where it fits the name. */
  alias: string;
  /** The policy that states a goal, measure or observation, whose name others may have; else empty. */
  policy: string;
}

/** What the server said went wrong, or that it did not answer (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly candidates: readonly Candidate[] = [],
    /** Whether these are all candidates. */
    readonly isWhole = true,
  ) {
    super(detail || title);
  }
}

const KEPT = 200;
const answers = new Map<string, Promise<unknown>>();

/** The answer of a route below /api/v1; kept, so that going back costs nothing. Raises Problem. */
export function get<T>(path: string, parameters: Parameters = {}): Promise<T> {
  const url = address(path, parameters);
  const kept = answers.get(url);
  if (kept) return kept as Promise<T>;
  const answer = fetched<T>(url);
  answers.set(url, answer);
  answer.catch(() => answers.delete(url));
  const oldest = answers.keys().next();
  if (answers.size > KEPT && !oldest.done) answers.delete(oldest.value);
  return answer;
}

/** Address of a route, relative to the page, so that the explorer works below any path. */
export function address(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) for (const each of value) query.append(name, each);
    else if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return `api/v1/${path}${text ? `?${text}` : ""}`;
}

async function fetched<T>(url: string): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { headers: { Accept: "application/json" } });
  } catch {
    throw new Problem(0, "", "");
  }
  if (!response.ok) throw await problem(response);
  return (await response.json()) as T;
}

async function problem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const fields = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string): string => (typeof fields[name] === "string" ? fields[name] : "");
  const candidates = Array.isArray(fields["candidates"]) ? (fields["candidates"] as Candidate[]) : [];
  return new Problem(response.status, text("title") || response.statusText, text("detail"), candidates, fields["exact"] !== false);
}
