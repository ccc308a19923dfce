import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { defaultSession, type StandInPage, StandInWindow } from './electron-window.ts';
import { StandInChannelMain } from './ports.ts';

// Stands in for the `electron` module in tests: the part of it that Shotloom uses, held to Electron's own types, and
// keeping Electron's rules. Resolving the real one from plain Node would start a download.

/** What a test reads of the shell, and does to it as the system or a person would. */
export const desktop = {
  isReady: false,
  isSandboxed: false,
  hasQuit: false,
  exitCode: undefined as number | undefined,
  isFirstInstance: true,
  startedWith: undefined as unknown,
  isPackaged: false,
  paths: new Map<string, string>(),
  schemes: [] as readonly Electron.CustomScheme[],
  serving: new Map<string, (request: Request) => Response | Promise<Response>>(),
  menu: undefined as StandInMenu | null | undefined,
  /** Menus that were opened at a point of a window. */
  openMenus: [] as { readonly menu: StandInMenu; readonly x: number | undefined; readonly y: number | undefined }[],
  /** Every dialog shown, and what the person answers to the next ones. */
  dialogs: [] as { readonly kind: string; readonly options: unknown }[],
  answers: [] as unknown[],
  /** The parts of the screens that windows may cover; the first is the main one. */
  screens: [{ x: 0, y: 0, width: 1920, height: 1040 }] as Electron.Rectangle[],
  revealed: [] as string[],
  openedOutside: [] as string[],
  notifications: [] as StandInNotification[],

  windows: (): readonly StandInWindow[] => StandInWindow.getAllWindows(),
  /** The system says that the program may begin. */
  becomeReady: async (): Promise<void> => {
    desktop.isReady = true;
    app.emit('ready');
    ready.resolve();
    await settled();
  },
  /** The system shuts down. Answers whether it waits for a tidy end. */
  shutDown: (): boolean => {
    const asked = eventOf();
    powerMonitor.emit('shutdown', asked);
    return asked.defaultPrevented;
  },
  /** Another start of the program, which handed over what it was given. */
  startAgain: (handedOver: unknown): void => {
    app.emit('second-instance', eventOf(), ['shotloom'], '/', handedOver);
  },
  request: async (url: string, init?: RequestInit): Promise<Response> => {
    const serve = desktop.serving.get(url.slice(0, url.indexOf(':')));
    if (!serve) throw new Error(`nothing serves ${url}`);
    return serve(new Request(url, init));
  },
};

/** Lets everything that was set going, and waits for nobody outside, come to rest. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const ready = Promise.withResolvers<void>();

class StandInApp extends EventEmitter {
  readonly name = 'Shotloom';
  get isPackaged() {
    return desktop.isPackaged;
  }
  whenReady(): Promise<void> {
    return ready.promise;
  }
  isReady(): boolean {
    return desktop.isReady;
  }
  enableSandbox(): void {
    if (desktop.isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    desktop.isSandboxed = true;
  }
  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    desktop.startedWith = structuredClone(additionalData);
    return desktop.isFirstInstance;
  }
  setPath(name: string, path: string): void {
    desktop.paths.set(name, path);
  }
  getPath(name: string): string {
    return desktop.paths.get(name) ?? `/stand-in/${name}`;
  }
  getLocale(): string {
    return 'en-US';
  }
  setAppUserModelId(): void {}
  focus(): void {}
  /** Asks, closes every window, and ends: any of them may say no. */
  quit(): void {
    const asked = eventOf();
    this.emit('before-quit', asked);
    if (asked.defaultPrevented || !StandInWindow.closeAll()) return;
    const ending = eventOf();
    this.emit('will-quit', ending);
    if (ending.defaultPrevented) return;
    desktop.hasQuit = true;
    this.emit('quit', eventOf(), 0);
  }
  exit(exitCode = 0): void {
    desktop.exitCode = exitCode;
    for (const window of desktop.windows()) window.destroy();
    desktop.hasQuit = true;
  }
}

export const app = new StandInApp();
StandInWindow.onLastClosed = () => {
  if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
  else app.quit();
};
StandInWindow.onCreated = (window) => {
  if (!desktop.isReady) throw new Error('Cannot create BrowserWindow before app is ready');
  app.emit('web-contents-created', eventOf(), window.webContents);
  app.emit('browser-window-created', eventOf(), window);
};

export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly Electron.CustomScheme[]) => {
    if (desktop.isReady) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    desktop.schemes = schemes; // each call takes the place of the one before
  },
  handle: (scheme: string, serve: (request: Request) => Response | Promise<Response>) => {
    if (!desktop.isReady) throw new Error('protocol can only be used after app is ready');
    if (desktop.serving.has(scheme)) throw new Error(`The scheme has been registered: ${scheme}`);
    desktop.serving.set(scheme, serve);
  },
};

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;
const handlers = new Map<string, Handler>();

export const ipcMain = {
  handle: (channel: string, handler: Handler) => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
};

