/** An input with suggestions from the search (a combobox: arrows, Enter, Escape). */

import { type Hit, type Page, aliasOf, get } from "./api";
import { aliasNote, classChip } from "./chips";
import { debounced, fill, h } from "./dom";
import { figure, nameBeside } from "./figures";

interface Options {
  id: string;
  label: string;
  placeholder?: string;
  value?: string;
  classes?: readonly string[];
  limit?: number;
  onPick: (node: Hit) => void;
  onEnter: (text: string) => void;
}

/** The input in its wrapper; picking a suggestion and Enter on free text are told apart. */
export function suggestInput(options: Options): { root: HTMLElement; input: HTMLInputElement } {
  const list = h("ul", { class: "suggestions", role: "listbox", id: `${options.id}-list`, hidden: true });
  const input = h("input", {
    id: options.id,
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": options.label,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    placeholder: options.placeholder ?? options.label,
    value: options.value ?? "",
  });
  let hits: Hit[] = [];
  let active = -1;

  const close = (): void => {
    hits = [];
    active = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (node: Hit): void => {
    close();
    options.onPick(node);
  };
  const draw = (): void => {
    fill(list, hits.map((hit, at) => suggestion(hit, `${options.id}-${at}`, at === active, pick)));
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    if (active >= 0) input.setAttribute("aria-activedescendant", `${options.id}-${active}`);
    else input.removeAttribute("aria-activedescendant");
    list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  };
  const ask = debounced(async () => {
    const q = input.value.trim();
    if (!q) return close();
    const found = await suggestions(q, options.classes, options.limit ?? 8);
    if (input.value.trim() !== q || document.activeElement !== input) return;
    hits = found;
    active = -1;
    draw();
  }, 160);
  const move = (step: number): void => {
    active = ((active + step + 1 + hits.length + 1) % (hits.length + 1)) - 1;
    draw();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return; // Enter ends the composition of Chinese input, it does not search
    const chosen = hits[active];
    if (event.key === "ArrowDown" && hits.length) move(1);
    else if (event.key === "ArrowUp" && hits.length) move(-1);
    else if (event.key === "Enter" && chosen) pick(chosen);
    else if (event.key === "Enter") {
      close();
      options.onEnter(input.value.trim());
    } else if (event.key === "Escape" && hits.length) close();
    else return;
    event.preventDefault();
  };
  input.addEventListener("input", () => ask());
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", () => close());
  return { root: h("div", { class: "suggest" }, input, list), input };
}

function suggestion(node: Hit, id: string, isActive: boolean, pick: (node: Hit) => void): HTMLElement {
  const item = h(
    "li",
    { id, role: "option", "aria-selected": String(isActive) },
    h("span", { class: "suggestion-name", lang: "zh-CN" }, nameBeside(node), aliasNote(aliasOf(node))),
    h("span", { class: "suggestion-note" }, node.label === "Goal" && figure(node.properties)),
    classChip(node.label),
  );
  item.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the input keeps the focus, else its blur would close the list before the click
    pick(node);
  });
  return item;
}

/** Nodes whose name fits; failures of this convenience are left to the search itself to tell. */
async function suggestions(q: string, classes: readonly string[] | undefined, limit: number): Promise<Hit[]> {
  const page = await get<Page<Hit>>("search", { q, label: classes, limit }).catch(() => null);
  return (page?.items ?? []).filter((hit) => hit.label !== "Passage");
}
