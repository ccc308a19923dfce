import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import type { FolderEntry } from '../../engine/contract/system.ts';
import { formatBytes } from '../i18n/format.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-shapes.ts';

export interface FileListProps {
  readonly entries: readonly FolderEntry[];
  readonly isMany: boolean;
  readonly marked: readonly string[];
  readonly onMark: (paths: readonly string[]) => void;
  /** A double click or Enter. */
  readonly onEnter: (entry: FolderEntry) => void;
}

const icons: Readonly<Record<FolderEntry['kind'], IconName>> = { folder: 'folder', project: 'film', file: 'file' };

/** What lies in a folder: folders first. Arrows walk, Enter opens, letters jump, Mod and Shift mark several. */
export function FileList({ entries, isMany, marked, onMark, onEnter }: FileListProps) {
  const words = useWords();
  const language = useLanguage();
  const list = useRef<HTMLDivElement>(null);
  const anchor = useRef(0);
  const sorted = entries.toSorted(byKindAndName);

  const mark = (index: number, event: MouseEvent | KeyboardEvent) => {
    const entry = sorted[index];
    if (!entry) return;
    if (isMany && event.shiftKey) {
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      onMark(sorted.slice(from, to + 1).map((each) => each.path));
      return;
    }
    anchor.current = index;
    const isAdding = isMany && (event.ctrlKey || event.metaKey);
    const others = isAdding ? marked : [];
    onMark(others.includes(entry.path) ? others.filter((path) => path !== entry.path) : [...others, entry.path]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
    const at = rows.findIndex((row) => row.matches(':focus'));
    const to = targetOf(event, at, sorted);
    if (to !== undefined && rows[to]) {
      rows[to].focus();
      mark(to, event);
    } else if (event.key === 'Enter' && sorted[at]) {
      onEnter(sorted[at]);
    } else if (event.key === ' ' && at >= 0) {
      mark(at, event);
    } else {
      return;
    }
    event.preventDefault();
  };

  // A list must hold something: an empty folder is a sentence.
  if (sorted.length === 0) return <p className="files-problem text-2">{words('files.empty')}</p>;
  return (
    <div
      ref={list}
      className="file-list scroll-y"
      role="listbox"
      aria-label={words('files.list')}
      aria-multiselectable={isMany}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {sorted.map((entry, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list around it takes the keys of all its rows
        <div
          key={entry.path}
          role="option"
          className="file-row"
          aria-selected={marked.includes(entry.path)}
          tabIndex={index === 0 || marked.includes(entry.path) ? 0 : -1}
          data-testid={`files.entry.${entry.name}`}
          onClick={(event) => mark(index, event)}
          onDoubleClick={() => onEnter(entry)}
        >
          <Icon name={icons[entry.kind]} />
          <span className="ellipsis">{entry.name}</span>
          <span className="text-3 tabular">{entry.kind === 'file' ? formatBytes(entry.sizeBytes) : ''}</span>
          <span className="text-3 tabular">{new Date(entry.modifiedMs).toLocaleDateString(language)}</span>
        </div>
      ))}
    </div>
  );
}

function byKindAndName(a: FolderEntry, b: FolderEntry): number {
  const rank = { project: 0, folder: 1, file: 2 };
  return rank[a.kind] - rank[b.kind] || a.name.localeCompare(b.name, undefined, { numeric: true });
}

function targetOf(event: KeyboardEvent, at: number, entries: readonly FolderEntry[]): number | undefined {
  const last = entries.length - 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: Math.max(0, at - 1),
    ArrowDown: Math.min(last, at + 1),
    Home: 0,
    End: last,
  };
  if (steps[event.key] !== undefined) return steps[event.key];
  if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey) return undefined;
  const letter = event.key.toLocaleLowerCase();
  const after = entries.findIndex((entry, index) => index > at && entry.name.toLocaleLowerCase().startsWith(letter));
  const found = after >= 0 ? after : entries.findIndex((entry) => entry.name.toLocaleLowerCase().startsWith(letter));
  return found >= 0 ? found : undefined;
}