/** A page asks the main process: what crosses is cloned, and an error arrives as its words alone. */
StandInWindow.onInvoke = async (page: StandInPage, channel: string, args: readonly unknown[]) => {
  const handler = handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  const event = { ...eventOf(), type: 'frame', sender: page.contents, senderFrame: page.senderFrame };
  try {
    return structuredClone(await handler(event as unknown as Electron.IpcMainInvokeEvent, ...structuredClone(args)));
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`);
  }
};

export const dialog = {
  showOpenDialog: (...args: unknown[]) => shown<Electron.OpenDialogReturnValue>('open', args),
  showSaveDialog: (...args: unknown[]) => shown<Electron.SaveDialogReturnValue>('save', args),
  showMessageBox: (...args: unknown[]) => shown<Electron.MessageBoxReturnValue>('message', args),
  showErrorBox: (title: string, content: string) => {
    desktop.dialogs.push({ kind: 'error', options: { title, content } });
  },
};

async function shown<Answer>(kind: string, args: readonly unknown[]): Promise<Answer> {
  if (!desktop.isReady) throw new Error('dialog module can only be used after app is ready');
  desktop.dialogs.push({ kind, options: args.at(-1) });
  if (desktop.answers.length === 0) throw new Error(`nobody answers the ${kind} dialog`);
  return desktop.answers.shift() as Answer; // the test says what the person does
}

export const shell = {
  showItemInFolder: (path: string) => {
    desktop.revealed.push(path);
  },
  openExternal: async (url: string) => {
    desktop.openedOutside.push(url);
  },
};

const displays = () =>
  desktop.screens.map((workArea, id) => ({ id, bounds: workArea, workArea }) as unknown as Electron.Display);

function whenReady<Answer>(answer: () => Answer): Answer {
  if (!desktop.isReady) throw new Error("The 'screen' module can't be used before the app 'ready' event");
  return answer();
}

export const screen = {
  getAllDisplays: (): Electron.Display[] => whenReady(displays).reverse(), // in no order that one could rely on
  getPrimaryDisplay: (): Electron.Display => whenReady(() => displays()[0] as Electron.Display),
};

export const powerMonitor = new EventEmitter();

class StandInTheme extends EventEmitter {
  isSystemDark = true;
  private source: 'system' | 'light' | 'dark' = 'system';
  get themeSource() {
    return this.source;
  }
  set themeSource(source: 'system' | 'light' | 'dark') {
    const before = this.shouldUseDarkColors;
    this.source = source;
    if (this.shouldUseDarkColors !== before) this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.source === 'system' ? this.isSystemDark : this.source === 'dark';
  }
  /** The person makes the whole system light or dark. */
  turn(to: 'light' | 'dark'): void {
    this.isSystemDark = to === 'dark';
    this.emit('updated');
  }
}

export const nativeTheme = new StandInTheme();

type ItemOptions = Electron.MenuItemConstructorOptions;
const keyName =
  /^([A-Z0-9]|F\d{1,2}|[)!@#$%^&*(:;+=<,_>.?/~`{\][|\\}"'-]|Plus|Space|Tab|Backspace|Delete|Insert|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Esc)$/;
const modifierName = /^(CommandOrControl|CmdOrCtrl|Command|Cmd|Control|Ctrl|Alt|Option|AltGr|Shift|Super|Meta)$/;

export class StandInMenu {
  readonly items: readonly ItemOptions[];
  constructor(items: readonly ItemOptions[]) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly ItemOptions[]): StandInMenu {
    const check = (items: readonly ItemOptions[]) => {
      for (const { accelerator, label, role, type, submenu } of items) {
        if (!label && !role && type !== 'separator') throw new TypeError('an item needs a label, a role or a type');
        if (typeof accelerator === 'string') checkAccelerator(accelerator);
        if (Array.isArray(submenu)) check(submenu);
      }
    };
    check(template);
    return new StandInMenu(template);
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    desktop.menu = menu;
  }
  static getApplicationMenu(): StandInMenu | null {
    return desktop.menu ?? null;
  }
  popup({ x, y }: Electron.PopupOptions = {}): void {
    desktop.openMenus.push({ menu: this, x, y });
  }
}
export { StandInMenu as Menu };

function checkAccelerator(accelerator: string): void {
  const parts = accelerator.split('+');
  const isRight = keyName.test(parts.at(-1) ?? '') && parts.slice(0, -1).every((part) => modifierName.test(part));
  if (!isRight) throw new TypeError(`Error processing argument: accelerator ${accelerator}`);
}

class StandInNotification extends EventEmitter {
  readonly title: string;
  readonly body: string;
  isShown = false;
  constructor({ title = '', body = '' }: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    this.isShown = true;
    desktop.notifications.push(this);
  }
}

export const session = { defaultSession };
export {
  StandInChannelMain as MessageChannelMain,
  StandInNotification as Notification,
  StandInWindow as BrowserWindow,
};

function eventOf() {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

// The stand-in may not say less than Electron where Shotloom asks: renamed or retyped there, these lines turn red. Events
// are held to Electron's types where they are listened to, in app/main.
app satisfies Pick<
  Electron.App,
  | 'name'
  | 'isPackaged'
  | 'whenReady'
  | 'isReady'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'setPath'
  | 'getPath'
  | 'getLocale'
  | 'setAppUserModelId'
  | 'focus'
  | 'quit'
  | 'exit'
>;
protocol satisfies Record<keyof Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>, unknown>;
shell satisfies Pick<Electron.Shell, 'showItemInFolder' | 'openExternal'>;
dialog satisfies Pick<Electron.Dialog, 'showErrorBox' | 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox'>;
ipcMain satisfies Record<keyof Pick<Electron.IpcMain, 'handle'>, unknown>;
screen satisfies Pick<Electron.Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
nativeTheme satisfies Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'>;
StandInNotification satisfies Pick<typeof Electron.Notification, 'isSupported'>;
StandInMenu satisfies Record<
  keyof Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu' | 'getApplicationMenu'>,
  unknown
>;
(_: StandInMenu) => _ satisfies Pick<Electron.Menu, 'popup'>;
