/** The table of chains: a row a chain, a cell a node, and below a row the quote that was asked for. */

import type { Cell, Chain } from "./api";
import { chip } from "./chips";
import { type Child, dot, h } from "./dom";
import { quotes } from "./evidence";
import { baseline, figure, nameBeside } from "./figures";
import { classCaption, classColor, t, valueCaption } from "./language";
import { changed, href } from "./route";

const COLUMNS = ["policy", "goal", "measure", "actor"] as const;
type Column = (typeof COLUMNS)[number];
const HEADS: Readonly<Record<Column, string>> = { policy: "Policy", goal: "Goal", measure: "Measure", actor: "Institution" };

/** The table; `open` names the cell whose quote is shown (row.column). */
export function chainTable(rows: readonly Chain[], open: string | null): HTMLElement {
  const body = h("tbody", {}, rows.map((row, at) => tableRow(row, at, rows[at - 1])));
  const table = h(
    "table",
    { class: "chain-table" },
    h("thead", {}, h("tr", {}, COLUMNS.map((column) =>
      h("th", { scope: "col", class: column }, dot(classColor(HEADS[column])), headOf(column))))),
    body,
  );
  body.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-cell]");
    if (button) toggle(body, rows, button.dataset["cell"] ?? "");
  });
  if (open) toggle(body, rows, open);
  return table;
}

function headOf(column: Column): string {
  return column === "actor" ? t("actor") : classCaption(HEADS[column]);
}

function tableRow(row: Chain, at: number, above: Chain | undefined): HTMLElement {
  return h("tr", { class: row.gap ? "has-gap" : null }, COLUMNS.map((column) => {
    const cell = row[column];
    if (!cell) return h("td", { class: `${column} gap`, "data-head": headOf(column) }, gapText(column));
    const isRepeated = column !== "actor" && above?.[column]?.id === cell.id;
    return h("td", { class: isRepeated ? `${column} repeated` : column, "data-head": headOf(column) }, cellBody(row, cell, column), cellFoot(row, column, quoteToggle(cell, `${at}.${column}`)));
  }));
}

function cellBody(row: Chain, cell: Cell, column: Column): Child {
  const { properties } = cell;
  const link = h("a", { href: href("node", {}, cell.id), lang: "zh-CN" }, nameBeside(cell));
  if (column === "goal") {
    const base = baseline(properties);
    return [
      h("span", { class: "figure" }, figure(properties)),
      link,
      base && h("span", { class: "figure-base" }, `${t("baseline")} ${base}`),
    ];
  }
  if (column === "measure" && properties["number"] !== undefined) {
    return h("span", { lang: "zh-CN" }, h("span", { class: "number" }, String(properties["number"])), link);
  }
  return column === "actor" ? [dot(classColor(cell.label)), link, viaNote(row)] : link;
}

/** The measure above or below at which the actor stands. */
function viaNote({ via, closeness }: Chain): Child {
  if (!via) return null;
  const number = via.properties["number"];
  return h(
    "span",
    { class: "via quiet" },
    t(closeness === "below" ? "via_below" : "via_above"),
    h("a", { href: href("node", {}, via.id), lang: "zh-CN" }, number === undefined ? via.name : `${String(number)}${via.name}`),
  );
}

function cellFoot(row: Chain, column: Column, toggle: Child): Child {
  if (column !== "actor") return [" ", toggle];
  return h(
    "span",
    { class: "chips" },
    toggle,
    row.implied && chip(t("implied"), "implied", t("implied_hint")),
    row.role && chip(valueCaption("role", row.role), `role-${row.role}`),
    row.closeness && chip(valueCaption("closeness", row.closeness), `closeness-${row.closeness}`, t("closeness_hint")),
  );
}

function quoteToggle(cell: Cell, key: string): Child {
  if (cell.evidence_total === 0) return null;
  return h("button", { type: "button", class: "quote-button", "data-cell": key, "aria-expanded": "false", "aria-label": `${t("quote")}: ${cell.name}` }, t("quote"));
}

function gapText(column: Column): Child {
  return h("span", { class: "gap-text" }, column === "policy" ? "—" : t(`gap_${column}`));
}

/** Opens the quote of a cell below its row, closes it when it was open; one at a time, and the URL remembers it. */
function toggle(body: HTMLElement, rows: readonly Chain[], key: string): void {
  const wasOpen = body.querySelector<HTMLElement>("tr.detail")?.dataset["cell"] === key;
  body.querySelector("tr.detail")?.remove();
  for (const button of body.querySelectorAll("button[aria-expanded=true]")) button.setAttribute("aria-expanded", "false");
  const [at = "", column = ""] = key.split(".");
  const name = COLUMNS.find((known) => known === column);
  const cell = name && rows[Number(at)]?.[name];
  const button = body.querySelector<HTMLButtonElement>(`button[data-cell="${CSS.escape(key)}"]`);
  const isShown = !wasOpen && Boolean(cell) && button !== null;
  if (cell && button && isShown) {
    button.setAttribute("aria-expanded", "true");
    const shown = quotes(cell.edge ?? cell.id, cell.evidence, cell.evidence_total);
    button.closest("tr")?.after(h("tr", { class: `detail ${column}`, "data-cell": key }, h("td", { colspan: 4 }, shown)));
  }
  history.replaceState(null, "", changed({ open: isShown ? key : null }));
}
