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
/** So many of the most important names may cover circles, though never another name. */
const CERTAIN = 14;

/** Draws the names; `nodes` in order of importance. Returns how many were drawn. */
export function drawNames(context: CanvasRenderingContext2D, nodes: readonly Named[], size: { width: number; height: number }): number {
  context.clearRect(0, 0, size.width, size.height);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const visible = nodes.filter(({ x, y }) => x > -60 && y > -20 && x < size.width + 60 && y < size.height + 20);
  const names = new Grid();
  const circles = new Grid();
  for (const node of visible) circles.add(around(node), node);
  const drawn: Placement[] = [];
  for (const [rank, node] of visible.entries()) {
    if (drawn.length >= MOST) break;
    const placement = place(context, node, { names, circles, size, mayCover: rank < CERTAIN || node.isStrong });
    if (!placement) continue;
    names.add(placement.box);
    drawn.push(placement);
  }
  for (const placement of drawn.reverse()) write(context, placement);
  return drawn.length;
}

interface Room {
  names: Grid;
  circles: Grid;
  size: { width: number; height: number };
  mayCover: boolean;
}

function place(context: CanvasRenderingContext2D, node: Named, { names, circles, size, mayCover }: Room): Placement | null {
  const { lines, width } = shape(context, node);
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
  const apart = inside.filter((box) => !names.hits(box, node));
  const free = apart.find((box) => !circles.hits(box, node)) ?? (mayCover ? apart[0] : undefined) ?? (node.isStrong ? boxes[0] : undefined);
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
    const slack = box.right - box.left - context.measureText(line).width;
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

interface Shape {
  lines: string[];
  width: number;
}

const shapes = { regular: new Map<string, Shape>(), strong: new Map<string, Shape>() };

/** Lines of a name and the width of the longest, kept: measuring text is what costs. */
function shape(context: CanvasRenderingContext2D, node: Named): Shape {
  const kept = node.isStrong ? shapes.strong : shapes.regular;
  const known = kept.get(node.name);
  if (known) return known;
  context.font = font(node);
  const measure: Measure = (text) => context.measureText(text).width;
  const lines = broken(measure, node.name);
  const made = { lines, width: Math.max(...lines.map(measure)) };
  if (kept.size > 20_000) kept.clear();
  kept.set(node.name, made);
  return made;
}

type Measure = (text: string) => number;

/** The name in one line, or in two where it is long; a third part of it gives way to an ellipsis. */
function broken(measure: Measure, name: string): string[] {
  const width = measure(name);
  if (width <= LONGEST) return [name];
  const first = fitting(measure, name, LONGEST);
  const rest = name.slice(first.length).trim();
  if (measure(rest) > LONGEST) return [first, `${fitting(measure, rest, LONGEST - SIZE)}…`];
  const half = fitting(measure, name, width / 2 + SIZE / 2);
  return [half.trim(), name.slice(half.length).trim()];
}

/** The longest beginning of the text that is no wider; Latin words stay whole where they can. */
function fitting(measure: Measure, text: string, width: number): string {
  const characters = [...text].slice(0, 200);
  let end = characters.length;
  while (end > 1 && measure(characters.slice(0, end).join("")) > width) end -= 1;
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
