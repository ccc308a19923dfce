import { ContextMenu } from '@base-ui/react/context-menu';
import type { ReactElement } from 'react';
import type { TakeId } from '../../../engine/document/ids.ts';
import { keysOf } from '../../commands/registry.ts';
import { JobMenuItem } from '../../jobs/job-menu-item.tsx';
import { jobOfTake } from '../../state/library-store.ts';
import { useLibrary, useProject, useServices } from '../../state/services.tsx';
import { MenuItem } from '../../ui/menu-item.tsx';
import { usePopupHost } from '../../ui/popup-host.ts';
import { FindMenuItem } from '../missing/find-menu-item.tsx';
import { type PlacingWay, placeByKey, removeFromBin } from '../place-takes.ts';
import { copyRecipe, recipeOf } from './copy-recipe.ts';

interface TakeMenuProps {
  readonly takeId: TakeId;
  readonly children: ReactElement<Record<string, unknown>>;
}

/** What can be done with a take in the bin. */
export function TakeMenu({ takeId, children }: TakeMenuProps) {
  const project = useProject();
  const services = useServices();
  const entry = useLibrary((library) => library.entries.get(takeId));
  const job = useLibrary((library) => jobOfTake(library, takeId));
  const recipe = entry && recipeOf(entry);
  const place = (way: PlacingWay) => () => placeByKey(project, services, [takeId], way);
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={children} />
      <ContextMenu.Portal container={usePopupHost()}>
        <ContextMenu.Positioner className="popup-layer" positionMethod="fixed">
          <ContextMenu.Popup className="popup menu" data-testid="edit.bin.menu">
            <div className="menu-head">{entry?.facts.name}</div>
            <MenuItem icon="plus" label="bin.append" keys={keysOf('append')} onChoose={place('append')} />
            <MenuItem icon="plus" label="bin.insertAtPlayhead" keys={keysOf('insert')} onChoose={place('insert')} />
            <MenuItem
              icon="plus"
              label="bin.overwriteAtPlayhead"
              keys={keysOf('overwrite')}
              onChoose={place('overwrite')}
            />
            <div className="menu-rule" />
            {job && <JobMenuItem job={job} />}
            {entry && <FindMenuItem entry={entry} />}
            {recipe && (
              <MenuItem icon="file" label="bin.copyRecipe" onChoose={() => void copyRecipe(recipe, services.notices)} />
            )}
            <MenuItem
              icon="close"
              label="bin.remove"
              keys={keysOf('delete')}
              onChoose={() => removeFromBin(project, services, [takeId])}
            />
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
