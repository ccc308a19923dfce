import type { Desk } from './state/desk.ts';

const prefix = '#/project/';

/**
 * Keeps the open project's folder in the window's address, so that a reload, a bookmark and the Back button find it
 * again.
 */
export function followAddress(desk: Desk): void {
  const openAddressed = () => {
    const folder = folderIn(location.hash);
    const now = desk.store.getState();
    const isOpen = now.kind === 'project' && now.project.folder === folder;
    if (isOpen) return;
    if (folder) void desk.open(folder);
    else desk.close();
  };
  desk.store.subscribe((now) => {
    if (now.kind === 'opening') return;
    const hash = now.kind === 'project' ? prefix + encodeURIComponent(now.project.folder) : '';
    if (hash !== location.hash) history.pushState(undefined, '', hash || location.pathname);
  });
  addEventListener('popstate', openAddressed);
  addEventListener('hashchange', openAddressed);
  if (location.hash.startsWith(prefix)) openAddressed();
}

export function folderIn(hash: string): string | undefined {
  if (!hash.startsWith(prefix)) return undefined;
  const folder = decodeURIComponent(hash.slice(prefix.length));
  return folder === '' ? undefined : folder;
}
