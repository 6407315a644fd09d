/** Chains as a CSV file that spreadsheets open: beside each cell its quote, section and document. */

import type { Cell, Chain } from "./api";
import { baseline, figure } from "./figures";

const COLUMNS = ["policy", "goal", "measure", "actor"] as const;
const GOAL = ["indicator", "comparator", "value", "value_max", "unit", "year", "baseline_value", "baseline_year"] as const;
const HEAD = [
  ...COLUMNS.flatMap((column) => [column, ...(column === "goal" ? ["goal_figure", ...GOAL] : []), `${column}_quote`, `${column}_section`, `${column}_document`, `${column}_id`]),
  "role", "closeness", "implied", "gap",
];

/** The file, UTF-8 with a byte order mark, without which spreadsheets take Chinese for something else. */
export function chainFile(rows: readonly Chain[]): Blob {
  const lines = [HEAD, ...rows.map(line)].map((fields) => fields.map(field).join(","));
  return new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
}

function line(row: Chain): unknown[] {
  return [
    ...COLUMNS.flatMap((column) => cellFields(row[column], column === "goal")),
    row.role, row.closeness, row.implied, row.gap,
  ];
}

function cellFields(cell: Cell | null, isGoal: boolean): unknown[] {
  const properties = cell?.properties ?? {};
  const first = cell?.evidence[0];
  const base = baseline(properties);
  const figures = isGoal ? [`${figure(properties)}${base && ` (${base})`}`, ...GOAL.map((name) => properties[name])] : [];
  return [cell?.name, ...figures, first?.quote, first?.section.join(" › "), first?.document_title, cell?.id];
}

/** A text that begins like a formula would be run by the spreadsheet; an apostrophe in front makes it text. */
function field(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
