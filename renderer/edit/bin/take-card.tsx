import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';
import type { LibraryEntry } from '../../../engine/contract/library.ts';
import type { TakeFacts } from '../../../engine/document/film.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { useWords } from '../../i18n/index.ts';
import { useProject, useServices, useSession } from '../../state/services.tsx';
import { placeByKey } from '../place-takes.ts';
import { dragTakes } from '../take-drag.ts';
import { TakeMenu } from './take-menu.tsx';
import { TakeThumb } from './take-thumb.tsx';
import { kindOfTake, lengthOfTake } from './take-words.ts';

/** One take: its picture, how long it is, what it is called, and where it comes from. */
export function TakeCard({ entry, isTabStop }: { readonly entry: LibraryEntry; readonly isTabStop: boolean }) {
  const words = useWords();
  const { facts } = entry;
  const isSelected = useSession((session) => session.selectedTakes.includes(facts.id));
  const hands = useTakeHands(facts);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isSelected) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const kind = words(kindOfTake(entry));
  return (
    <TakeMenu takeId={facts.id}>
      <div
        ref={card}
        role="option"
        className="take-card"
        aria-selected={isSelected}
        tabIndex={isTabStop ? 0 : -1}
        data-testid={`edit.bin.take.${facts.id}`}
        {...hands}
      >
        <div className="take-name medium ellipsis" title={facts.name}>
          {facts.name}
        </div>
        <div className={`take-kind ellipsis ${entry.kind === 'offline' || entry.kind === 'failed' ? 'alarm' : ''}`}>
          {[kind, sizeOf(facts)].filter(Boolean).join(' · ')}
        </div>
        <TakeThumb entry={entry} length={lengthOfTake(facts)} />
      </div>
    </TakeMenu>
  );
}

function useTakeHands({ id }: TakeFacts) {
  const project = useProject();
  const services = useServices();
  const { session, library } = project;
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      const { selectedTakes } = session.getState();
      const chosen = chosenBy(event, id, selectedTakes);
      session.setState({ selectedTakes: chosen, selectedClips: [], selectedEdge: undefined });
      const { entries } = library.getState();
      dragTakes(
        event.nativeEvent,
        chosen.flatMap((each) => entries.get(each)?.facts ?? []),
      );
    },
    onDoubleClick: () => placeByKey(project, services, [id], 'append'),
  };
}

/** A press selects; with Mod or Shift it adds or takes out. Several stay selected when one of them is dragged. */
function chosenBy(event: MouseEvent, id: TakeId, selected: readonly TakeId[]): readonly TakeId[] {
  const isChosen = selected.includes(id);
  if (event.ctrlKey || event.metaKey || event.shiftKey) {
    return isChosen ? selected.filter((each) => each !== id) : [...selected, id];
  }
  return isChosen ? selected : [id];
}

function sizeOf({ picture }: TakeFacts): string {
  return picture ? `${picture.widthPx}×${picture.heightPx}` : '';
}
