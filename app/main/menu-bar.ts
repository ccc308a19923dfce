import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { DesktopMenu, DesktopMenuItem } from '../../engine/contract/desktop-requests.ts';
import { assertNever } from '../../engine/document/film.ts';

/** What the items of the menu bar do. */
export interface MenuActions {
  /** A command goes back to the window; `isByKey` where its key was pressed and the page had left it alone. */
  choose(name: string, isByKey: boolean): void;
  openWindow(): void;
  bringProject(folder: string): void;
}

/** No menu of Electron's own: it would reload the page and open its developer tools. Called before the app is ready. */
export function withoutDefaultMenu(): void {
  Menu.setApplicationMenu(null);
}

/** The menu bar that a window described. */
export function setMenuBar(menu: DesktopMenu, actions: MenuActions): void {
  const template = menu.map(({ label, items }) => ({ label, submenu: items.map((item) => templateOf(item, actions)) }));
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Opens the menu bar as a menu: a window that draws its own title bar shows none. */
export function openMenuBar(window: BrowserWindow, { x, y }: { readonly x: number; readonly y: number }): void {
  Menu.getApplicationMenu()?.popup({ window, x, y });
}

function templateOf(item: DesktopMenuItem, actions: MenuActions): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'role':
      return { role: item.role, label: item.label };
    case 'new-window':
      return { label: item.label, click: () => actions.openWindow() };
    case 'project':
      return { label: item.label, click: () => actions.bringProject(item.folder) };
    case 'submenu':
      return { label: item.label, submenu: item.items.map((each) => templateOf(each, actions)) };
    case 'command': {
      const { name, label, accelerator, isEnabled } = item;
      return {
        label,
        enabled: isEnabled,
        // The page hears every key itself, and knows what it means in a text field; the menu only shows it. macOS cannot
        // merely show one: there the page hears it first, and the menu what the page leaves.
        ...(accelerator !== undefined && { accelerator, registerAccelerator: false }),
        click: (_item, _window, event) => actions.choose(name, event.triggeredByAccelerator === true),
      };
    }
    default:
      return assertNever(item);
  }
}
