import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bridgeName, windowOrigin } from '../../engine/contract/desktop-bridge.ts';
import { BrowserWindow, desktop, ipcMain } from '../testing/electron.ts';
import type { StandInWindow } from '../testing/electron-window.ts';
import { pageOf, runDesktop } from '../testing/run-desktop.ts';

// The security baseline, a test for each of its lines. The shell runs whole, over the stand-in for Electron.

let run: Awaited<ReturnType<typeof runDesktop>>;
let window: StandInWindow;
beforeAll(async () => {
  run = await runDesktop();
  const [first] = desktop.windows();
  if (!first) throw new Error('no window opened');
  window = first;
});
afterAll(() => run.end());

describe('window', () => {
  test('sandbox, contextIsolation, webSecurity on; nodeIntegration, webviewTag, spellcheck off', () => {
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      spellcheck: false,
    });
  });

  test('the sandbox is on for every process, before the first of them', () => {
    expect(run.beforeReady.isSandboxed).toBe(true);
  });

  test('it loads shotloom://app/ alone, a scheme as good as https that gets round no policy', () => {
    expect(window.done.filter((each) => each.startsWith('load'))).toEqual([`load ${windowOrigin}/`]);
    expect(run.beforeReady.schemes).toEqual([
      {
        scheme: 'shotloom',
        privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
      },
    ]);
  });

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'] as const)('%s leads nowhere else', (kind) => {
    const { webContents } = window;
    for (const address of ['https://evil.example/', 'file:///etc/passwd', 'shotloom://other/', 'javascript:1', '']) {
      expect(webContents.navigate(kind, address), address).toBe('stopped');
    }
    expect(webContents.navigate(kind, `${windowOrigin}/`)).toBe('went');
  });

  test('no window opens; a link to a known site opens in the browser of the system', () => {
    const open = (url: string) => window.webContents.opensWindow?.({ url });
    for (const url of ['https://evil.example/', 'http://nodejs.org/', 'file:///etc/passwd', 'https://ffmpeg.org/']) {
      expect(open(url)).toEqual({ action: 'deny' });
    }
    expect(desktop.openedOutside).toEqual(['https://ffmpeg.org/']);
  });

  test('permissions are refused, asked for or looked up, but for the full screen and copying', async () => {
    const says = (permission: string, contents = window.webContents) => contents.session.says(contents, permission);
    const [no, yes] = [
      { looked: false, asked: false },
      { looked: true, asked: true },
    ];
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'usb',
      'hid',
    ]) {
      expect(await says(permission), permission).toEqual(no);
    }
    expect([await says('fullscreen'), await says('clipboard-sanitized-write')]).toEqual([yes, yes]);

    const stranger = new BrowserWindow();
    await stranger.loadURL('https://evil.example/');
    expect(await says('fullscreen', stranger.webContents)).toEqual(no);
    stranger.destroy();
  });

  test('nothing is embedded: will-attach-webview is prevented', () => {
    expect(window.webContents.navigate('will-attach-webview', 'https://evil.example/')).toBe('stopped');
  });

  test('a page that comes later is guarded too', () => {
    const later = new BrowserWindow();
    expect(later.webContents.navigate('will-navigate', 'https://evil.example/')).toBe('stopped');
    expect(later.webContents.opensWindow?.({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
    later.destroy();
  });
});

describe('requests', () => {
  const top = { origin: windowOrigin, url: `${windowOrigin}/`, parent: null };
  const reveal = (senderFrame: typeof window.webContents.mainFrame | null, request: unknown) => {
    const page = pageOf(window);
    page.senderFrame = senderFrame;
    return page.ipcRenderer.invoke('revealFile', request).finally(() => {
      page.senderFrame = window.webContents.mainFrame;
    });
  };

  test('a request of the top frame at our own address is answered', async () => {
    await reveal(top, { path: '/films/boat.mp4' });
    expect(desktop.revealed).toEqual(['/films/boat.mp4']);
  });

  test.each([
    ['another origin', { ...top, origin: 'https://evil.example' }],
    ['our scheme, but another name', { ...top, origin: 'shotloom://other' }],
    ['a frame inside the page', { ...top, parent: top }],
    ['a frame that is gone', null],
  ])('the sender is checked: %s is refused', async (_, frame) => {
    await expect(reveal(frame, { path: '/films/secret.mp4' })).rejects.toThrow('refused');
    expect(desktop.revealed).not.toContain('/films/secret.mp4');
  });

  test.each([undefined, 'a path', {}, { path: '' }, { path: 7 }, { path: ['a'] }])(
    'the request is parsed: %j is refused',
    async (request) => {
      await expect(reveal(top, request)).rejects.toThrow('refused');
    },
  );

  test('no channel is answered but those of the contract', async () => {
    const { ipcRenderer } = pageOf(window);
    for (const channel of ['open', 'shell.openExternal', 'toString', '__proto__']) {
      await expect(ipcRenderer.invoke(channel)).rejects.toThrow('No handler');
    }
    expect(() => ipcMain.handle('connect', () => {})).toThrow('second handler');
  });
});

describe('preload', () => {
  test('it exposes one frozen object of at most twelve functions', () => {
    const { bridge, world } = pageOf(window);
    expect(Object.keys(world)).toEqual([bridgeName]);
    expect(Object.isFrozen(bridge)).toBe(true);
    const members: readonly unknown[] = Object.values(bridge);
    expect(members.length).toBeLessThanOrEqual(12);
    expect(members.every((each) => typeof each === 'function')).toBe(true);
  });

  test('ipcRenderer never crosses: no function takes a channel', async () => {
    const { bridge } = pageOf(window);
    const revealed = desktop.revealed.length;
    // @ts-expect-error a page that is not ours may call as it likes
    await expect(bridge.revealFile('showItemInFolder', '/etc')).rejects.toThrow('refused');
    expect(desktop.revealed.length).toBe(revealed);
  });
});

describe('menus', () => {
  test("Electron's own menu, with its developer tools, is never there", () => {
    expect(run.beforeReady.menu).toBeNull();
  });
});
