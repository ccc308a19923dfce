const names = {
  tx1: '--tx-1',
  tx2: '--tx-2',
  tx3: '--tx-3',
  bg0: '--bg-0',
  bg1: '--bg-1',
  bg3: '--bg-3',
  bg4: '--bg-4',
  line1: '--line-1',
  line2: '--line-2',
  line3: '--line-3',
  lane: '--lane',
  clipPicture: '--clip-v',
  clipHead: '--clip-vh',
  clipSound: '--clip-a',
  wave: '--clip-al',
  thread: '--thread',
  accent: '--ac-fg',
  alarm: '--al',
  alarmLine: '--al-line',
  ghostHead: '--ghost-hd',
  ghost: '--ghost-bg',
  failHead: '--fail-hd',
  failText: '--fail-tx',
  hatch: '--hatch',
  hatchLow: '--hatch-lo',
  veil: '--veil',
  drop: '--drop',
  frameEdge: '--frame-edge',
  font: '--font',
} as const;

/** The theme's colours as a canvas takes them. tokens.css is the only place that knows them. */
export type Palette = Readonly<Record<keyof typeof names, string>>;

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    Object.entries(names).map(([name, token]) => [name, style.getPropertyValue(token).trim()]),
  ) as Palette; // the same keys as `names`, which fromEntries forgets
}
