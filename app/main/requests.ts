import { join } from 'node:path';
import { BrowserWindow, dialog, Notification, shell, type WebContents } from 'electron';
import { type DesktopRequest, desktopRequests } from '../../engine/contract/desktop-requests.ts';
import type { Port } from '../../engine/rpc/port.ts';
import { connectWindow } from './engine-line.ts';
import type { Farewell } from './farewell.ts';
import { handle } from './handle.ts';
import { type MenuActions, openMenuBar, setMenuBar } from './menu-bar.ts';
import { type OpenWindows, toFront } from './open-windows.ts';
import type { TitleBars } from './title-bar.ts';

export interface RequestsOptions {
  readonly dial: () => Promise<Port>;
  readonly windows: Pick<OpenWindows, 'shows'>;
  readonly farewell: Pick<Farewell, 'answered'>;
  readonly actions: MenuActions;
  readonly titleBars: Pick<TitleBars, 'dress'>;
}

/** Answers everything that a window may ask of the shell; each line is one channel of the bridge. */
export function answerRequests({ dial, windows, farewell, actions, titleBars }: RequestsOptions): void {
  const { connect, chooseMedia, chooseProject, chooseExportFile, revealFile } = desktopRequests;
  const { notify, setMenu, setTheme, showProject, answerClosing } = desktopRequests;

  handle('connect', connect, ({ connection }, sender) => connectWindow(sender, connection, dial));
  handle('chooseMedia', chooseMedia, async ({ title }, sender) => {
    const properties = ['openFile', 'multiSelections'] as const;
    const chosen = await dialog.showOpenDialog(windowOf(sender), { title, properties: [...properties] });
    return chosen.canceled ? undefined : chosen.filePaths;
  });
  handle('chooseProject', chooseProject, async ({ title }, sender) => {
    const chosen = await dialog.showOpenDialog(windowOf(sender), { title, properties: ['openDirectory'] });
    return chosen.canceled ? undefined : chosen.filePaths[0];
  });
  handle('chooseExportFile', chooseExportFile, (request, sender) => askForExport(windowOf(sender), request));
  handle('revealFile', revealFile, ({ path }) => shell.showItemInFolder(path));
  handle('notify', notify, ({ title, body }, sender) => {
    if (!Notification.isSupported()) return;
    const note = new Notification({ title, body });
    note.on('click', () => toFront(windowOf(sender)));
    note.show();
  });
  handle('setMenu', setMenu, ({ menu, openAt }, sender) => {
    if (menu) setMenuBar(menu, actions);
    if (openAt) openMenuBar(windowOf(sender), openAt);
  });
  handle('setTheme', setTheme, ({ theme, barHeightPx }, sender) =>
    titleBars.dress(windowOf(sender), { theme, heightPx: barHeightPx }),
  );
  handle('showProject', showProject, ({ folder }, sender) => windows.shows(sender, folder));
  handle('answerClosing', answerClosing, ({ question, answer }) => farewell.answered(question, answer));
}

/** Asks where an export goes; the answer ends in `.mp4`, which some systems do not add by themselves. */
async function askForExport(
  window: BrowserWindow,
  { title, folder, name, kind }: DesktopRequest<'chooseExportFile'>,
): Promise<string | undefined> {
  const filters = [{ name: kind, extensions: ['mp4'] }];
  const chosen = await dialog.showSaveDialog(window, { title, defaultPath: join(folder, name), filters });
  if (chosen.canceled || chosen.filePath === '') return undefined;
  return /\.mp4$/i.test(chosen.filePath) ? chosen.filePath : `${chosen.filePath}.mp4`;
}

function windowOf(contents: WebContents): BrowserWindow {
  const window = BrowserWindow.fromWebContents(contents);
  if (!window) throw new Error('the window is gone');
  return window;
}
