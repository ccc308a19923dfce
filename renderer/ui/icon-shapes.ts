/** One stroke of an icon on its 16-pixel grid; `fill` is the opacity of a filled one. */
export interface IconShape {
  readonly d: string;
  readonly fill?: number;
  readonly opacity?: number;
  readonly widthPx?: number;
}

// Drawn for this project: 16-pixel grid, 1.3 stroke, round joins. Paths alone, so that the timeline's canvas can
// paint the same ones.
export const iconShapes = {
  play: [{ d: 'M5 3.5v9l7-4.5z', fill: 1 }],
  pause: [{ d: 'M5 3.5v9M11 3.5v9', widthPx: 2.2 }],
  'previous-edit': [{ d: 'M11.5 4 6 8l5.5 4zM4 4v8' }],
  'next-edit': [{ d: 'M4.5 4 10 8l-5.5 4zM12 4v8' }],
  'step-back': [{ d: 'M10 4 5.5 8 10 12' }],
  'step-forward': [{ d: 'M6 4l4.5 4L6 12' }],
  'full-screen': [{ d: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3' }],
  razor: [
    {
      d: 'M2.7 11.5a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0 -3.6 0zM9.7 11.5a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0 -3.6 0zM5.6 10 11 3M10.4 10 5 3',
    },
  ],
  arrow: [{ d: 'M4 2.8v9.6l2.6-2.5 1.7 3.6 1.8-.9-1.7-3.4h3.4z' }],
  magnet: [{ d: 'M4 3v5a4 4 0 0 0 8 0V3M4 5.5h2.5M9.5 5.5H12M6.5 3v5a1.5 1.5 0 0 0 3 0V3' }],
  link: [{ d: 'M6.5 9.5l3-3M7 5l1.3-1.3a2.6 2.6 0 0 1 3.7 3.7L10.7 8.7M9 11l-1.3 1.3A2.6 2.6 0 0 1 4 8.6l1.3-1.3' }],
  menu: [{ d: 'M3 4.5h10M3 8h10M3 11.5h10' }],
  plus: [{ d: 'M8 3.5v9M3.5 8h9' }],
  minus: [{ d: 'M3.5 8h9' }],
  close: [{ d: 'M4 4l8 8M12 4l-8 8' }],
  check: [{ d: 'M3.5 8.5l3 3 6-7' }],
  'chevron-down': [{ d: 'M4.5 6.5 8 10l3.5-3.5' }],
  'chevron-right': [{ d: 'M6.5 4.5 10 8l-3.5 3.5' }],
  search: [{ d: 'M3.2 7a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0 -7.6 0zM10 10l3 3' }],
  generate: [
    { d: 'M3 4.5h10M3 8h4M3 11.5h10', opacity: 0.55 },
    { d: 'M5 2.5v3.2M8 6.2v3.6M11 2.5v3.2M5 10.3v3.2M11 10.3v3.2' },
  ],
  dice: [
    { d: 'M5 3h6a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-6a2 2 0 0 1 -2 -2v-6a2 2 0 0 1 2 -2z' },
    {
      d: 'M5.2 6a0.8 0.8 0 1 0 1.6 0a0.8 0.8 0 1 0 -1.6 0zM9.2 10a0.8 0.8 0 1 0 1.6 0a0.8 0.8 0 1 0 -1.6 0zM9.2 6a0.8 0.8 0 1 0 1.6 0a0.8 0.8 0 1 0 -1.6 0zM5.2 10a0.8 0.8 0 1 0 1.6 0a0.8 0.8 0 1 0 -1.6 0z',
      fill: 1,
    },
  ],
  lock: [
    {
      d: 'M5.2 7h5.6a1.2 1.2 0 0 1 1.2 1.2v3.6a1.2 1.2 0 0 1 -1.2 1.2h-5.6a1.2 1.2 0 0 1 -1.2 -1.2v-3.6a1.2 1.2 0 0 1 1.2 -1.2zM5.5 7V5.5a2.5 2.5 0 0 1 5 0V7',
    },
  ],
  unlock: [
    {
      d: 'M5.2 7h5.6a1.2 1.2 0 0 1 1.2 1.2v3.6a1.2 1.2 0 0 1 -1.2 1.2h-5.6a1.2 1.2 0 0 1 -1.2 -1.2v-3.6a1.2 1.2 0 0 1 1.2 -1.2zM5.5 7V5.2a2.5 2.5 0 0 1 4.8-.9',
    },
  ],
  eye: [{ d: 'M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4zM6.3 8a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0 -3.4 0z' }],
  film: [
    {
      d: 'M3.7 3h8.6a1.2 1.2 0 0 1 1.2 1.2v7.6a1.2 1.2 0 0 1 -1.2 1.2h-8.6a1.2 1.2 0 0 1 -1.2 -1.2v-7.6a1.2 1.2 0 0 1 1.2 -1.2zM5 3v10M11 3v10M2.5 6.3H5M2.5 9.7H5M11 6.3h2.5M11 9.7h2.5',
    },
  ],
  wave: [{ d: 'M2.5 8h1M5 5.5v5M7.5 3.5v9M10 6v4M12.5 7v2' }],
  folder: [{ d: 'M2.5 4.5a1 1 0 0 1 1-1H6l1.5 1.5h5a1 1 0 0 1 1 1v5.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1z' }],
  import: [{ d: 'M8 2.5v7M5 6.8l3 3 3-3M3 12.5h10' }],
  export: [{ d: 'M8 10V2.8M5 5.5l3-3 3 3M3 12.5h10' }],
  warning: [{ d: 'M8 2.8 14 13H2zM8 6.5v3M8 11.2v.2' }],
  error: [{ d: 'M5.5 2.5h5l3 3v5l-3 3h-5l-3-3v-5z', fill: 0.18 }, { d: 'M8 5v3.6M8 10.8v.2' }],
  info: [{ d: 'M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0zM8 7.3v3.5M8 5.2v.1' }],
  processor: [
    {
      d: 'M3.7 4h8.6a1.2 1.2 0 0 1 1.2 1.2v5.6a1.2 1.2 0 0 1 -1.2 1.2h-8.6a1.2 1.2 0 0 1 -1.2 -1.2v-5.6a1.2 1.2 0 0 1 1.2 -1.2zM4.5 8a2 2 0 1 0 4 0a2 2 0 1 0 -4 0zM10.5 6.5v3M12 6.5v3M5 12v1.5M8 12v1.5M11 12v1.5',
    },
  ],
  pack: [{ d: 'M8 2.5 13.5 5v6L8 13.5 2.5 11V5zM2.5 5 8 7.5 13.5 5M8 7.5v6' }],
  clock: [{ d: 'M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0zM8 5v3.2l2 1.3' }],
  gear: [
    {
      d: 'M6 8a2 2 0 1 0 4 0a2 2 0 1 0 -4 0zM8 2.5v2M8 11.5v2M2.5 8h2M11.5 8h2M4.1 4.1l1.4 1.4M10.5 10.5l1.4 1.4M11.9 4.1l-1.4 1.4M5.5 10.5l-1.4 1.4',
    },
  ],
  disk: [
    {
      d: 'M4 4h8a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1 -1.5 1.5h-8a1.5 1.5 0 0 1 -1.5 -1.5v-5a1.5 1.5 0 0 1 1.5 -1.5zM2.5 9h11M10.5 10.6h1',
    },
  ],
  retry: [{ d: 'M12.5 6A5 5 0 1 0 13 9M12.8 3v3.2H9.6' }],
  file: [{ d: 'M4 2.5h5.5L12.5 5.5v8H4zM9.5 2.5v3h3M6 8h4.5M6 10.5h4.5' }],
  hidden: [{ d: 'M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4z', opacity: 0.6 }, { d: 'M3 13.2 13 2.8' }],
  up: [{ d: 'M8 13V3.5M4 7.5l4-4 4 4' }],
  undo: [{ d: 'M6 4.5 3 7.5l3 3M3.2 7.5h6.3a3 3 0 0 1 0 6H7' }],
  redo: [{ d: 'M10 4.5l3 3-3 3M12.8 7.5H6.5a3 3 0 0 0 0 6H9' }],
  down: [{ d: 'M8 3v9.5M4 8.5l4 4 4-4' }],
} as const satisfies Record<string, readonly IconShape[]>;

export type IconName = keyof typeof iconShapes;
