import { z } from 'zod';

// What a window may ask of the desktop shell. The shell parses each request by these; the bridge in the page
// (desktop-bridge.ts) has their types alone.

const words = z.string().min(1).max(500);
const path = z.string().min(1).max(32_000);
const pixels = z.number().int().min(0).max(20_000);
const point = z.object({ x: pixels, y: pixels });

const menuLeaves = [
  z.object({ kind: z.literal('separator') }),
  /** Chosen, it goes back to the window by name. The accelerator is in Electron's spelling. */
  z.object({
    kind: z.literal('command'),
    name: z.string().min(1).max(60),
    label: words,
    accelerator: z.string().min(1).max(60).exactOptional(),
    isEnabled: z.boolean(),
  }),
  /** What the system does by itself; the label comes from the window so that it speaks one language. */
  z.object({
    kind: z.literal('role'),
    role: z.enum(['about', 'hide', 'hideOthers', 'unhide', 'quit', 'cut', 'copy', 'paste', 'minimize', 'close']),
    label: words,
  }),
  /** A window of its own, on the start page. */
  z.object({ kind: z.literal('new-window'), label: words }),
  /** A project: in the window that shows it, else in one that shows none, else in a window of its own. */
  z.object({ kind: z.literal('project'), folder: path, label: words }),
] as const;

export const menuItemSchema = z.discriminatedUnion('kind', [
  ...menuLeaves,
  z.object({
    kind: z.literal('submenu'),
    label: words,
    items: z.array(z.discriminatedUnion('kind', menuLeaves)).min(1).max(20),
  }),
]);

export const menuSchema = z
  .array(z.object({ label: words, items: z.array(menuItemSchema).max(100) }))
  .min(1)
  .max(20);

/** The menu bar, in the language of the window that has the focus. */
export type DesktopMenu = z.infer<typeof menuSchema>;
export type DesktopMenuItem = z.infer<typeof menuItemSchema>;

export const closingAnswerSchema = z.discriminatedUnion('kind', [
  /** Everything is on its way to the journal, and nothing would be interrupted. */
  z.object({ kind: z.literal('ready') }),
  /** What the editor should be asked first. */
  z.object({ kind: z.literal('ask'), message: words, detail: words, leave: words, stay: words }),
]);
export type ClosingAnswer = z.infer<typeof closingAnswerSchema>;

/** What a window may ask of the shell, by channel. */
export const desktopRequests = {
  connect: z.object({ connection: z.number().int().nonnegative() }),
  chooseMedia: z.object({ title: words }),
  chooseProject: z.object({ title: words }),
  chooseExportFile: z.object({ title: words, folder: path, name: z.string().max(255), kind: words }),
  revealFile: z.object({ path }),
  notify: z.object({ title: words, body: z.string().max(500) }),
  /** Sets the menu bar, and opens it as a menu at a point of the window where the system shows none. */
  setMenu: z.object({ menu: menuSchema.exactOptional(), openAt: point.exactOptional() }),
  /** How the page looks now: the system's buttons over its title bar follow, and its dialogs. */
  setTheme: z.object({ theme: z.enum(['system', 'dark', 'light']), barHeightPx: z.number().int().min(32).max(64) }),
  showProject: z.object({ folder: path.exactOptional() }),
  answerClosing: z.object({ question: z.number().int().nonnegative(), answer: closingAnswerSchema }),
} as const;
export type DesktopChannel = keyof typeof desktopRequests;
export type DesktopRequest<Channel extends DesktopChannel> = z.infer<(typeof desktopRequests)[Channel]>;
