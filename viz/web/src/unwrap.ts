/** Lines as a person reads them: what was wrapped in the middle of a sentence (as PDF text is) runs on. */

import type { Segment } from "./api";

const BREAK = /[^\S\n]*\n\s*/g;
/** A line this long without a mark at its end was wrapped; a shorter one is a heading or the cell of a table. */
const FULL_LINE = 20;
const ENDS = "。！？；：:";

/** The same segments, wrapped lines joined, other breaks as one. */
export function unwrapped(segments: readonly Segment[]): Segment[] {
  const text = segments.map((segment) => segment.text).join("");
  const breaks = [...text.matchAll(BREAK)].map((found) => ({ start: found.index, end: found.index + found[0].length, as: joint(text, found.index, found.index + found[0].length) }));
  let offset = 0;
  return segments.map(({ text: part, mark }) => {
    const [from, to] = [offset, offset + part.length];
    offset = to;
    return { text: rewritten(text, from, to, breaks), mark };
  });
}

interface Break {
  start: number;
  end: number;
  as: string;
}

function rewritten(text: string, from: number, to: number, breaks: readonly Break[]): string {
  let at = from;
  let written = "";
  for (const { start, end, as } of breaks) {
    if (end <= from || start >= to) continue;
    written += text.slice(at, Math.max(at, start)) + (start >= from ? as : "");
    at = Math.min(end, to);
  }
  return written + text.slice(at, to);
}

/** What stands for a break: nothing between Chinese, a space between words, a break where a line really ends. */
function joint(text: string, start: number, end: number): string {
  const [before, after] = [text[start - 1] ?? "", text[end] ?? ""];
  if (!before || !after) return "";
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const next = text.slice(end).split("\n", 1)[0] ?? "";
  const isBeginning = line.length === start; // what is shown may begin within a line, of which the next one tells
  const isFull = line.length >= FULL_LINE || (isBeginning && next.length >= FULL_LINE);
  if (ENDS.includes(before) || !isFull) return "\n";
  return /\w/.test(before) && /\w/.test(after) ? " " : "";
}
