import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { arrivedInPage } from './ports.ts';

type Listener = (...args: unknown[]) => void;
type PermissionHandlers = {
  request?: Parameters<Electron.Session['setPermissionRequestHandler']>[0];
  check?: Parameters<Electron.Session['setPermissionCheckHandler']>[0];
};

interface Frame {
  origin: string;
  url: string;
  readonly parent: Frame | null;
}

/** The profile of all windows. */
class StandInSession
  extends EventEmitter
  implements Pick<Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>
{
  readonly handlers: PermissionHandlers = {};
  setPermissionRequestHandler(handler: PermissionHandlers['request'] = null): void {
    this.handlers.request = handler;
  }
  setPermissionCheckHandler(handler: PermissionHandlers['check'] = null): void {
    this.handlers.check = handler;
  }
  /** A page starts a download. Answers whether it goes on. */
  downloads(url: string): boolean {
    let isStopped = false;
    const preventDefault = () => {
      isStopped = true;
    };
    this.emit('will-download', { preventDefault }, { getURL: () => url });
    return !isStopped;
  }
  /** What a page is told: when it only looks whether it may, and when it asks aloud. Unhandled, Electron says yes. */
  async says(contents: StandInContents, permission: string): Promise<{ looked: boolean; asked: boolean }> {
    const { check, request } = this.handlers;
    type Permission = Parameters<NonNullable<typeof check>>[1] & Parameters<NonNullable<typeof request>>[1];
    const [of, wanted] = [contents as unknown as Electron.WebContents, permission as Permission];
    const { origin } = contents.mainFrame;
    const details = { requestingUrl: `${origin}/`, isMainFrame: true, securityOrigin: origin, mediaType: 'unknown' };
    const looked = check?.(of, wanted, origin, details as Electron.PermissionCheckHandlerHandlerDetails) ?? true;
    const asked = await new Promise<boolean>((resolve) => {
      if (request) request(of, wanted, resolve, { requestingUrl: `${origin}/`, isMainFrame: true });
      else resolve(true);
    });
    return { looked, asked };
  }
}

export const defaultSession = new StandInSession();

/** A page's contents as the main process holds them. */
export class StandInContents extends EventEmitter {
  readonly session = defaultSession;
  readonly mainFrame: Frame = { origin: 'null', url: 'about:blank', parent: null };
  readonly page: StandInPage = new StandInPage(this);
  opensWindow: ((details: { url: string }) => { action: 'allow' | 'deny' }) | undefined;
  isGone = false;
  reloads = 0;

  setWindowOpenHandler(handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse): void {
    this.opensWindow = (details) => handler(details as Electron.HandlerDetails);
  }
  send(channel: string, ...args: unknown[]): void {
    this.deliver(channel, structuredClone(args), []);
  }
  postMessage(channel: string, message: unknown, transfer: readonly object[] = []): void {
    this.deliver(channel, [structuredClone(message)], transfer.map(arrivedInPage));
  }
  getURL(): string {
    return this.mainFrame.url;
  }
  reload(): void {
    this.reloads++;
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  private deliver(channel: string, args: readonly unknown[], ports: readonly object[]): void {
    if (this.isGone) throw new TypeError('Object has been destroyed');
    setImmediate(() => this.page.ipcRenderer.emit(channel, { ports }, ...args));
  }
  /** Something in the page goes to an address. Answers whether it gets there. */
  navigate(kind: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview', url: string) {
    let isStopped = false;
    const preventDefault = () => {
      isStopped = true;
    };
    this.emit(kind, { url, preventDefault }, kind === 'will-attach-webview' ? {} : url, {});
    return isStopped ? 'stopped' : 'went';
  }
}

/** A renderer: what its preload script is given, and the page's own world beyond the bridge. */
export class StandInPage {
  readonly contents: StandInContents;
  /** The frame that requests come from; a test may say another, or none. */
  senderFrame: Frame | null;
  /** What the page's own scripts see. */
  readonly world: Record<string, unknown> = {};
  readonly window = new PageWindow();
  readonly ipcRenderer: PageIpc;

  constructor(contents: StandInContents) {
    this.contents = contents;
    this.senderFrame = contents.mainFrame;
    this.ipcRenderer = new PageIpc(this);
  }

  readonly contextBridge = {
    exposeInMainWorld: (key: string, api: unknown): void => {
      if (key in this.world) throw new Error('Cannot bind an API on top of an existing property on the window object');
      this.world[key] = crossed(api);
    },
  };
  readonly webUtils = {
    getPathForFile: (file: File): string => ('path' in file ? String(file.path) : ''),
  };
}

class PageIpc extends EventEmitter {
  private readonly page: StandInPage;
  constructor(page: StandInPage) {
    super();
    this.page = page;
  }
  async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    return StandInWindow.onInvoke(this.page, channel, structuredClone(args));
  }
}

/** The page's `window`, as far as messages to itself go. */
class PageWindow extends EventTarget {
  readonly location = { origin: 'null' };
  postMessage(data: unknown, targetOrigin: string, ports: readonly object[] = []): void {
    if (targetOrigin !== this.location.origin) return;
    const message = Object.assign(new Event('message'), { data, ports, origin: targetOrigin, source: this });
    setImmediate(() => this.dispatchEvent(message));
  }
}

