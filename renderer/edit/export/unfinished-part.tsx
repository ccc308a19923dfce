import type { ReactNode } from 'react';
import type { TakeId } from '../../../engine/document/ids.ts';
import { useWords } from '../../i18n/index.ts';
import { actOnJob } from '../../jobs/use-job-actions.ts';
import { useProject, useServices } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-shapes.ts';
import { showTake } from '../show-take.ts';
import type { StoppedTake, TakesWithoutPicture } from './takes-without-picture.ts';

interface UnfinishedPartProps {
  readonly takes: TakesWithoutPicture;
  readonly asBlack: boolean;
  readonly onChange: (asBlack: boolean) => void;
  /** The dialog makes way for the place in the film. */
  readonly onLeave: () => void;
}

/** What the film still lacks, and what can be done about each: wait, try again, or export black there. */
export function UnfinishedPart({ takes, asBlack, onChange, onLeave }: UnfinishedPartProps) {
  const words = useWords();
  const { making, stopped, missing } = takes;
  const stoppedIds = stopped.map(({ takeId }) => takeId);
  const isBlackPossible = missing.length === 0 && making.length + stopped.length > 0;
  return (
    <div className="export-unfinished" data-testid="export.unfinished">
      <Lacking
        icon="warning"
        takeIds={missing}
        text={words('export.missing', { count: missing.length })}
        onLeave={onLeave}
      />
      <Lacking
        icon="error"
        takeIds={stoppedIds}
        text={words('export.stopped', { count: stopped.length })}
        onLeave={onLeave}
      >
        <RetryAll stopped={stopped} />
      </Lacking>
      <Lacking
        icon="clock"
        takeIds={making}
        text={words('export.making', { count: making.length })}
        onLeave={onLeave}
      />
      {isBlackPossible && making.length > 0 && <WaitOrBlack takes={takes} asBlack={asBlack} onChange={onChange} />}
      {isBlackPossible && making.length === 0 && (
        <label className="row">
          <input type="checkbox" checked={asBlack} onChange={() => onChange(!asBlack)} />
          {words('export.black', { count: stopped.length })}
        </label>
      )}
    </div>
  );
}

interface LackingProps {
  readonly icon: IconName;
  readonly takeIds: readonly TakeId[];
  readonly text: string;
  readonly onLeave: () => void;
  readonly children?: ReactNode;
}

/** One kind of gap with its number, and the way to the first of them. */
function Lacking({ icon, takeIds, text, onLeave, children }: LackingProps) {
  const words = useWords();
  const project = useProject();
  const [first] = takeIds;
  if (first === undefined) return null;
  const show = () => {
    onLeave();
    showTake(project, first);
  };
  return (
    <div className="row export-lacking" data-testid={`export.lacking.${icon}`}>
      <span className={icon === 'clock' ? 'text-2' : 'alarm'}>
        <Icon name={icon} />
      </span>
      <span>{text}</span>
      <span className="spacer" />
      {children}
      <Button look="quiet" size="small" onClick={show}>
        {words('export.show', { count: takeIds.length })}
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

interface WaitOrBlackProps {
  readonly takes: TakesWithoutPicture;
  readonly asBlack: boolean;
  readonly onChange: (asBlack: boolean) => void;
}

function WaitOrBlack({ takes: { making, stopped }, asBlack, onChange }: WaitOrBlackProps) {
  const words = useWords();
  const wait = words('export.wait', { count: making.length });
  const black = words('export.blackNow', { count: making.length + stopped.length });
  return (
    <fieldset>
      {[false, true].map((value) => (
        <label key={String(value)} className="row">
          <input type="radio" name="unfinished" checked={asBlack === value} onChange={() => onChange(value)} />
          {value ? black : wait}
        </label>
      ))}
    </fieldset>
  );
}
