import type { DesktopRequest } from './desktop-requests.ts';

// What the page sees of the desktop shell. Types and names only: this is all that the preload script is made of. The
// engine is not part of it; its contract travels over the port that `connect` brings.

/** What the shell asks of a window. */
export type Asked =
  /** A menu item was chosen; `isByKey` where its key was pressed and the page had left it alone. */
  | { readonly kind: 'command'; readonly name: string; readonly isByKey: boolean }
  /** A second start, a double click or a drop on the icon brought a project. */
  | { readonly kind: 'open-project'; readonly folder: string }
  /** The window is about to close; answered by `answerClosing`. `endsEngine`: jobs stop with it. */
  | { readonly kind: 'closing'; readonly question: number; readonly endsEngine: boolean };

/**
 * All that the page sees of the shell, as `window.shotloom`: one frozen object. Requests reject when the shell refuses
 * them; dialogs answer undefined when the editor backs out.
 */
export interface DesktopBridge {
  /**
   * Asks for a line to the engine. It comes as a message event of the window itself with an EnginePortMessage and one
   * port. Answers whether the engine could be reached.
   */
  readonly connect: (request: DesktopRequest<'connect'>) => Promise<boolean>;
  readonly chooseMedia: (request: DesktopRequest<'chooseMedia'>) => Promise<readonly string[] | undefined>;
  readonly chooseProject: (request: DesktopRequest<'chooseProject'>) => Promise<string | undefined>;
  readonly chooseExportFile: (request: DesktopRequest<'chooseExportFile'>) => Promise<string | undefined>;
  /** Where a file dropped on the window lies; empty for one that lies nowhere. */
  readonly pathOf: (file: File) => string;
  readonly revealFile: (request: DesktopRequest<'revealFile'>) => Promise<void>;
  readonly notify: (request: DesktopRequest<'notify'>) => Promise<void>;
  readonly setMenu: (request: DesktopRequest<'setMenu'>) => Promise<void>;
  /** For the system's own dialogs, and for its buttons over the page's title bar. */
  readonly setTheme: (request: DesktopRequest<'setTheme'>) => Promise<void>;
  /**
   * Tells which project the window shows, or is about to, so that a second start finds it. Answers whether it may: a
   * project is shown in one window, and where another has it, that one has come to the front.
   */
  readonly showProject: (request: DesktopRequest<'showProject'>) => Promise<boolean>;
  readonly answerClosing: (request: DesktopRequest<'answerClosing'>) => Promise<void>;
  readonly onAsked: (listener: (asked: Asked) => void) => void;
}

/** What comes along with the port that `connect` asked for. */
export interface EnginePortMessage {
  readonly kind: 'shotloom-engine-port';
  readonly connection: number;
}

/**
 * The last message on a line to the engine, from whichever end closes it; all others are text or bytes. Electron's pages
 * are told of a closed port by an event that Chromium itself does not have, and a window must not wait for it.
 */
export const lineEnded = null;

/** The name of the bridge in the page. */
export const bridgeName = 'shotloom';
/** The window's address in the desktop shell. */
export const windowOrigin = 'shotloom://app';
