import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Desk } from '../state/desk.ts';
import type { Library } from '../state/library-store.ts';

/** Whether shots of the project on the desk are running or waiting for their turn; those that rest are not. */
export function shotsUnderWay(desk: Pick<Desk, 'store'>): StoreApi<boolean> {
  const store = createStore(() => false);
  let stop = () => {};
  const follow = () => {
    stop();
    stop = () => {};
    const now = desk.store.getState();
    if (now.kind !== 'project') return store.setState(false, true);
    const look = (library: Library) => store.setState(areUnderWay(library), true);
    stop = now.project.library.subscribe(look);
    look(now.project.library.getState());
  };
  desk.store.subscribe(follow);
  follow();
  return store;
}

function areUnderWay({ jobs }: Library): boolean {
  return [...jobs.values()].some(
    ({ kind, state }) => kind === 'shot' && (state.kind === 'running' || state.kind === 'queued'),
  );
}
