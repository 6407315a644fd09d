/** Chinese or English: the words of the interface, and the captions of the ontology from `styles.json`. */

import styles from "../../styles.json";
import { current } from "./route";
import words from "./words.json";

export type Lang = "zh" | "en";
export type Word = keyof typeof words;

interface Caption {
  zh: string;
  en: string;
}

const classes: Record<string, Caption & { color: string }> = styles.classes;
const relations: Record<string, Caption & { zh_in: string; en_in: string }> = styles.relations;
const properties: Record<string, Caption> = styles.properties;
const values: Record<string, Record<string, Caption>> = styles.values;

/** The language of the URL, else the browser's. */
export function lang(): Lang {
  const chosen = current().params.get("lang");
  if (chosen === "zh" || chosen === "en") return chosen;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** A phrase of the interface; `{name}` is replaced by the value of that name. */
export function t(word: Word, fields: Readonly<Record<string, string | number>> = {}): string {
  return words[word][lang()].replace(/\{(\w+)\}/g, (_, name: string) => String(fields[name] ?? ""));
}

export function classCaption(label: string): string {
  return classes[label]?.[lang()] ?? label;
}

export function classColor(label: string): string {
  return classes[label]?.color ?? "#566372";
}

/** What a relation is called; `inward`: as read from its target. */
export function relationCaption(type: string, inward: boolean): string {
  const caption = relations[type];
  if (!caption) return type;
  if (lang() === "zh") return inward ? caption.zh_in : caption.zh;
  return inward ? caption.en_in : caption.en;
}

export function propertyCaption(name: string): string {
  return properties[name]?.[lang()] ?? name;
}

/** All properties that have captions, in the order in which they are shown. */
export function propertyNames(): string[] {
  return Object.keys(properties);
}

/** What a value of a property is called, or the value itself where it has no caption. */
export function valueCaption(property: string, value: string): string {
  return values[property]?.[value]?.[lang()] ?? value;
}

/** The values of a property that have captions, in the order of the ontology. */
export function valuesOf(property: string): string[] {
  return Object.keys(values[property] ?? {});
}

/** A count as people write it. */
export function count(value: number): string {
  return value.toLocaleString(lang() === "zh" ? "zh-CN" : "en");
}
