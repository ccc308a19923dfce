import { once } from 'node:events';
import { expect, test } from 'vitest';
import * as standIn from './electron.ts';
import { arrivedInPage } from './ports.ts';

// The stand-in keeps the rules of Electron that would else be met only with its binary. Sources: Electron's references.

const { app, BrowserWindow, desktop, ipcMain, Menu, MessageChannelMain, protocol } = standIn;

test('tests never resolve the real electron', async () => {
  expect((await import('electron')) as unknown).toBe(standIn);
});

test('before the app is ready there are no windows and no protocols; afterwards no privileges and no sandbox', async () => {
  expect(() => new BrowserWindow()).toThrow('before app is ready');
  expect(() => protocol.handle('early', () => new Response())).toThrow('after app is ready');
  await desktop.becomeReady();
  expect(() => protocol.registerSchemesAsPrivileged([])).toThrow('before app is ready');
  expect(() => app.enableSandbox()).toThrow('before app is ready');
});

function channel() {
  const { port1, port2 } = new MessageChannelMain();
  const page = arrivedInPage(port2);
  return { main: port1, page };
}

test('a port of the main process takes nothing but ports along', () => {
  const { main } = channel();
  expect(() => main.postMessage('bytes', [new ArrayBuffer(8)])).toThrow('Invalid value for transfer');
  main.close();
});

test('a message of the page with memory in its transfer list is lost, and the next one arrives', async () => {
  const { main, page } = channel();
  const heard: unknown[] = [];
  main.on('message', ({ data }) => heard.push(data));
  main.start();
  page.postMessage('lost', [new ArrayBuffer(8)]);
  page.postMessage('heard');
  await once(main, 'message');
  expect(heard).toEqual(['heard']);
  main.close();
});

test.each([
  ['a function', () => {}],
  ['shared memory', new Uint8Array(new SharedArrayBuffer(8))],
])('what cannot be cloned closes the port: %s', async (_, message) => {
  const { main, page } = channel();
  const closed = once(page, 'close');
  main.postMessage(message);
  await closed;
});

test('a port waits for start, and tells when the other end is gone', async () => {
  const { main, page } = channel();
  page.postMessage('early');
  await standIn.settled();
  const heard = once(main, 'message');
  main.start();
  expect((await heard)[0]).toMatchObject({ data: 'early' });
  const closed = once(main, 'close');
  page.close();
  await closed;
});

test('a view that is cloned brings all the memory it looks into', async () => {
  const { main, page } = channel();
  const heard = once(page, 'message');
  page.start();
  main.postMessage(new Uint8Array(1000).subarray(0, 10));
  const [{ data }] = await heard;
  expect([data.byteLength, data.buffer.byteLength]).toEqual([10, 1000]);
  main.close();
});

test('a channel has one handler, an error crosses as words, and an unknown channel answers nobody', async () => {
  ipcMain.handle('breaks', () => {
    throw new Error('why');
  });
  expect(() => ipcMain.handle('breaks', () => {})).toThrow('second handler');
  const { ipcRenderer } = new BrowserWindow().webContents.page;
  await expect(ipcRenderer.invoke('breaks')).rejects.toThrow("invoking remote method 'breaks': Error: why");
  await expect(ipcRenderer.invoke('unknown')).rejects.toThrow("No handler registered for 'unknown'");
  await expect(ipcRenderer.invoke('breaks', () => {})).rejects.toThrow('could not be cloned');
});

test('the bridge copies and freezes what crosses, binds a name once, and lets no class through', () => {
  const { contextBridge, world } = new BrowserWindow().webContents.page;
  const api = { nested: { value: 1 } };
  contextBridge.exposeInMainWorld('api', api);
  expect(world.api).toEqual(api);
  expect(world.api).not.toBe(api);
  expect(Object.isFrozen(world.api)).toBe(true);
  expect(() => contextBridge.exposeInMainWorld('api', {})).toThrow('on top of an existing property');
  expect(() => contextBridge.exposeInMainWorld('other', { of: new Map() })).toThrow('could not be cloned');
});

test('a menu refuses keys that Electron cannot spell, and items without words', () => {
  expect(() => Menu.buildFromTemplate([{ label: 'Left', accelerator: 'ArrowLeft' }])).toThrow('ArrowLeft');
  expect(() => Menu.buildFromTemplate([{ label: 'Left', accelerator: 'Mod+Left' }])).toThrow('Mod+Left');
  expect(() => Menu.buildFromTemplate([{ accelerator: 'Left' }])).toThrow('needs a label');
  expect(Menu.buildFromTemplate([{ label: 'Left', accelerator: 'CommandOrControl+Left' }]).items).toHaveLength(1);
});

test('quitting closes every window, and one that refuses keeps the program', () => {
  const stubborn = new BrowserWindow();
  stubborn.on('close', (event) => (event as Event).preventDefault());
  app.quit();
  expect(desktop.hasQuit).toBe(false);
  expect(desktop.windows()).toEqual([stubborn]);
});
