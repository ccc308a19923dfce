import { type KeyboardEvent, useRef } from 'react';
import type { LibraryEntry } from '../../../engine/contract/library.ts';
import { useWords } from '../../i18n/index.ts';
import { useProject, useServices, useSession } from '../../state/services.tsx';
import { placeByKey } from '../place-takes.ts';
import { TakeCard } from './take-card.tsx';

/** The takes as pictures. Arrows walk, Enter appends, typing E , or . puts in; a drag goes to the timeline. */
export function TakeGrid({ entries }: { readonly entries: readonly LibraryEntry[] }) {
  const words = useWords();
  const list = useRef<HTMLDivElement>(null);
  const project = useProject();
  const services = useServices();
  const selected = useSession((session) => session.selectedTakes);
  const tabStop = entries.find((entry) => selected.includes(entry.facts.id)) ?? entries[0];

  const onKeyDown = (event: KeyboardEvent) => {
    const cards = [...(list.current?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
    const at = cards.findIndex((card) => card.matches(':focus'));
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const entry = entries[at];
    const columns = cards.filter((card) => card.offsetTop === cards[0]?.offsetTop).length;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - columns, ArrowDown: at + columns }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      cards[to]?.focus();
      const next = entries[to];
      if (next) project.session.setState({ selectedTakes: [next.facts.id], selectedClips: [] });
    } else if (event.key === 'Enter' && entry) {
      event.preventDefault();
      placeByKey(project, services, [entry.facts.id], 'append');
    }
  };

  return (
    <div
      ref={list}
      className="take-grid scroll-y"
      role="listbox"
      aria-multiselectable
      aria-label={words('panel.media')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {entries.map((entry) => (
        <TakeCard key={entry.facts.id} entry={entry} isTabStop={entry === tabStop} />
      ))}
    </div>
  );
}
