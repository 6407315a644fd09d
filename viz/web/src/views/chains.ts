/** Chains in four columns: policy, goal, measure, actor, with the quote of each cell on demand. */

import { type Candidate, type ChainPage, type Parameters, type Problem, address, get } from "../api";
import { chainTable } from "../chain_table";
import { aliasNote, classChip } from "../chips";
import { type Child, h, refill } from "../dom";
import { classCaption, count, t, valueCaption, valuesOf } from "../language";
import { nodeDetail } from "../node";
import { nothing, show } from "../pending";
import { type Route, changed, current, go } from "../route";
import { suggestInput } from "../suggest";
import type { MakeView } from "./view";

const PAGE = 50;
const ONE = ["policy", "goal", "measure", "actor", "issuer", "region", "indicator", "year_from", "year_to", "actors"] as const;
const SEVERAL = ["closeness", "gaps", "role"] as const;
const FILTERS: readonly string[] = [...ONE, ...SEVERAL];
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  policy: ["Policy"],
  goal: ["Goal"],
  measure: ["Measure"],
  actor: ["Organization", "Region", "ActorGroup"],
  issuer: ["Organization"],
  region: ["Region"],
};

export const chains: MakeView = (root, first) => {
  const filters = h("form", { class: "chain-filters", "aria-label": t("filters") });
  const answer = h("div", { class: "chain-answer" });
  filters.addEventListener("submit", (event) => event.preventDefault());
  root.append(h("div", { class: "chains" }, filters, answer));
  const cursors = new Map<string, string>();
  let drawn = "";
  let shownPage = 1;
  const update = (route: Route): void => {
    const wanted = asked(route.params);
    const page = pageOf(route.params);
    const key = JSON.stringify(wanted);
    if (key !== drawn) refill(filters, filterFields(route.params));
    if (key !== drawn || page !== shownPage) window.scrollTo(0, 0);
    drawn = key;
    shownPage = page;
    const ask = (): Promise<ChainPage> => fetchPage(wanted, page, cursors);
    void show(answer, ask, (found) => result(found, wanted, page), (problem) => choices(problem, wanted));
  };
  update(first);
  return { title: () => t("chains"), update };
};

/** A name that fits several nodes: which of them is meant? */
function choices(problem: Problem, wanted: Parameters): Child {
  const name = Object.keys(CLASSES).find((each) => wanted[each] && problem.detail.includes(`“${String(wanted[each])}”`));
  if (!name || problem.candidates.length === 0) return null;
  const link = (node: Candidate): HTMLElement =>
    h("li", {}, classChip(node.label), " ", h("a", { href: changed({ [name]: node.id, page: null }), lang: "zh-CN" }, node.name), aliasNote(node.alias), aliasNote(node.policy));
  return h(
    "div",
    { class: "notice choices" },
    h("strong", {}, t(problem.isWhole ? "which" : "which_over", { name: String(wanted[name]), total: problem.candidates.length })),
    h("ul", {}, problem.candidates.map(link)),
  );
}

function asked(params: URLSearchParams): Parameters {
  const one = ONE.map((name) => [name, params.get(name)] as const);
  const several = SEVERAL.map((name) => [name, params.getAll(name)] as const);
  return Object.fromEntries([...one, ...several]);
}

function pageOf(params: URLSearchParams): number {
  return Math.max(1, Number.parseInt(params.get("page") ?? "1", 10) || 1);
}

/** The page of this number: cursors lead only forward, so unknown ones are found by walking from the nearest known. */
async function fetchPage(wanted: Parameters, page: number, cursors: Map<string, string>): Promise<ChainPage> {
  const key = (at: number): string => `${at} ${JSON.stringify(wanted)}`;
  let at = page;
  while (at > 1 && !cursors.has(key(at))) at -= 1;
  for (;;) {
    const found = await get<ChainPage>("chains", { ...wanted, limit: PAGE, cursor: cursors.get(key(at)) ?? null });
    if (found.next !== null) cursors.set(key(at + 1), found.next);
    if (at >= page || found.next === null) return found;
    at += 1;
  }
}

function result(found: ChainPage, wanted: Parameters, page: number): Child {
  if (found.items.length === 0) return nothing(t("chains_empty"), t("chains_empty_hint"));
  const counts = Object.fromEntries(Object.entries(found.counts).map(([name, value]) => [name, count(value)]));
  return [
    h("div", { class: "answer-head" }, h("p", { class: "total", role: "status" }, t("chain_counts", counts)), downloadLink(wanted)),
    chainTable(found.items, current().params.get("open")),
    pager(found, page),
  ];
}

