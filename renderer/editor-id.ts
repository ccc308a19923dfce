import type { EditorId } from '../engine/contract/ids.ts';

const key = 'shotloom.editor';

/**
 * Who this window is to the engine. A reload stays the same editor; a duplicated tab, which inherits the session's
 * storage, is another one.
 */
export function editorIdOfWindow(storage: Pick<Storage, 'getItem' | 'setItem'>, isReload: boolean): EditorId {
  const kept = isReload ? storage.getItem(key) : null;
  const id = kept ?? `window-${crypto.randomUUID()}`;
  storage.setItem(key, id);
  return id as EditorId;
}

export function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  return entry instanceof PerformanceNavigationTiming && entry.type === 'reload';
}
