import { z } from 'zod';
import { type Frames, frames } from '../../engine/document/time.ts';
import type { Project } from './project.ts';
import type { Session } from './session-store.ts';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

const savedSchema = z.object({
  playhead: z.number().int().nonnegative(),
  pxPerFrame: z.number().positive().max(1000),
  scrollPx: z.number().nonnegative(),
  isSnapping: z.boolean(),
  isLinking: z.boolean(),
});

/** Where the editor was in a project and how it was seen: kept in this browser, one entry a folder. */
export function readSavedSession(storage: Storage, folder: string): Partial<Session> {
  try {
    const saved = savedSchema.parse(JSON.parse(storage.getItem(keyOf(folder)) ?? ''));
    return { ...saved, playhead: frames(saved.playhead) satisfies Frames };
  } catch {
    return {};
  }
}

/** Writes the session back at most twice a second while it changes. */
export function saveSession(storage: Storage, { session, folder }: Pick<Project, 'session' | 'folder'>): void {
  let isWaiting = false;
  session.subscribe(() => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      const { playhead, pxPerFrame, scrollPx, isSnapping, isLinking } = session.getState();
      storage.setItem(keyOf(folder), JSON.stringify({ playhead, pxPerFrame, scrollPx, isSnapping, isLinking }));
    }, 500);
  });
}

function keyOf(folder: string): string {
  return `shotloom.session ${folder}`;
}
