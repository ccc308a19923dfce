import type { ReactNode } from 'react';
import type { ExportRequest } from '../../../engine/contract/export.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { useWords } from '../../i18n/index.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { actOnJob } from '../../jobs/use-job-actions.ts';
import { useProject, useServices } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-shapes.ts';
import { openMissingMedia } from '../missing/use-missing-news.ts';
import { showTake } from '../show-take.ts';
import type { StoppedTake, TakesWithoutPicture } from './takes-without-picture.ts';

interface UnfinishedPartProps {
  readonly takes: TakesWithoutPicture;
  /** What becomes of shots without a picture: the export waits for them, or shows black. */
  readonly unfinished: ExportRequest['unfinished'];
  readonly onChange: (unfinished: ExportRequest['unfinished']) => void;
  /** The dialog makes way for the place in the film. */
  readonly onLeave: () => void;
}

/** What the film still lacks, and what can be done about each: wait, try again, or export black there. */
export function UnfinishedPart({ takes, unfinished, onChange, onLeave }: UnfinishedPartProps) {
  const words = useWords();
  const { window } = useServices();
  const { making, stopped, missing } = takes;
  const stoppedIds = stopped.map(({ takeId }) => takeId);
  const isBlackPossible = missing.length === 0 && making.length + stopped.length > 0;
  return (
    <div className="export-unfinished" data-testid="export.unfinished">
      <Lacking kind="missing" takeIds={missing} onLeave={onLeave}>
        <Button look="outline" size="small" onClick={() => openMissingMedia(window)} testId="export.find">
          {words('missing.find')}
        </Button>
      </Lacking>
      <Lacking kind="stopped" takeIds={stoppedIds} onLeave={onLeave}>
        <RetryAll stopped={stopped} />
      </Lacking>
      <Lacking kind="making" takeIds={making} onLeave={onLeave} />
      {isBlackPossible && making.length > 0 && (
        <WaitOrBlack takes={takes} unfinished={unfinished} onChange={onChange} />
      )}
      {isBlackPossible && making.length === 0 && (
        <label className="row">
          <input
            type="checkbox"
            checked={unfinished === 'black'}
            onChange={({ currentTarget }) => onChange(currentTarget.checked ? 'black' : 'refuse')}
          />
          {words('export.black', { count: stopped.length })}
        </label>
      )}
    </div>
  );
}

const looks = {
  missing: { icon: 'warning', tone: 'alarm', text: 'export.missing' },
  stopped: { icon: 'error', tone: 'alarm', text: 'export.stopped' },
  making: { icon: 'clock', tone: 'text-2', text: 'export.making' },
} as const satisfies Record<keyof TakesWithoutPicture, { icon: IconName; tone: string; text: MessageKey }>;

interface LackingProps {
  readonly kind: keyof TakesWithoutPicture;
  readonly takeIds: readonly TakeId[];
  readonly onLeave: () => void;
  readonly children?: ReactNode;
}

/** One kind of gap with its number, and the way to the first of them. */
function Lacking({ kind, takeIds, onLeave, children }: LackingProps) {
  const words = useWords();
  const project = useProject();
  const [first] = takeIds;
  if (first === undefined) return null;
  const { icon, tone, text } = looks[kind];
  const count = takeIds.length;
  const show = () => {
    onLeave();
    showTake(project, first);
  };
  return (
    <div className="row export-lacking" data-testid={`export.lacking.${kind}`}>
      <span className={tone}>
        <Icon name={icon} />
      </span>
      <span>{words(text, { count })}</span>
      <span className="spacer" />
      {children}
      <Button look="quiet" size="small" onClick={show}>
        {words('export.show', { count })}
      </Button>
    </div>
  );
}

function RetryAll({ stopped }: { readonly stopped: readonly StoppedTake[] }) {
  const words = useWords();
  const project = useProject();
  const services = useServices();
  const jobs = stopped.flatMap(({ job }) => job ?? []);
  if (jobs.length === 0) return null;
  const retry = () => {
    for (const job of jobs) actOnJob(project, services, job, 'retry');
  };
  return (
    <Button look="outline" size="small" onClick={retry} testId="export.retry">
      {words('export.retry', { count: jobs.length })}
    </Button>
  );
}

function WaitOrBlack({ takes, unfinished, onChange }: Omit<UnfinishedPartProps, 'onLeave'>) {
  const words = useWords();
  const { making, stopped } = takes;
  const choices = [
    { value: 'refuse', label: words('export.wait', { count: making.length }) },
    { value: 'black', label: words('export.blackNow', { count: making.length + stopped.length }) },
  ] as const;
  return (
    <fieldset>
      {choices.map(({ value, label }) => (
        <label key={value} className="row">
          <input type="radio" name="unfinished" checked={unfinished === value} onChange={() => onChange(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
