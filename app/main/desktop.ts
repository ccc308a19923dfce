import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, powerMonitor, session } from 'electron';
import { z } from 'zod';
import { dialSocket } from '../../engine/rpc/engine-socket.ts';
import { keepEngine } from '../engine-keeper.ts';
import { sharedClient } from '../shared-client.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { createFarewell, type Farewell } from './farewell.ts';
import { type MenuActions, withoutDefaultMenu } from './menu-bar.ts';
import { createOpenWindows } from './open-windows.ts';
import { type Places, projectAt } from './places.ts';
import { answerRequests } from './requests.ts';
import { titleBars } from './title-bar.ts';
import { guardAllContents, guardDownloads, guardPermissions } from './window-guards.ts';
import { openWindowMemory } from './window-memory.ts';
import { wordsFor } from './words.ts';

export interface DesktopOptions {
  readonly places: Places;
  readonly platform: NodeJS.Platform;
  /** Where Electron keeps what belongs to the window. */
  readonly dataFolder: string;
  /** The project this start was given. */
  readonly project: string | undefined;
}

export interface Desktop {
  /** The program is told to end from outside: it does, with the last gestures sent and nobody asked. */
  end(): void;
}

const handedOverSchema = z.object({ project: z.string().min(1).exactOptional() });

/**
 * Starts the desktop shell: one instance a person, a window, and an engine under it. A second start hands over the
 * project it was given and ends, and is undefined. Everything that Electron takes only before it is ready happens at once.
 */
export function startDesktop({ places, platform, dataFolder, project }: DesktopOptions): Desktop | undefined {
  app.setPath('userData', dataFolder); // also what makes an instance the first one
  const handedOver: z.infer<typeof handedOverSchema> = project === undefined ? {} : { project };
  if (!app.requestSingleInstanceLock(handedOver)) {
    app.exit(0);
    return undefined;
  }
  app.enableSandbox();
  app.setAppUserModelId(appId);
  withoutDefaultMenu();
  registerAppScheme();
  guardAllContents(app);

  let firstProject = project;
  // macOS may bring the project before anything else is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    const folder = projectAt(path, homedir());
    if (app.isReady()) windows.bring(folder);
    else firstProject = folder;
  });

  const engine = startEngine(places);
  const farewell = createFarewell({
    windows: () => windows.all(),
    ask: (window, asked) => windows.ask(window, asked),
    outlivesWindows: platform === 'darwin',
    endEngine: engine.end,
    quit: () => app.quit(),
  });
  const bars = titleBars(platform, () => windows.all());
  const windows = createOpenWindows({
    preload: places.preload,
    titleBars: bars,
    memory: openWindowMemory(join(dataFolder, 'place.json')),
    onClose: farewell.closing,
  });

  app.on('before-quit', farewell.quitting);
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });

  void app.whenReady().then(() => {
    guardPermissions(session.defaultSession);
    guardDownloads(session.defaultSession);
    serveAppScheme({ windowFolder: places.windowFolder, engine: sharedClient(engine.dial) });
    answerRequests({ dial: engine.dial, windows, farewell, actions, titleBars: bars });
    followShutdown(farewell);
    windows.open(firstProject);
    // Only now: macOS activates a program as it starts, and that must not open a second window.
    app.on('activate', () => windows.bring(undefined));
    app.on('second-instance', (_event, _argv, _folder, handed) => {
      const parsed = handedOverSchema.safeParse(handed);
      windows.bring(parsed.success ? parsed.data.project : undefined);
    });
  });

  const actions: MenuActions = {
    choose: (name, isByKey) => {
      const window = BrowserWindow.getFocusedWindow() ?? windows.all()[0];
      if (window) windows.ask(window, { kind: 'command', name, isByKey });
      else windows.open();
    },
    openWindow: () => windows.open(),
    bringProject: (folder) => windows.bring(folder),
  };
  return { end: farewell.leaveUnasked };
}

/** A system that shuts down waits for a tidy end where it can be asked to; Windows cannot, and tells each window. */
function followShutdown(farewell: Farewell): void {
  const shutdown = (event: { preventDefault(): void }) => {
    event.preventDefault();
    farewell.leaveUnasked();
  };
  powerMonitor.on('shutdown', shutdown as () => void); // its types leave out the event that its reference describes
  app.on('browser-window-created', (_event, window) => window.on('session-end', () => farewell.leaveUnasked()));
}

function startEngine({ node, engineEntry }: Places) {
  const keeper = keepEngine({ node, entry: engineEntry, args: [] }, (reason) =>
    console.error(`The engine stopped (${reason}) and is being started again.`),
  );
  keeper.catch((error: unknown) => app.whenReady().then(() => endWithoutEngine(error)));
  return {
    dial: async () => dialSocket(await (await keeper).address()),
    end: () =>
      keeper.then(
        (running) => running.stop(),
        () => {}, // there is none to stop
      ),
  };
}

/** Names the program to Windows, in notifications and on the task bar. */
const appId = 'org.shotloom.editor';

function endWithoutEngine(error: unknown): void {
  const words = wordsFor(app.getLocale());
  dialog.showErrorBox(words.noEngine, error instanceof Error ? error.message : String(error));
  app.exit(1);
}
