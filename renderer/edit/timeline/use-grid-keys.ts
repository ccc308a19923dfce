import type { KeyboardEvent, RefObject } from 'react';
import type { Clip } from '../../../engine/document/film.ts';
import type { ClipId } from '../../../engine/document/ids.ts';
import type { Frames } from '../../../engine/document/time.ts';
import { findClip } from '../../../engine/document/track.ts';
import { mainSequence, type Project } from '../../state/project.ts';
import { useProject } from '../../state/services.tsx';
import { selectClips } from '../../state/session-store.ts';
import { isFocusedByKey } from '../../ui/focus-cause.ts';
import { withPartners } from '../selection-edits.ts';
import { scrollToShow } from './time-scale.ts';

/** Arrows walk from clip to clip, Space and Enter select, Escape gives the keys back to the playhead. */
export function useGridKeys(
  grid: RefObject<HTMLElement | null>,
  onWalk: (to: Frames) => void,
): (event: KeyboardEvent) => void {
  const project = useProject();
  return (event) => {
    const cell = document.activeElement;
    const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
    // After a click on a clip the arrows still step the playhead: only a focus that came by key walks the grid.
    if (!isPlain || !isFocusedByKey()) return;
    if (!(cell instanceof HTMLElement) || cell.dataset.cell === undefined) return;
    const beside = neighbourOf(cell, event.key);
    if (beside) {
      beside.focus();
      const at = bringIntoView(project, beside);
      if (at !== undefined) onWalk(at);
    } else if (event.key === 'Enter' || event.key === ' ') {
      chooseCell(project, cell, event.key === 'Enter');
    } else if (event.key === 'Escape') {
      grid.current?.closest<HTMLElement>('[data-panel]')?.focus();
    } else {
      return;
    }
    event.preventDefault();
  };
}

function chooseCell(project: Project, cell: HTMLElement, showsInspector: boolean): void {
  const { session } = project;
  const clip = clipOfCell(project, cell);
  if (!clip) return;
  selectClips(session, withPartners(project, clip, session.getState().isLinking));
  if (showsInspector) session.setState({ inspectorTab: 'clip' });
}

function neighbourOf(cell: HTMLElement, key: string): HTMLElement | undefined {
  const row = cell.parentElement;
  const cells = cellsOf(row);
  const index = cells.indexOf(cell);
  if (key === 'ArrowLeft') return cells[index - 1];
  if (key === 'ArrowRight') return cells[index + 1];
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  const middle = cell.offsetLeft + cell.offsetWidth / 2;
  const others = cellsOf(key === 'ArrowUp' ? row?.previousElementSibling : row?.nextElementSibling);
  return others.toSorted((a, b) => distance(a, middle) - distance(b, middle))[0];
}

function cellsOf(row: Element | null | undefined): readonly HTMLElement[] {
  return [...(row?.querySelectorAll<HTMLElement>('[data-cell]') ?? [])];
}

function distance({ offsetLeft, offsetWidth }: HTMLElement, x: number): number {
  return Math.max(offsetLeft - x, x - offsetLeft - offsetWidth, 0);
}

function clipOfCell({ film }: Project, cell: HTMLElement): Clip | undefined {
  return findClip(mainSequence(film.film()), cell.dataset.cell as ClipId)?.clip; // a gap's key is no clip's id
}

/** Scrolls a clip into view; answers where it begins. */
function bringIntoView(project: Project, cell: HTMLElement): Frames | undefined {
  const { session } = project;
  const clip = clipOfCell(project, cell);
  if (!clip) return undefined;
  const { lanesWidthPx } = session.getState();
  session.setState({ scrollPx: scrollToShow(session.getState(), clip.recordIn, lanesWidthPx) });
  return clip.recordIn;
}
