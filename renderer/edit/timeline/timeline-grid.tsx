// biome-ignore-all lint/a11y/useSemanticElements: cells lie where their clips lie in time, which no table layout can do; the grid is ARIA's.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Frames } from '../../../engine/document/time.ts';
import { trackOf } from '../../../engine/document/track.ts';
import { useWords } from '../../i18n/index.ts';
import { useFilm, useLibrary, useProject, useSequence, useSession } from '../../state/services.tsx';
import type { Session } from '../../state/session-store.ts';
import { lookOf } from './clip-look.ts';
import { cellName } from './clip-name.ts';
import { type GridCell, type GridRow, gridRows } from './grid-cells.ts';
import { frameUnder } from './time-scale.ts';
import { useTimeline } from './timeline-context.tsx';
import { useGridKeys } from './use-grid-keys.ts';

/** The clips and gaps in view as a grid: a row a track, a cell a clip, one of them in the tab order. */
export function TimelineGrid() {
  const words = useWords();
  const { lanes } = useTimeline();
  const sequence = useSequence((each) => each);
  const { pxPerFrame, scrollPx, widthPx } = useSettledView();
  const [focused, setFocused] = useState<Frames | undefined>(undefined);
  const selected = useSession((session) => session.selectedClips);
  const rows = useMemo(() => {
    const scale = { pxPerFrame, scrollPx };
    return gridRows(sequence, lanes, scale, { widthPx, around: focused ?? frameUnder(scale, widthPx / 2) });
  }, [sequence, lanes, pxPerFrame, scrollPx, widthPx, focused]);
  const grid = useRef<HTMLDivElement>(null);
  const onKeyDown = useGridKeys(grid, setFocused);
  const cells = rows.flatMap((row) => row.cells);
  const tabStop = cells.find((cell) => cell.clip && selected.includes(cell.clip.id)) ?? cells[0];
  return (
    <div ref={grid} role="grid" className="timeline-grid" aria-label={words('timeline.grid')} onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <Row key={row.lane.trackId} row={row} tabStop={tabStop?.key} />
      ))}
    </div>
  );
}

const settleMs = 60;

/** The view once it has stopped moving: painting follows every frame of a scroll, names need not. */
function useSettledView() {
  const { session } = useProject();
  const [view, setView] = useState(() => viewOf(session.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = () =>
      setView((before) => (sameView(before, viewOf(session.getState())) ? before : viewOf(session.getState())));
    const stop = session.subscribe((now, before) => {
      if (sameView(viewOf(now), viewOf(before))) return;
      clearTimeout(timer);
      timer = setTimeout(settle, settleMs);
    });
    settle();
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [session]);
  return view;
}

type View = ReturnType<typeof viewOf>;

function viewOf({ pxPerFrame, scrollPx, lanesWidthPx }: Session) {
  return { pxPerFrame, scrollPx, widthPx: lanesWidthPx };
}

function sameView(a: View, b: View): boolean {
  return a.pxPerFrame === b.pxPerFrame && a.scrollPx === b.scrollPx && a.widthPx === b.widthPx;
}

function Row({ row: { lane, cells }, tabStop }: { readonly row: GridRow; readonly tabStop: string | undefined }) {
  const words = useWords();
  const count = useSequence((sequence) => trackOf(sequence, lane.trackId)?.clips.length ?? 0);
  const kind = words(lane.kind === 'video' ? 'timeline.rowKind.video' : 'timeline.rowKind.audio');
  return (
    <div role="row" tabIndex={-1} aria-label={words('timeline.row', { name: lane.label, kind, count })}>
      {cells.map((cell) => (
        <Cell key={cell.key} cell={cell} isTabStop={cell.key === tabStop} />
      ))}
    </div>
  );
}

function Cell({ cell, isTabStop }: { readonly cell: GridCell; readonly isTabStop: boolean }) {
  const { box, clip, key } = cell;
  const words = useWords();
  const film = useFilm((each) => each);
  const isSelected = useSession((session) => clip !== undefined && session.selectedClips.includes(clip.id));
  const look = useLibrary(useShallow((library) => clip && lookOf(library, clip.takeId)));
  return (
    <div
      role="gridcell"
      className={clip ? 'grid-clip' : 'grid-gap'}
      style={{ left: box.leftPx, top: box.topPx, width: box.widthPx, height: box.heightPx }}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={words(cellName(film, cell, look))}
      aria-selected={isSelected}
      aria-busy={look?.kind === 'ghost'}
      data-testid={clip ? `edit.timeline.clip.${clip.id}` : undefined}
      data-cell={key}
    />
  );
}
