/** Results of the full-text search, with what was found highlighted. */

import { type Hit, type Page, type Segment, aliasOf, get } from "../api";
import { classChip } from "../chips";
import { type Child, dot, h } from "../dom";
import { segments } from "../evidence";
import { baseline, figure, nameBeside } from "../figures";
import { classCaption, classColor, count, t } from "../language";
import { nothing, show } from "../pending";
import { type Route, changed, href } from "../route";
import type { MakeView } from "./view";

const CLASSES = ["Policy", "Goal", "Measure", "Organization", "Region", "ActorGroup", "Indicator", "Passage"] as const;
const PAGE = 30;

export const search: MakeView = (root, first) => {
  const classes = h("nav", { class: "filter-chips", "aria-label": t("filters") });
  const results = h("div", { class: "results" });
  root.append(h("div", { class: "reading" }, classes, results));
  let q = "";
  const update = (route: Route): void => {
    q = route.params.get("q") ?? "";
    const label = route.params.get("label") ?? "";
    classes.replaceChildren(...["", ...CLASSES].map((name) => classLink(name, name === label)));
    if (!q) return results.replaceChildren(nothing(t("search_start")));
    void show(results, () => ask(q, label, null), (page) => list(page, q, label));
  };
  update(first);
  return { title: () => q || t("search"), update };
};

function ask(q: string, label: string, cursor: string | null): Promise<Page<Hit>> {
  return get<Page<Hit>>("search", { q, label, cursor, limit: PAGE });
}

function list(page: Page<Hit>, q: string, label: string): Child {
  if (page.items.length === 0) return nothing(t("no_results", { q }), t("no_results_hint"));
  const total = count(page.total);
  const items = h("ol", { class: "hits" }, page.items.map(hit));
  return [h("p", { class: "total", role: "status" }, t(page.exact ? "results" : "results_over", { total })), items, more(page, q, label)];
}

function more(page: Page<Hit>, q: string, label: string): Child {
  const cursor = page.next;
  if (cursor === null) return null;
  const button = h("button", { type: "button", class: "button" }, t("more"));
  const rest = h("div", {}, button);
  const next = (): void =>
    void show(rest, () => ask(q, label, cursor), (following) => [
      h("ol", { class: "hits" }, following.items.map(hit)),
      more(following, q, label),
    ]);
  button.addEventListener("click", next);
  return rest;
}

function hit(found: Hit): HTMLElement {
  const { properties } = found;
  const isPassage = found.label === "Passage";
  const marked = segments(found.segments);
  const base = baseline(properties);
  const isAlias = aliasOf(found) !== "";
  return h(
    "li",
    { class: "hit" },
    classChip(found.label),
    h(
      "a",
      { href: href("node", {}, found.id), lang: "zh-CN", class: isPassage ? "hit-passage" : "hit-name" },
      found.matched === "text" && !isPassage ? nameBeside(found) : isAlias ? found.name : segments(withoutFigure(found)),
    ),
    isAlias && h("span", { class: "alias quiet", lang: "zh-CN" }, "（", marked, "）"),
    found.label === "Goal" && h("span", { class: "figure" }, figure(properties), base && ` (${t("baseline")} ${base})`),
    isPassage && found.matched === "name" && h("p", { class: "hit-excerpt", lang: "zh-CN" }, segments([{ text: String(properties["text"] ?? ""), mark: false }])),
    found.matched === "text" && !isPassage && h("p", { class: "hit-text", lang: "zh-CN" }, marked),
    isPassage && h("p", { class: "quiet", lang: "zh-CN" }, passagePlace(found)),
  );
}

/** The marked name; of a goal only as far as the figure that is shown beside it. */
function withoutFigure(found: Hit): Segment[] {
  const beside = nameBeside(found);
  if (!found.name.startsWith(beside)) return [{ text: beside, mark: false }];
  let room = found.label === "Passage" ? Infinity : beside.length;
  return found.segments.map(({ text, mark }) => {
    const part = text.slice(0, room);
    room -= part.length;
    return { text: part, mark };
  });
}

function passagePlace(found: Hit): string {
  const section = found.properties["section"];
  return Array.isArray(section) ? section.join(" › ") : found.name;
}

function classLink(name: string, isCurrent: boolean): HTMLElement {
  return h(
    "a",
    { href: changed({ label: name || null }), class: "filter-chip", "aria-current": isCurrent ? "true" : null },
    name !== "" && dot(classColor(name)),
    name === "" ? t("all") : classCaption(name),
  );
}
