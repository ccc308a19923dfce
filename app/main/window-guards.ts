import { type App, type Session, shell, type WebContents } from 'electron';
import { windowOrigin } from '../../engine/contract/desktop-bridge.ts';

/** What the page may have without asking anybody: the picture over the whole screen, and copying. */
const granted: ReadonlySet<string> = new Set(['fullscreen', 'clipboard-sanitized-write']);

/** Sites that a link in the window may lead to, in the browser of the system. */
const outside: ReadonlySet<string> = new Set(['https://nodejs.org', 'https://ffmpeg.org']);

/** Holds every page there will ever be to the window's own address: nothing navigates, opens windows or embeds. */
export function guardAllContents(app: App): void {
  app.on('web-contents-created', (_, contents) => guardContents(contents));
}

function guardContents(contents: WebContents): void {
  contents.on('will-navigate', (details) => stayInside(details));
  contents.on('will-frame-navigate', (details) => stayInside(details));
  contents.on('will-redirect', (details) => stayInside(details));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (URL.canParse(url) && outside.has(new URL(url).origin)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

function stayInside(details: { readonly url: string; preventDefault(): void }): void {
  if (!isOwnAddress(details.url)) details.preventDefault();
}

function isOwnAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}` === windowOrigin;
}

/** Refuses what a page asks of the machine, whether it asks aloud or only looks; strangers get nothing at all. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(granted.has(permission) && isOwnAddress(contents.getURL()));
  });
  session.setPermissionCheckHandler((_, permission, origin) => granted.has(permission) && isOwnAddress(origin));
}