function pager(found: ChainPage, page: number): Child {
  const pageCount = Math.max(page, Math.ceil(found.total / PAGE));
  if (pageCount === 1 && found.next === null) return null;
  const to = (target: number): string => changed({ page: target > 1 ? String(target) : null, open: null });
  const link = (text: string, target: number, isOn: boolean): HTMLElement =>
    isOn ? h("a", { class: "button", href: to(target) }, text) : h("span", { class: "button off", "aria-disabled": "true" }, text);
  return h(
    "nav",
    { class: "pager" },
    link(t("previous"), page - 1, page > 1),
    h("span", {}, t("page_of", { page: count(page), pages: `${count(pageCount)}${found.exact ? "" : "+"}` })),
    link(t("next"), page + 1, found.next !== null),
  );
}

function downloadLink(wanted: Parameters): HTMLElement {
  return h("a", { class: "button", href: address("chains", { ...wanted, as: "csv" }), download: "chains.csv" }, t("download"));
}

function filterFields(params: URLSearchParams): Child {
  const set = (name: string, value: string | readonly string[] | null): void => go(changed({ [name]: value, page: null, open: null }));
  const isFiltered = FILTERS.some((name) => params.has(name));
  return [
    h("div", { class: "filter-row" },
      ["policy", "actor", "issuer", "region"].map((name) => nodeField(name, params.get(name) ?? "", set)),
      ["goal", "measure"].filter((name) => params.has(name)).map((name) => nodeField(name, params.get(name) ?? "", set)),
      textField(params.get("indicator") ?? "", set),
      yearsField(params.get("year_from") ?? "", params.get("year_to") ?? "", set),
    ),
    h("div", { class: "filter-row" },
      toggles("closeness", t("closeness"), params, set),
      toggles("gap", t("gaps"), params, (_, value) => set("gaps", value)),
      allActors(params.get("actors") === "all", set),
      isFiltered && h("a", { class: "clear", href: changed(Object.fromEntries([...FILTERS, "page", "open"].map((name) => [name, null]))) }, t("clear")),
    ),
  ];
}

type Set = (name: string, value: string | readonly string[] | null) => void;

function nodeField(name: string, value: string, set: Set): HTMLElement {
  const caption = fieldCaption(name);
  const field = suggestInput({
    id: `filter-${name}`,
    label: caption,
    placeholder: t("any"),
    value,
    ...(CLASSES[name] && { classes: CLASSES[name] }),
    onPick: (node) => set(name, node.id),
    onEnter: (text) => set(name, text || null),
  });
  field.input.addEventListener("change", () => field.input.value === "" && value !== "" && set(name, null));
  if (value.includes(":")) {
    void nodeDetail(value).then((node) => (field.input.value = node.name), () => undefined); // else the id stays to be seen
  }
  return h("div", { class: value ? "field set" : "field" }, h("label", { for: field.input.id }, caption), field.root);
}

function textField(value: string, set: Set): HTMLElement {
  const input = h("input", { id: "filter-indicator", type: "search", value, placeholder: t("any"), autocomplete: "off" });
  input.addEventListener("change", () => set("indicator", input.value.trim() || null));
  return h("div", { class: value ? "field set" : "field" }, h("label", { for: input.id }, t("indicator")), input);
}

/** First and last year of the goal. */
function yearsField(from: string, to: string, set: Set): HTMLElement {
  const field = (name: "year_from" | "year_to", value: string): HTMLInputElement => {
    const input = h("input", { id: `filter-${name}`, type: "number", min: 1000, max: 2999, value, placeholder: t("any"), "aria-label": t(name) });
    input.addEventListener("change", () => input.checkValidity() && set(name, input.value || null));
    return input;
  };
  return h(
    "div",
    { class: from || to ? "field years set" : "field years" },
    h("label", { for: "filter-year_from" }, t("years")),
    h("span", { class: "range" }, field("year_from", from), "–", field("year_to", to)),
  );
}

function toggles(name: "closeness" | "gap", caption: string, params: URLSearchParams, set: Set): HTMLElement {
  const chosen = params.getAll(name === "gap" ? "gaps" : name);
  const toggle = (value: string): HTMLElement => {
    const isOn = chosen.includes(value);
    const next = isOn ? chosen.filter((each) => each !== value) : [...chosen, value];
    return h("button", { type: "button", class: "filter-chip", "data-key": `${name}.${value}`, "aria-pressed": String(isOn), on: { click: () => set(name, next) } }, valueCaption(name, value));
  };
  return h("fieldset", { class: "toggles" }, h("legend", { title: name === "closeness" ? t("closeness_hint") : null }, caption), valuesOf(name).map(toggle));
}

function allActors(isOn: boolean, set: Set): HTMLElement {
  const box = h("input", { id: "filter-actors", type: "checkbox", checked: isOn });
  box.addEventListener("change", () => set("actors", box.checked ? "all" : null));
  return h("label", { class: "check" }, box, t("all_actors"));
}

function fieldCaption(name: string): string {
  const label = CLASSES[name]?.[0] ?? "";
  return name === "actor" || name === "issuer" || name === "region" ? t(name) : classCaption(label);
}
