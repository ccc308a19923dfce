import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { DiskSurvey } from '../../../engine/contract/disk.ts';
import type { Failure } from '../../../engine/contract/failure.ts';
import { assertNever } from '../../../engine/document/film.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { allClips } from '../../../engine/document/track.ts';
import { formatBytes } from '../../i18n/format.ts';
import { useWords } from '../../i18n/index.ts';
import { engineAway } from '../../state/notices.ts';
import { mainSequence, type Project } from '../../state/project.ts';
import { useEngine, useIsReader, useProject, useServices } from '../../state/services.tsx';
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
  const isReader = useIsReader();
  const { asked, askAgain } = useSurvey();
  const survey = asked.kind === 'told' ? asked.survey : undefined;
  const isSaved = useStore(project.saving, ({ kind }) => kind === 'saved');
  const [ticked, setTicked] = useState<Ticked>({ otherCaches: true, unusedTakes: false });
  const [answer, setAnswer] = useState<Answer>({ kind: 'none' });
  const bytes = survey ? bytesOf(survey, ticked) : 0;

  const free = async () => {
    if (!engine) return notices.tell(engineAway);
    const { projectId, editorId } = project;
    const takeIds = ticked.unusedTakes ? (survey?.unusedTakes.map(({ takeId }) => takeId) ?? []) : [];
    // What lies on another disk makes no room on this one.
    const otherCaches = ticked.otherCaches && survey !== undefined && survey.otherCacheBytes > 0;
    setAnswer({ kind: 'awaited' });
    const outcome = await engine.disk.free({
      projectId,
      editorId,
      kept: takesOfHistory(project),
      otherCaches,
      takeIds,
    });
    if (outcome.kind === 'failed') return setAnswer(outcome);
    const { takesLeft } = outcome.value;
    if (takesLeft.length === 0) return onClose();
    setAnswer({ kind: 'left', count: takesLeft.length });
    askAgain();
  };
  const freeOrTell = () =>
    free().catch(() => {
      setAnswer({ kind: 'none' });
      notices.tell(engineAway);
    });

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
          <Button
            key={asked.kind === 'awaited' ? 'awaited' : 'known'} // takes the focus once it can be pressed
            look="primary"
            autoFocus
            disabled={asked.kind === 'awaited' || answer.kind === 'awaited' || isReader}
            onClick={() => void freeOrTell()}
            testId="full-disk.free"
          >
            {bytes > 0 ? words('disk.free', { size: formatBytes(bytes) }) : words('disk.resume')}
          </Button>
        </>
      }
    >
      <div className="dialog-body full-disk-body">
        {survey && <Offers survey={survey} ticked={ticked} onTick={setTicked} />}
        {asked.kind === 'failed' && <p className="alarm">{words({ failure: asked.failure })}</p>}
        <Answered answer={isReader ? { kind: 'failed', failure: { code: 'not-the-editor' } } : answer} />
      </div>
    </Dialog>
  );
}

/** What came of giving up. */
type Answer =
  | { readonly kind: 'none' | 'awaited' }
  | { readonly kind: 'left'; readonly count: number }
  | { readonly kind: 'failed'; readonly failure: Failure };

function Answered({ answer }: { readonly answer: Answer }) {
  const words = useWords();
  switch (answer.kind) {
    case 'none':
    case 'awaited':
      return null;
    case 'left':
      return <p className="alarm">{words('disk.takesLeft', { count: answer.count })}</p>;
    case 'failed':
      return <p className="alarm">{words({ failure: answer.failure })}</p>;
    default:
      return assertNever(answer);
  }
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

type Asked =
  | { readonly kind: 'awaited' }
  | { readonly kind: 'told'; readonly survey: DiskSurvey }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What the engine finds on the disk, looked for again by whatever engine there is, and when asked to. */
function useSurvey(): { readonly asked: Asked; readonly askAgain: () => void } {
  const engine = useEngine();
  const project = useProject();
  const [asked, setAsked] = useState<Asked>({ kind: 'awaited' });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a round asks once more
  useEffect(() => {
    let isLate = false;
    setAsked({ kind: 'awaited' });
    const { projectId } = project;
    engine?.disk.survey({ projectId, kept: takesOfHistory(project) }).then(
      (outcome) => {
        if (!isLate) setAsked(outcome.kind === 'done' ? { kind: 'told', survey: outcome.value } : outcome);
      },
      () => {}, // the engine went, and the window says so; the next connection is asked
    );
    return () => {
      isLate = true;
    };
  }, [engine, project, round]);
  return { asked, askAgain: () => setRound((before) => before + 1) };
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
