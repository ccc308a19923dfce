import { useMemo, useState } from 'react';
import type { Failure } from '../../../engine/contract/failure.ts';
import type { ShotRequest } from '../../../engine/contract/take.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { framesPerSecond } from '../../../engine/document/time.ts';
import { startShot } from '../../generate/start-shot.ts';
import { useEstimate } from '../../generate/use-estimate.ts';
import { aboutDuration, formatBytes, formatSeconds } from '../../i18n/format.ts';
import { useWords } from '../../i18n/index.ts';
import { type Sentence, sentence } from '../../i18n/sentence.ts';
import { useLibrary, usePacks, useProject, useSequence, useServices } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { fittingShots } from './fitting-shots.ts';
import './fit.css';

interface FitDialogProps {
  readonly takeId: TakeId;
  readonly onClose: () => void;
}

/** A shot that ran out of memory, and what of it does fit: each way with the memory and the time it is thought to take. */
export function FitDialog({ takeId, onClose }: FitDialogProps) {
  const entry = useLibrary((library) => library.entries.get(takeId));
  return entry?.kind === 'failed' ? <Fitting {...entry} takeId={takeId} onClose={onClose} /> : null;
}

function Fitting({ takeId, request, failure, onClose }: FitDialogProps & { request: ShotRequest; failure: Failure }) {
  const words = useWords();
  const project = useProject();
  const services = useServices();
  const packs = usePacks();
  const rate = useSequence((sequence) => sequence.rate);
  const pack = packs?.find(({ id }) => id === request.packId);
  const shots = useMemo(() => (pack ? fittingShots(request, pack, rate) : []), [request, pack, rate]);
  const [index, setIndex] = useState(0);
  const chosen = shots[index];
  const generate = () => {
    if (!chosen) return;
    onClose();
    void startShot(project, services, chosen, takeId);
  };
  return (
    <Dialog
      title={words('fit.title')}
      text={words({ failure })}
      widthPx={560}
      onClose={onClose}
      testId="fit"
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {words('common.cancel')}
          </Button>
          <Button look="primary" autoFocus disabled={!chosen} onClick={generate} testId="fit.generate">
            {words('fit.generate')}
          </Button>
        </>
      }
    >
      <fieldset className="dialog-body fit-choices" aria-label={words('fit.choices')}>
        <Asked shot={request} secondsPerFrame={secondsPerFrame(pack)} />
        {shots.map((shot, each) => (
          <Choice
            key={`${shot.widthPx} ${shot.frameCount}`}
            shot={shot}
            secondsPerFrame={secondsPerFrame(pack)}
            isChosen={each === index}
            onChoose={() => setIndex(each)}
          />
        ))}
        {shots.length === 0 && <p>{words('fit.nothing')}</p>}
      </fieldset>
    </Dialog>
  );
}

interface ShotProps {
  readonly shot: ShotRequest;
  readonly secondsPerFrame: number;
}

/** What was asked, to compare with. */
function Asked(props: ShotProps) {
  return (
    <div className="row fit-choice text-2">
      <span className="fit-mark" />
      <ShotFacts {...props} isAsked />
    </div>
  );
}

interface ChoiceProps extends ShotProps {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Choice({ isChosen, onChoose, ...props }: ChoiceProps) {
  return (
    <label className="row fit-choice">
      <input
        type="radio"
        name="fit"
        checked={isChosen}
        onChange={onChoose}
        data-testid={`fit.${props.shot.frameCount}`}
      />
      <ShotFacts {...props} />
    </label>
  );
}

function ShotFacts({ shot, secondsPerFrame: perFrame, isAsked = false }: ShotProps & { readonly isAsked?: boolean }) {
  const words = useWords();
  const { widthPx, heightPx, frameCount } = shot;
  const { seconds, memoryBytes } = useEstimate(shot) ?? {};
  const size = words('unit.size', { width: widthPx, height: heightPx });
  const name = words('fit.shot', { size, seconds: formatSeconds(frameCount * perFrame) });
  const time: Sentence =
    seconds === undefined
      ? sentence('time.unknown')
      : { key: 'time.about', nested: { duration: aboutDuration(seconds) } };
  return (
    <>
      <span>{isAsked ? words('fit.asked', { shot: name }) : name}</span>
      <span className="spacer" />
      <span className="text-2 tabular">{words(time)}</span>
      <span className={`tabular fit-memory ${isAsked ? 'alarm' : ''}`}>
        {memoryBytes === undefined ? words('generate.unknown') : formatBytes(memoryBytes)}
      </span>
    </>
  );
}

function secondsPerFrame(pack: { readonly rate: Parameters<typeof framesPerSecond>[0] } | undefined): number {
  return pack ? 1 / framesPerSecond(pack.rate) : 0;
}
