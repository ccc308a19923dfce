import { type BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron';

/** The title bar is the page's own; the system draws its buttons over it, in the colours of the theme. */
export interface TitleBars {
  /** What a new window is given. */
  options(): Pick<BrowserWindowConstructorOptions, Given>;
  /** A page says how high its bar is now, and which theme it has. */
  dress(window: BrowserWindow, bar: { readonly heightPx: number; readonly theme: Theme }): void;
}

type Given = 'titleBarStyle' | 'titleBarOverlay' | 'trafficLightPosition' | 'backgroundColor';
type Theme = 'system' | 'dark' | 'light';

/** The ground of the window and what stands on it: `--bg-0` and `--tx-1` of the page. */
export const barColours = {
  dark: { color: '#0c0d0f', symbolColor: '#eceef0' },
  light: { color: '#d5d8dc', symbolColor: '#16181b' },
} as const;

/** How high the bar of a large window is, until the page says otherwise. */
const usualHeightPx = 44;
/** Three buttons of 12 in a bar of 44, as far from its edge as from its top. */
const trafficLights = { x: 16, y: 16 } as const;

export function titleBars(platform: NodeJS.Platform, windows: () => readonly BrowserWindow[]): TitleBars {
  const heights = new WeakMap<BrowserWindow, number>();
  let isToldOf = false;
  // The editor is dark unless it is told otherwise, whatever the system is: no other ground flashes up first.
  const colours = () => barColours[isToldOf && !nativeTheme.shouldUseDarkColors ? 'light' : 'dark'];
  const paint = (window: BrowserWindow) => {
    window.setBackgroundColor(colours().color);
    if (platform === 'darwin') return; // its buttons have colours of their own
    window.setTitleBarOverlay({ ...colours(), height: heights.get(window) ?? usualHeightPx });
  };
  nativeTheme.on('updated', () => {
    for (const window of windows()) paint(window);
  });
  return {
    options: () => ({
      titleBarStyle: 'hidden',
      backgroundColor: colours().color,
      // On macOS this only tells the page where the buttons are.
      titleBarOverlay: platform === 'darwin' ? true : { ...colours(), height: usualHeightPx },
      ...(platform === 'darwin' && { trafficLightPosition: { ...trafficLights } }),
    }),
    dress: (window, { heightPx, theme }) => {
      heights.set(window, heightPx);
      isToldOf = true;
      nativeTheme.themeSource = theme;
      paint(window);
    },
  };
}
