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
/** macOS's buttons are 12 high and stand in the middle of the bar. */
const trafficLights = (barHeightPx: number) => ({ x: 16, y: (barHeightPx - 12) / 2 });

export function titleBars(platform: NodeJS.Platform, windows: () => readonly BrowserWindow[]): TitleBars {
  const heights = new WeakMap<BrowserWindow, number>();
  let isToldOf = false;
  // The editor is dark unless it is told otherwise, whatever the system is: no other ground flashes up first.
  const colours = () => barColours[isToldOf && !nativeTheme.shouldUseDarkColors ? 'light' : 'dark'];
  const paint = (window: BrowserWindow) => {
    window.setBackgroundColor(colours().color);
    const height = heights.get(window) ?? usualHeightPx;
    if (platform === 'darwin') window.setWindowButtonPosition(trafficLights(height));
    else window.setTitleBarOverlay({ ...colours(), height });
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
      ...(platform === 'darwin' && { trafficLightPosition: trafficLights(usualHeightPx) }),
    }),
    dress: (window, { heightPx, theme }) => {
      heights.set(window, heightPx);
      isToldOf = true;
      nativeTheme.themeSource = theme;
      paint(window);
    },
  };
}
