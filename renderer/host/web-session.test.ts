import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { webSession } from './web-session.ts';

/** A host as a tab sees it: one that knows it or not, and that keeps a key from one start to the next. */
function hostWith(returnKey: string) {
  const host = { isSignedIn: true, isListening: true, returnKey, heard: [] as string[] };
  const request: typeof fetch = async (_, init) => {
    if (!host.isListening) throw new TypeError('Failed to fetch');
    const body = typeof init?.body === 'string' ? init.body : undefined;
    if (body === undefined) {
      return host.isSignedIn
        ? Response.json({ returnKey: host.returnKey })
        : Response.json({ challenge: 'who are you' }, { status: 401 });
    }
    host.heard.push(body);
    const proof = createHmac('sha256', host.returnKey).update('who are you').digest('base64url');
    host.isSignedIn = body === JSON.stringify({ challenge: 'who are you', proof });
    return host.isSignedIn
      ? new Response(undefined, { status: 204 })
      : Response.json({ challenge: 'and now' }, { status: 401 });
  };
  return { host, standing: webSession(request) };
}

test('a tab that was signed in comes back to the host that was started again, and never sends its key', async () => {
  const { host, standing } = hostWith('the key of this home');
  expect(await standing()).toBe('signed-in');
  host.isListening = false;
  expect(await standing()).toBe('silent');
  Object.assign(host, { isListening: true, isSignedIn: false });
  expect(await standing()).toBe('signed-in');
  expect(host.heard).toHaveLength(1);
  expect(host.heard.join()).not.toContain('the key of this home');
});

test('a host of another home, and one that was never met, do not know the tab', async () => {
  const { host, standing } = hostWith('the key of this home');
  await standing();
  Object.assign(host, { isSignedIn: false, returnKey: 'the key of another home' });
  expect(await standing()).toBe('signed-out');

  const never = hostWith('a key');
  never.host.isSignedIn = false;
  expect(await never.standing()).toBe('signed-out');
  expect(never.host.heard).toEqual([]);
});

test('a program that is not ours counts as silence', async () => {
  const standing = webSession(async () => new Response('<h1>It works!</h1>'));
  expect(await standing()).toBe('silent');
});
