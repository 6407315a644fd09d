/** Small marks for classes, roles and the like. */

import { type Child, dot, h } from "./dom";
import { classCaption, classColor, valueCaption } from "./language";

/** The class of a node, with its colour. */
export function classChip(label: string): HTMLElement {
  return h("span", { class: "chip class-chip" }, dot(classColor(label)), classCaption(label));
}

/** A value of a property by its caption. */
export function valueChip(property: string, value: string): HTMLElement {
  return chip(valueCaption(property, value));
}

/** The other name by which something was found; nothing where there is none. */
export function aliasNote(alias: string): Child {
  return alias && h("span", { class: "alias quiet", lang: "zh-CN" }, `（${alias}）`);
}

export function chip(text: string, kind = "", title = ""): HTMLElement {
  return h("span", { class: `chip ${kind}`.trim(), title: title || null }, text);
}
