import { ContextMenu } from '@base-ui/react/context-menu';
import type { ReactElement } from 'react';
import { hasEnded, type Job } from '../../../engine/contract/job.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { keysOf } from '../../commands/registry.ts';
import { useWords } from '../../i18n/index.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { useJobActions } from '../../jobs/use-job-actions.ts';
import { jobOfTake } from '../../state/library-store.ts';
import { useLibrary, useProject, useServices } from '../../state/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-shapes.ts';
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
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="popup-layer">
          <ContextMenu.Popup className="popup menu" data-testid="edit.bin.menu">
            <div className="menu-head">{entry?.facts.name}</div>
            <Item icon="plus" label="bin.append" keys={keysOf('append')} onChoose={place('append')} />
            <Item icon="plus" label="bin.insertAtPlayhead" keys={keysOf('insert')} onChoose={place('insert')} />
            <Item
              icon="plus"
              label="bin.overwriteAtPlayhead"
              keys={keysOf('overwrite')}
              onChoose={place('overwrite')}
            />
            <div className="menu-rule" />
            {job && <JobItem job={job} />}
            {recipe && (
              <Item icon="file" label="bin.copyRecipe" onChoose={() => void copyRecipe(recipe, services.notices)} />
            )}
            <Item
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

function JobItem({ job }: { readonly job: Job }) {
  const { cancel, retry } = useJobActions(job);
  if (job.state.kind === 'failed' || job.state.kind === 'cancelled') {
    return <Item icon="retry" label="menu.retryJob" onChoose={retry} />;
  }
  return hasEnded(job.state) ? null : <Item icon="close" label="menu.cancelJob" onChoose={cancel} />;
}

interface ItemProps {
  readonly icon: IconName;
  readonly label: MessageKey;
  readonly keys?: string;
  readonly onChoose: () => void;
}

function Item({ icon, label, keys, onChoose }: ItemProps) {
  const words = useWords();
  return (
    <ContextMenu.Item className="menu-item" onClick={onChoose}>
      <Icon name={icon} />
      {words(label)}
      {keys && <span className="menu-keys">{keys}</span>}
    </ContextMenu.Item>
  );
}
