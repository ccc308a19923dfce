import { join } from 'node:path';
import { expect, test } from './app.ts';
import { footage } from './rushes.ts';

// The window's walls as a real browser keeps them. What the hosts answer is asked in test/contract and app/web; here it is
// Chromium that must hold the page to it.

test('the page is isolated, and reaches nothing but its own host', async ({ app }) => {
  const { page } = app.editor;
  const seen = await page.evaluate(async () => {
    const isRefused = async (attempt: () => unknown) => {
      try {
        await attempt();
        return false;
      } catch {
        return true;
      }
    };
    const load = (tag: 'script' | 'iframe', address: string) =>
      new Promise<unknown>((settle) => {
        const element = Object.assign(document.createElement(tag), { src: address, onload: settle, onerror: settle });
        document.body.append(element);
      });
    // By itself: what the test driver runs may make code out of text.
    const code = new Promise<boolean>((resolve) => {
      setTimeout(() => void isRefused(() => new Function('return 1')()).then(resolve));
    });
    await load('script', 'http://127.0.0.1:9/a.js');
    await load('iframe', `${location.origin}/`);
    return {
      isIsolated: crossOriginIsolated,
      cookies: document.cookie,
      inItsAddress: location.search,
      code: await code,
      elsewhere: await isRefused(() => fetch('http://127.0.0.1:9/')),
      socket: await isRefused(() => new Promise((_, reject) => (new WebSocket('ws://127.0.0.1:9/').onerror = reject))),
    };
  });
  const walls = { code: true, elsewhere: true, socket: true };
  expect(seen).toEqual({ isIsolated: true, cookies: '', inItsAddress: '', ...walls });
  const kept = app.takeFaults().join('\n'); // as every journey would have them, which must have none
  for (const what of ['script-src kept out eval', 'script-src-elem', 'connect-src', 'frame-src'])
    expect(kept).toContain(what);
});

test('a film of the project is read by its id and can be sought; no address of it holds a path', async ({ app }) => {
  const { editor } = app;
  const asked: string[] = [];
  editor.page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
  await editor.newFilmOf(footage.name);
  await editor.at('edit.format-offer.adopt').click();
  await editor.clips(footage.name).first().click();
  await editor.goTo(30);
  await expect.poll(() => editor.numberShown()).toBe(30);
  const media = asked.filter((path) => path.startsWith('/media/'));
  expect(media.length).toBeGreaterThan(0);
  for (const path of media) expect(path).toMatch(/^\/media\/[A-Za-z0-9_-]{22}$/);
  expect(asked.join('\n')).not.toContain(encodeURIComponent(join(app.home, 'Rushes')));
});
