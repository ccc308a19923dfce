import type { ProjectId } from '../../engine/contract/ids.ts';
import type { NumberedEvent } from '../../engine/contract/project.ts';
import type { EngineLink } from './connection.ts';

export interface WatchOptions {
  readonly link: EngineLink;
  readonly projectId: ProjectId;
  readonly signal: AbortSignal;
  readonly hear: (event: NumberedEvent) => void;
  /** Called after a lost connection and before its events are heard again: the engine may be a new one. */
  readonly onReconnected: () => Promise<void>;
}

/**
 * Follows a project's events until the signal, across lost connections. The same engine is asked for what was missed;
 * a new one knows nothing of the old numbers and sends a snapshot.
 */
export async function watchProject({ link, projectId, signal, hear, onReconnected }: WatchOptions): Promise<void> {
  let last: { readonly engineId: string; readonly sequenceNumber: number } | undefined;
  let isFirst = true;
  let pauseMs = shortestPauseMs;
  while (!signal.aborted) {
    try {
      const engine = await link.connected(signal);
      const engineId = engineIdOf(link);
      if (!isFirst) await onReconnected();
      isFirst = false;
      const after = last?.engineId === engineId ? { after: last.sequenceNumber } : {};
      for await (const event of await engine.project.watch({ projectId, ...after }, { signal })) {
        last = { engineId, sequenceNumber: event.sequenceNumber };
        hear(event);
        pauseMs = shortestPauseMs;
      }
    } catch {
      // The connection went, or the engine let the project go with it: come again when it is back.
    }
    if (!signal.aborted) await pause(pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

/** The closing of a stream is heard before the closing of its connection. */
const shortestPauseMs = 200;
/** A project that cannot be opened again, its folder moved say, is asked for now and then. */
const longestPauseMs = 5000;

function engineIdOf(link: EngineLink): string {
  const connection = link.store.getState();
  return connection.kind === 'connected' ? connection.hello.engineId : '';
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