/** What the context bridge lets through: functions, and plain data by copy; frozen, and without prototypes. */
function crossed(value: unknown): unknown {
  if (typeof value === 'function') return Object.freeze((...args: unknown[]) => value(...args));
  if (typeof value !== 'object' || value === null) return value;
  if (!isPlain(value)) throw new Error('An object could not be cloned.');
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, crossed(each)])));
}

/** Whether nothing but `Object.prototype` lies behind it: the one of any world, since pages have their own. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

export class StandInWindow extends EventEmitter {
  private static readonly all = new Set<StandInWindow>();
  static onLastClosed: () => void = () => {};
  static onCreated: (window: StandInWindow) => void = () => {};
  static onInvoke: (page: StandInPage, channel: string, args: readonly unknown[]) => Promise<unknown>;

  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new StandInContents();
  readonly done: string[] = [];
  isGone = false;
  isSmall = false;
  isInFront = true;
  isWide = false;
  bounds: Electron.Rectangle;
  ground: string | undefined;
  overlay: Electron.TitleBarOverlayOptions | undefined;
  buttons: Electron.Point | null = null;
  /** What the system draws around the page, in its units. */
  frame = { width: 0, height: 0 };

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    StandInWindow.all.add(this);
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    StandInWindow.onCreated(this);
  }

  static getAllWindows(): StandInWindow[] {
    return [...StandInWindow.all];
  }
  static getFocusedWindow(): StandInWindow | null {
    return StandInWindow.getAllWindows().find((window) => window.isInFront) ?? null;
  }
  static fromWebContents(contents: unknown): StandInWindow | null {
    return StandInWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }
  /** As when the program quits. Answers whether all of them let themselves be closed. */
  static closeAll(): boolean {
    for (const window of StandInWindow.getAllWindows()) window.close();
    return StandInWindow.all.size === 0;
  }

  async loadURL(url: string): Promise<void> {
    const { mainFrame, page } = this.webContents;
    mainFrame.url = url;
    mainFrame.origin = /^[a-z]+:\/\/[^/]+/.exec(url)?.[0] ?? 'null';
    page.window.location.origin = mainFrame.origin;
    this.done.push(`load ${url}`);
    this.emit('ready-to-show');
  }
  close(): void {
    let isStopped = false;
    const preventDefault = () => {
      isStopped = true;
    };
    this.emit('close', { preventDefault });
    if (!isStopped) this.destroy();
  }
  destroy(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.webContents.isGone = true;
    StandInWindow.all.delete(this);
    this.emit('closed');
    if (StandInWindow.all.size === 0) StandInWindow.onLastClosed();
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  show(): void {
    this.done.push('show');
  }
  focus(): void {
    this.isInFront = true;
    this.done.push('focus');
  }
  isFocused(): boolean {
    return this.isInFront;
  }
  isMinimized(): boolean {
    return this.isSmall;
  }
  restore(): void {
    this.isSmall = false;
    this.done.push('restore');
  }
  /** The person moves it, or makes it another size. */
  dragTo(bounds: Electron.Rectangle): void {
    this.bounds = bounds;
    this.emit('move');
    this.emit('resize');
  }
  getNormalBounds(): Electron.Rectangle {
    return this.bounds;
  }
  getBounds(): Electron.Rectangle {
    return this.bounds;
  }
  getContentBounds(): Electron.Rectangle {
    const { x, y, width, height } = this.bounds;
    return { x, y, width: width - this.frame.width, height: height - this.frame.height };
  }
  setBackgroundColor(color: string): void {
    this.ground = color;
  }
  setTitleBarOverlay(options: Electron.TitleBarOverlayOptions): void {
    if (!this.options.titleBarOverlay) throw new Error('Titlebar overlay is not enabled');
    this.overlay = options;
  }
  setWindowButtonPosition(position: Electron.Point | null): void {
    this.buttons = position;
  }
  isMaximized(): boolean {
    return this.isWide;
  }
  isFullScreen(): boolean {
    return this.options.fullscreen === true;
  }
  maximize(): void {
    this.isWide = true;
    this.done.push('maximize');
    this.emit('maximize');
  }
  setMenuBarVisibility(): void {}
  setRepresentedFilename(): void {}

  override on(event: string, listener: Listener): this {
    return super.on(event, listener);
  }
}

// Renamed or retyped in Electron, these lines turn red.
type WindowPart = Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'show'
  | 'focus'
  | 'isFocused'
  | 'isMinimized'
  | 'restore'
  | 'getNormalBounds'
  | 'getBounds'
  | 'getContentBounds'
  | 'setBackgroundColor'
  | 'setTitleBarOverlay'
  | 'setWindowButtonPosition'
  | 'isMaximized'
  | 'isFullScreen'
  | 'maximize'
  | 'setRepresentedFilename'
>;
(_: StandInWindow) => _ satisfies WindowPart;
(_: StandInContents) =>
  _ satisfies Pick<
    Electron.WebContents,
    'send' | 'postMessage' | 'setWindowOpenHandler' | 'getURL' | 'reload' | 'isDestroyed'
  >;
(_: StandInPage) => {
  _.contextBridge satisfies Pick<Electron.ContextBridge, 'exposeInMainWorld'>;
  _.webUtils satisfies Pick<Electron.WebUtils, 'getPathForFile'>;
  _.ipcRenderer satisfies Pick<Electron.IpcRenderer, 'invoke'>;
};
