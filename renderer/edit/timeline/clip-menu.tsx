import { ContextMenu } from '@base-ui/react/context-menu';
import { type MouseEvent, type ReactElement, type RefObject, useState } from 'react';
import type { Clip } from '../../../engine/document/film.ts';
import type { ClipId } from '../../../engine/document/ids.ts';
import { findClip } from '../../../engine/document/track.ts';
import { type CommandName, keysOf } from '../../commands/registry.ts';
import { useWords } from '../../i18n/index.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { JobMenuItem } from '../../jobs/job-menu-item.tsx';
import { jobOfTake } from '../../state/library-store.ts';
import { mainSequence } from '../../state/project.ts';
import { useLibrary, useProject } from '../../state/services.tsx';
import { selectClips } from '../../state/session-store.ts';
import { pointIn } from '../../ui/follow-pointer.ts';
import type { IconName } from '../../ui/icon-shapes.ts';
import { MenuItem } from '../../ui/menu-item.tsx';
import { usePopupHost } from '../../ui/popup-host.ts';
import { FindMenuItem } from '../missing/find-menu-item.tsx';
import { withPartners } from '../selection-edits.ts';
import { useRunCommand } from '../use-run-command.ts';
import { type Hit, hitTest } from './hit-test.ts';
import { useGround } from './timeline-context.tsx';

interface ClipMenuProps {
  readonly area: RefObject<HTMLElement | null>;
  readonly children: ReactElement<Record<string, unknown>>;
}

/** The menu of what lies under the pointer, or under the focus when the Menu key asks. */
export function ClipMenu({ area, children }: ClipMenuProps) {
  const target = useMenuTarget(area);
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={children} onContextMenuCapture={target.find} />
      <ContextMenu.Portal container={usePopupHost()}>
        <ContextMenu.Positioner className="popup-layer" positionMethod="fixed">
          <ContextMenu.Popup className="popup menu" data-testid="edit.timeline.menu">
            {target.clip ? <ClipItems clip={target.clip} /> : <EmptyItems />}
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function useMenuTarget(area: RefObject<HTMLElement | null>) {
  const project = useProject();
  const ground = useGround();
  const [clip, setClip] = useState<Clip | undefined>(undefined);
  const find = (event: MouseEvent) => {
    const element = area.current;
    if (!element) return;
    const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-cell]') : null;
    const isByKey = event.button !== 2 && cell;
    const found = isByKey ? clipOfCell(project, cell.dataset.cell) : clipOfHit(hitAt(ground(), element, event));
    setClip(found);
    const { session } = project;
    if (found && !session.getState().selectedClips.includes(found.id)) {
      selectClips(session, withPartners(project, found, session.getState().isLinking));
    }
  };
  return { clip, find };
}

function hitAt(ground: Parameters<typeof hitTest>[0], element: HTMLElement, event: MouseEvent): Hit {
  const { x, y } = pointIn(element, event);
  return hitTest(ground, x, y);
}

function clipOfHit(hit: Hit): Clip | undefined {
  return hit.kind === 'clip' ? hit.clip : undefined;
}

function clipOfCell({ film }: ReturnType<typeof useProject>, key: string | undefined): Clip | undefined {
  return findClip(mainSequence(film.film()), key as ClipId)?.clip; // a gap's key is no clip's id
}

function ClipItems({ clip }: { readonly clip: Clip }) {
  const words = useWords();
  const { session, film } = useProject();
  const job = useLibrary((library) => jobOfTake(library, clip.takeId));
  const entry = useLibrary((library) => library.entries.get(clip.takeId));
  const take = film.film().takes[clip.takeId];
  const head = entry?.kind === 'ready' && take?.origin === 'generated' ? 'menu.clipGenerated' : 'menu.clip';
  return (
    <>
      <div className="menu-head">{words(head, { name: take?.name ?? '' })}</div>
      {job && <JobMenuItem job={job} />}
      {entry && <FindMenuItem entry={entry} />}
      <MenuItem icon="info" label="menu.inspect" onChoose={() => session.setState({ inspectorTab: 'clip' })} />
      <div className="menu-rule" />
      <CommandItem icon="razor" command="split" label="menu.split" />
      <CommandItem icon="up" command="trackUp" label="menu.trackUp" />
      <CommandItem icon="down" command="trackDown" label="menu.trackDown" />
      <div className="menu-rule" />
      <CommandItem icon="close" command="delete" label="menu.delete" />
      <CommandItem icon="close" command="rippleDelete" label="menu.rippleDelete" />
    </>
  );
}

function EmptyItems() {
  const words = useWords();
  return (
    <>
      <div className="menu-head">{words('menu.emptyTrack')}</div>
      <CommandItem icon="generate" command="generate" label="menu.generateHere" />
      <CommandItem icon="import" command="import" label="menu.importHere" />
    </>
  );
}

function CommandItem({ icon, command, label }: { icon: IconName; command: CommandName; label: MessageKey }) {
  const run = useRunCommand();
  return <MenuItem icon={icon} label={label} keys={keysOf(command)} onChoose={() => run(command)} />;
}
