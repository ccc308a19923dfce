import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Job, JobState } from '../../../engine/contract/job.ts';
import { assertNever } from '../../../engine/document/film.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { useWords } from '../../i18n/index.ts';
import { percentDone, phaseOf, timeLeftOf } from '../../jobs/job-words.ts';
import { useJobActions } from '../../jobs/use-job-actions.ts';
import { jobOfTake } from '../../state/library-store.ts';
import { useFilm, useIsReader, useLibrary, useProject, useServices, useSession } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { openMissingMedia } from '../missing/use-missing-news.ts';
import { type AtPlayhead, atPlayhead } from './at-playhead.ts';

/** What the viewer says over black where there is no picture to show. */
export function ViewerMessage() {
  const words = useWords();
  const film = useFilm((each) => each);
  const playhead = useSession((session) => session.playhead);
  const shown = useLibrary(useShallow((library) => atPlayhead(film, library, playhead)));
  switch (shown.kind) {
    case 'picture':
      return <Unreadable />;
    case 'nothing':
      return <Message title={words('viewer.nothing')} text={words('viewer.nothingHint')} />;
    case 'ghost':
      return <GhostProgress name={shown.name} state={shown.state} />;
    case 'failed':
      return <FailedShot {...shown} />;
    case 'offline':
      return (
        <Message title={words('viewer.offline', { name: shown.name })} text="" alarm="attention">
          <FindFile />
        </Message>
      );
    default:
      return assertNever(shown);
  }
}

/** The same numbers as on the ghost and in the queue. */
function GhostProgress({ name, state }: { readonly name: string; readonly state: JobState }) {
  const words = useWords();
  const left = timeLeftOf(state);
  return (
    <>
      <div className="viewer-tags">
        <span className="viewer-tag">
          <Icon name="generate" />
          {words('viewer.ghost')} · {words(phaseOf(state))}
        </span>
        {left && <span className="viewer-tag">{words(left)}</span>}
      </div>
      <div className="viewer-message" data-testid="edit.viewer.ghost">
        <b>{name}</b>
        {state.kind === 'running' && (
          <span className="tabular">{words('job.percent', { percent: percentDone(state) })}</span>
        )}
      </div>
    </>
  );
}

/** The one place that says why a shot failed: where its picture would be, with the way to try again. */
function FailedShot({ takeId, name, failure }: Extract<AtPlayhead, { kind: 'failed' }>) {
  const words = useWords();
  const job = useLibrary((library) => jobOfTake(library, takeId));
  // The same prompt would fail again.
  const isWorthAnother = failure.code !== 'prompt-unknown';
  return (
    <Message title={words('viewer.failed', { name })} text={words({ failure })} alarm="failure">
      <div className="row">
        {failure.code === 'out-of-memory' && <MakeItFit takeId={takeId} />}
        {job && isWorthAnother && <Retry job={job} />}
      </div>
    </Message>
  );
}

/** A window that only reads finds nothing for others. */
function FindFile() {
  const words = useWords();
  const { window } = useServices();
  if (useIsReader()) return null;
  return (
    <Button size="small" icon="search" onClick={() => openMissingMedia(window)} testId="edit.viewer.find">
      {words('missing.findFile')}
    </Button>
  );
}

function MakeItFit({ takeId }: { readonly takeId: TakeId }) {
  const words = useWords();
  const { window } = useServices();
  if (useIsReader()) return null;
  return (
    <Button size="small" onClick={() => window.setState({ dialog: { kind: 'fit', takeId } })} testId="edit.viewer.fit">
      {words('fit.open')}
    </Button>
  );
}

function Retry({ job }: { readonly job: Job }) {
  const words = useWords();
  const { retry } = useJobActions(job);
  return (
    <Button size="small" icon="retry" onClick={retry} testId="edit.viewer.retry">
      {words('common.retry')}
    </Button>
  );
}

/** A take that is there and cannot be decoded: the player says which. */
function Unreadable() {
  const words = useWords();
  const { transport, film } = useProject();
  const unreadable = useStore(transport.playback, (state) => state.unreadable[0]);
  if (!unreadable) return null;
  const name = film.film().takes[unreadable]?.name ?? '';
  return <Message title={words('viewer.unreadable', { name })} text="" alarm="attention" />;
}

interface MessageProps {
  readonly title: string;
  readonly text: string;
  /** How grave it is; a plain message otherwise. */
  readonly alarm?: 'attention' | 'failure';
  readonly children?: ReactNode;
}

function Message({ title, text, alarm, children }: MessageProps) {
  return (
    <div className="viewer-message" data-testid="edit.viewer.message" {...(alarm && { role: 'alert' })}>
      {alarm && (
        <span className="alarm">
          <Icon name={alarm === 'failure' ? 'error' : 'warning'} sizePx={20} />
        </span>
      )}
      <b>{title}</b>
      {text && <span>{text}</span>}
      {children}
    </div>
  );
}
