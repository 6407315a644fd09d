/** Names beside the nodes of a picture: as many as have room, the most important first, none over another. */

export interface Named {
  name: string;
  x: number;
  y: number;
  radius: number;
  /** Chosen or pointed at: written first, bold. */
  isStrong: boolean;
  isFaint: boolean;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Placement {
  lines: string[];
  box: Box;
  node: Named;
}

const FONT = '"Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif';
const SIZE = 12.5;
const LINE = 15;
const LONGEST = 12.5 * 11;
const CELL = 64;
const MOST = 260;

/** Draws the names; `nodes` in order of importance. Returns how many were drawn. */
export function drawNames(context: CanvasRenderingContext2D, nodes: readonly Named[], size: { width: number; height: number }): number {
  context.clearRect(0, 0, size.width, size.height);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const visible = nodes.filter(({ x, y }) => x > -60 && y > -20 && x < size.width + 60 && y < size.height + 20);
  const taken = new Grid();
  for (const node of visible) if (node.radius > 5) taken.add(around(node), node);
  const drawn: Placement[] = [];
  for (const node of visible) {
    if (drawn.length >= MOST) break;
    const placement = place(context, node, taken, size);
    if (!placement) continue;
    taken.add(placement.box);
    drawn.push(placement);
  }
  for (const placement of drawn.reverse()) write(context, placement);
  return drawn.length;
}

function place(context: CanvasRenderingContext2D, node: Named, taken: Grid, size: { width: number; height: number }): Placement | null {
  context.font = font(node);
  const lines = broken(context, node.name);
  const width = Math.max(...lines.map((line) => measured(context, line)));
  const height = lines.length * LINE;
  const { x, y, radius } = node;
  const gap = radius + 4;
  const corners: [number, number][] = [
    [x + gap, y - height / 2],
    [x - gap - width, y - height / 2],
    [x - width / 2, y + gap - 1],
    [x - width / 2, y - gap - height + 1],
  ];
  const boxes = corners.map(([left, top]) => ({ left, top, right: left + width, bottom: top + height }));
  const inside = boxes.filter((box) => box.left >= 0 && box.right <= size.width && box.top >= 0 && box.bottom <= size.height);
  const free = inside.find((box) => !taken.hits(box, node)) ?? (node.isStrong ? (inside[0] ?? boxes[0]) : undefined);
  return free ? { lines, box: free, node } : null;
}

function write(context: CanvasRenderingContext2D, { lines, box, node }: Placement): void {
  context.font = font(node);
  context.strokeStyle = "rgba(252, 252, 251, 0.92)";
  context.lineWidth = 4;
  context.fillStyle = node.isFaint ? "#98a3af" : "#17212b";
  lines.forEach((line, at) => {
    const y = box.top + LINE * (at + 0.5);
    const isLeft = box.right <= node.x;
    const isMiddle = box.left < node.x && box.right > node.x;
    const slack = box.right - box.left - measured(context, line);
    const x = box.left + (isMiddle ? slack / 2 : isLeft ? slack : 0);
    context.strokeText(line, x, y);
    context.fillText(line, x, y);
  });
}

function around({ x, y, radius }: Named): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function font(node: Named): string {
  return `${node.isStrong ? 600 : 400} ${SIZE}px ${FONT}`;
}

const widths = new Map<string, number>();

function measured(context: CanvasRenderingContext2D, text: string): number {
  const key = context.font + text;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > 20_000) widths.clear();
  const width = context.measureText(text).width;
  widths.set(key, width);
  return width;
}

/** The name in one line, or in two where it is long; a third part of it gives way to an ellipsis. */
function broken(context: CanvasRenderingContext2D, name: string): string[] {
  if (measured(context, name) <= LONGEST) return [name];
  const first = fitting(context, name, LONGEST);
  const rest = name.slice(first.length).trim();
  if (measured(context, rest) <= LONGEST) return balanced(context, name);
  return [first, `${fitting(context, rest, LONGEST - SIZE)}…`];
}

function balanced(context: CanvasRenderingContext2D, name: string): string[] {
  const half = fitting(context, name, measured(context, name) / 2 + SIZE / 2);
  return [half.trim(), name.slice(half.length).trim()];
}

/** The longest beginning of the text that is no wider; Latin words stay whole where they can. */
function fitting(context: CanvasRenderingContext2D, text: string, width: number): string {
  const characters = [...text];
  let end = characters.length;
  while (end > 1 && measured(context, characters.slice(0, end).join("")) > width) end -= 1;
  const head = characters.slice(0, end).join("");
  const space = head.lastIndexOf(" ");
  return space > 0 && end < characters.length && /^\w/.test(text.slice(head.length)) ? head.slice(0, space + 1) : head;
}

/** Boxes by the cells they touch, so that a name is compared with its surroundings only. */
class Grid {
  private readonly cells = new Map<string, { box: Box; owner: Named | undefined }[]>();

  add(box: Box, owner?: Named): void {
    for (const cell of this.touched(box)) {
      const held = this.cells.get(cell);
      if (held) held.push({ box, owner });
      else this.cells.set(cell, [{ box, owner }]);
    }
  }

  hits(box: Box, own: Named): boolean {
    return this.touched(box).some((cell) =>
      this.cells.get(cell)?.some(
        ({ box: other, owner }) =>
          owner !== own && other.left < box.right && other.right > box.left && other.top < box.bottom && other.bottom > box.top,
      ),
    );
  }

  private touched(box: Box): string[] {
    const keys: string[] = [];
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) keys.push(`${x} ${y}`);
    }
    return keys;
  }
}
