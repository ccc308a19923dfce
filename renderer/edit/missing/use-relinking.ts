import { useState } from 'react';
import type { Failure } from '../../../engine/contract/failure.ts';
import type { Relinked } from '../../../engine/contract/relink.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { sentence } from '../../i18n/sentence.ts';
import { engineAway } from '../../state/notices.ts';
import { useEngine, useProject, useServices } from '../../state/services.tsx';

/** What stands between a take and a file that was offered for it. */
export type Offered =
  | ({ readonly path: string } & Extract<Relinked, { kind: 'differs' }>)
  | { readonly path: string; readonly kind: 'failed'; readonly failure: Failure };

export interface Relinking {
  /** Files that were offered and not taken, and why. */
  readonly offered: ReadonlyMap<TakeId, Offered>;
  /** Takes files of the very content; answers how many are back. */
  readonly relinkAll: (files: ReadonlyMap<TakeId, string>) => Promise<number>;
  /** Offers one file for one take, whatever it holds; answers whether it was taken. */
  readonly offer: (takeId: TakeId, path: string, differing?: 'refuse' | 'accept') => Promise<boolean>;
}

/** Points takes to files, and keeps what the editor has to be told of those that hold something else. */
export function useRelinking(): Relinking {
  const engine = useEngine();
  const { projectId } = useProject();
  const { notices } = useServices();
  const [offered, setOffered] = useState<ReadonlyMap<TakeId, Offered>>(new Map());

  const offer: Relinking['offer'] = async (takeId, path, differing = 'refuse') => {
    const outcome = await engine?.library.relink({ projectId, takeId, path, differing }).catch(() => undefined);
    if (!outcome) {
      notices.tell(engineAway);
      return false;
    }
    const answer = outcome.kind === 'done' ? outcome.value : outcome;
    setOffered((before) => {
      const after = new Map(before);
      if (answer.kind === 'relinked') after.delete(takeId);
      else after.set(takeId, { path, ...answer });
      return after;
    });
    return answer.kind === 'relinked';
  };

  const relinkAll: Relinking['relinkAll'] = async (files) => {
    let count = 0;
    for (const [takeId, path] of files) if (await offer(takeId, path)) count += 1;
    if (count > 0) notices.tell({ severity: 'note', sentence: sentence('missing.relinked', { count }) });
    return count;
  };
  return { offered, offer, relinkAll };
}
