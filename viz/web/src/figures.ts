/** Goals and observations as people write them: “≥ 60 % · 2025”. */

import type { NodeRef, Properties, Value } from "./api";
import { t } from "./language";

const SIGNS: Readonly<Record<string, string>> = { ">=": "≥ ", "<=": "≤ ", "=": "" };

/** Comparator, value and unit: “≥ 60 %”, “20–30 所”, “18:1”; empty without a value. */
export function amount(properties: Properties): string {
  const { comparator, value, value_max: upper, unit } = properties;
  if (value === undefined) return "";
  const about = comparator === "~" ? `${t("about")} ` : "";
  const sign = SIGNS[String(comparator ?? "=")] ?? "";
  const range = comparator === "range" && upper !== undefined ? `–${number(upper)}` : "";
  return `${about}${sign}${number(value)}${range}${unit === undefined ? "" : ` ${String(unit)}`}`;
}

/** The amount with its year: “≥ 60 % · 2025”. */
export function figure(properties: Properties): string {
  return [amount(properties), properties["year"]].filter((part) => part !== "" && part !== undefined).join(" · ");
}

/** The baseline: “45 % · 2020”; empty without one. */
export function baseline(properties: Properties): string {
  const { baseline_value: value, baseline_year: year, unit } = properties;
  return value === undefined ? "" : figure({ value, ...(unit && { unit }), ...(year && { year }) });
}

/** What stands beside a figure: of a goal its indicator, since its name repeats the figure. */
export function nameBeside(node: NodeRef): string {
  const { indicator } = node.properties;
  return node.label === "Goal" && typeof indicator === "string" ? indicator : node.name;
}

function number(value: Value): string {
  return typeof value === "number" ? value.toLocaleString("en", { maximumFractionDigits: 6 }) : String(value);
}
