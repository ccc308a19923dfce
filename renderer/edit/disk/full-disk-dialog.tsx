import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { DiskSurvey } from '../../../engine/contract/disk.ts';
import type { Failure } from '../../../engine/contract/failure.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { allClips } from '../../../engine/document/track.ts';
import { formatBytes } from '../../i18n/format.ts';
import { useWords } from '../../i18n/index.ts';
import { engineAway } from '../../state/notices.ts';
import { mainSequence, type Project } from '../../state/project.ts';
import { useEngine, useProject, useServices } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import './full-disk.css';

/** What is ticked to be given up. */
interface Ticked {
  readonly otherCaches: boolean;
  readonly unusedTakes: boolean;
}

/**
 * The disk is full: what may be given up, with its size, and the way on. What can be made again is ticked; takes, which
 * cannot, are not. What the film uses, or an undo may bring back, is never offered.
 */
export function FullDiskDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const project = useProject();
  const { notices, window } = useServices();
  const engine = useEngine();
  const survey = useSurvey();
  const isSaved = useStore(project.saving, ({ kind }) => kind === 'saved');
  const [ticked, setTicked] = useState<Ticked>({ otherCaches: true, unusedTakes: false });
  const [refusal, setRefusal] = useState<Failure | undefined>(undefined);
  const bytes = survey ? bytesOf(survey, ticked) : 0;

  const free = async () => {
    if (!engine) return notices.tell(engineAway);
    const { projectId, editorId } = project;
    const takeIds = ticked.unusedTakes ? (survey?.unusedTakes.map(({ takeId }) => takeId) ?? []) : [];
    // What lies on another disk makes no room on this one.
    const otherCaches = ticked.otherCaches && survey !== undefined && survey.otherCacheBytes > 0;
    const outcome = await engine.disk.free({
      projectId,
      editorId,
      kept: takesOfHistory(project),
      otherCaches,
      takeIds,
    });
    if (outcome.kind === 'done') onClose();
    else setRefusal(outcome.failure);
  };

  return (
    <Dialog
      title={
        <span className="row">
          <span className="alarm">
            <Icon name="disk" />
          </span>
          {words(survey?.holds === 'project' ? 'disk.titleProject' : 'disk.titleCache')}
        </span>
      }
      text={words(isSaved ? 'disk.saved' : 'disk.unsaved')}
      widthPx={600}
      onClose={onClose}
      testId="full-disk"
      footerStart={
        <Button
          look="quiet"
          onClick={() => window.setState({ dialog: { kind: 'settings', at: 'cache-folder' } })}
          testId="full-disk.move"
        >
          {words('disk.move')}
        </Button>
      }
      footer={
        <>
          <Button look="quiet" onClick={onClose} testId="full-disk.not-now">
            {words('disk.notNow')}
          </Button>
          <Button look="primary" autoFocus onClick={() => void free()} testId="full-disk.free">
            {bytes > 0 ? words('disk.free', { size: formatBytes(bytes) }) : words('disk.resume')}
          </Button>
        </>
      }
    >
      <div className="dialog-body full-disk-body">
        {survey && <Offers survey={survey} ticked={ticked} onTick={setTicked} />}
        {refusal && <p className="alarm">{words({ failure: refusal })}</p>}
      </div>
    </Dialog>
  );
}

interface OffersProps {
  readonly survey: DiskSurvey;
  readonly ticked: Ticked;
  readonly onTick: (ticked: Ticked) => void;
}

function Offers({ survey, ticked, onTick }: OffersProps) {
  const words = useWords();
  const { freeBytes, totalBytes, otherCacheBytes, unusedTakes } = survey;
  const count = unusedTakes.length;
  return (
    <>
      <p className="text-2 tabular">
        {words('disk.room', { free: formatBytes(freeBytes), total: formatBytes(totalBytes) })}
      </p>
      {otherCacheBytes > 0 && (
        <Offer
          name={words('disk.otherCaches')}
          note={words('disk.otherCachesNote')}
          bytes={otherCacheBytes}
          isTicked={ticked.otherCaches}
          onTick={(isTicked) => onTick({ ...ticked, otherCaches: isTicked })}
          testId="full-disk.other-caches"
        />
      )}
      {count > 0 && (
        <Offer
          name={words('disk.unusedTakes', { count })}
          note={words('disk.unusedTakesNote')}
          bytes={takeBytes(survey)}
          isTicked={ticked.unusedTakes}
          onTick={(isTicked) => onTick({ ...ticked, unusedTakes: isTicked })}
          testId="full-disk.unused-takes"
        />
      )}
      {otherCacheBytes === 0 && count === 0 && <p>{words('disk.nothing')}</p>}
      <p className="text-3">{words('disk.never')}</p>
    </>
  );
}

interface OfferProps {
  readonly name: string;
  readonly note: string;
  readonly bytes: number;
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
  readonly testId: string;
}

function Offer({ name, note, bytes, isTicked, onTick, testId }: OfferProps) {
  return (
    <label className="row full-disk-offer">
      <input
        type="checkbox"
        checked={isTicked}
        onChange={({ currentTarget }) => onTick(currentTarget.checked)}
        data-testid={testId}
      />
      <span>
        <span className="medium">{name}</span> <span className="text-2">· {note}</span>
      </span>
      <span className="spacer" />
      <span className="tabular">{formatBytes(bytes)}</span>
    </label>
  );
}

/** Undefined until the engine has looked. */
function useSurvey(): DiskSurvey | undefined {
  const engine = useEngine();
  const project = useProject();
  const [survey, setSurvey] = useState<DiskSurvey | undefined>(undefined);
  useEffect(() => {
    let isLate = false;
    const { projectId } = project;
    engine?.disk.survey({ projectId, kept: takesOfHistory(project) }).then(
      (outcome) => !isLate && outcome.kind === 'done' && setSurvey(outcome.value),
      () => {}, // the engine went; the next connection is asked
    );
    return () => {
      isLate = true;
    };
  }, [engine, project]);
  return survey;
}

/** Takes that an undo or a redo would bring back. */
function takesOfHistory({ film }: Project): TakeId[] {
  const { past, present, future } = film.store.getState().history;
  const films = [present, ...[...past, ...future].map((step) => step.film)];
  return [...new Set(films.flatMap((each) => allClips(mainSequence(each)).map(({ clip }) => clip.takeId)))];
}

function bytesOf(survey: DiskSurvey, ticked: Ticked): number {
  return (ticked.otherCaches ? survey.otherCacheBytes : 0) + (ticked.unusedTakes ? takeBytes(survey) : 0);
}

function takeBytes({ unusedTakes }: DiskSurvey): number {
  return unusedTakes.reduce((sum, { bytes }) => sum + bytes, 0);
}
