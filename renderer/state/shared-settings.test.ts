import { expect, test, vi } from 'vitest';
import { createStandInEngine } from '../testing/stand-in/engine.ts';
import { linkEngine } from './connection.ts';
import { createNotices } from './notices.ts';
import { createSettingsStore } from './settings-store.ts';
import { shareSettings } from './shared-settings.ts';

function window() {
  const engine = createStandInEngine();
  const link = linkEngine({ openPort: engine.openPort });
  const own = createSettingsStore({ getItem: () => null, setItem: () => {} });
  return { engine, link, own, shared: shareSettings({ link, own, notices: createNotices() }) };
}

test('what the engine keeps is followed, across lost connections, until it is closed', async () => {
  const { engine, link, own, shared } = window();
  engine.settings.change({ theme: 'light' });
  await vi.waitFor(() => expect(own.getState().theme).toBe('light'));
  engine.cutConnections();
  engine.settings.change({ theme: 'dark' });
  await vi.waitFor(() => expect(own.getState().theme).toBe('dark'), 5000);

  shared.close();
  engine.settings.change({ theme: 'light' });
  await (await link.connected()).system.ping({}); // news that was sent before it would have come
  expect(own.getState().theme).toBe('dark');
  link.close();
});
