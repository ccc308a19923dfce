import { useState } from 'react';
import { useStore } from 'zustand';
import { type PackSummary, saysNothing } from '../../engine/contract/generation.ts';
import { frames, framesToSeconds } from '../../engine/document/time.ts';
import { PromptBox } from '../generate/prompt-box.tsx';
import { emptyDraft, requestFrom } from '../generate/shot-draft.ts';
import { chosenPack, startFromDraft } from '../generate/start-from-draft.ts';
import { useEstimate } from '../generate/use-estimate.ts';
import { usePromptReading } from '../generate/use-prompt-reading.ts';
import { aboutDuration, formatSeconds } from '../i18n/format.ts';
import { useWords } from '../i18n/index.ts';
import { sentence } from '../i18n/sentence.ts';
import { useConnection, usePacks, useServices } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

const firstFrame = { widthPx: 1920, heightPx: 1080 };

/** A first shot: makes a project and opens it with the ghost already running. */
export function GenerateCard() {
  const words = useWords();
  const hasNoPack = usePacks()?.length === 0;
  return (
    <div className="start-card">
      <h2 className="start-card-title is-accent">
        <Icon name="generate" sizePx={20} />
        {words('start.generate')}
      </h2>
      <p>{words(hasNoPack ? 'generate.noPack' : 'start.generateHint')}</p>
      {!hasNoPack && <FirstShot />}
    </div>
  );
}

function FirstShot() {
  const words = useWords();
  const services = useServices();
  const packs = usePacks();
  const draft = useStore(services.shotDraft);
  const [isStarting, setStarting] = useState(false);
  const pack = packs && chosenPack(packs, draft);
  const marks = usePromptReading(draft.prompt, pack?.id);
  const isUnclear = saysNothing({ words: marks });
  const isReady = pack !== undefined && draft.prompt.trim() !== '' && !isUnclear && !isStarting;

  const start = async () => {
    if (!isReady) return;
    setStarting(true);
    const project = await services.desk.create(words('start.untitled'));
    if (project) {
      // What was written here goes into the project; the next one begins on an empty page.
      project.shotDraft.setState(draft, true);
      services.shotDraft.setState(emptyDraft, true);
      await startFromDraft(project, services);
    }
    setStarting(false);
  };

  return (
    <>
      <PromptBox
        prompt={draft.prompt}
        pack={pack}
        marks={marks}
        rows={3}
        onChange={(prompt) => services.shotDraft.setState({ prompt })}
        onSubmit={() => void start()}
        testId="start.prompt"
      />
      <div className="row">
        <Button
          look="primary"
          icon="generate"
          disabled={!isReady}
          title={isUnclear ? words('generate.noMeaning') : undefined}
          onClick={() => void start()}
          testId="start.generate"
        >
          {words('start.generateButton')}
        </Button>
        {pack && <Cost pack={pack} />}
      </div>
    </>
  );
}

function Cost({ pack }: { readonly pack: PackSummary }) {
  const words = useWords();
  const { shotDraft } = useServices();
  const connection = useConnection();
  const request = requestFrom(useStore(shotDraft), pack, firstFrame, () => 0);
  const { seconds } = useEstimate(request) ?? {};
  if (connection.kind !== 'connected' || seconds === undefined) return null;
  const length = formatSeconds(framesToSeconds(frames(request.frameCount), pack.rate));
  return (
    <span className="text-2 tabular">
      {words({
        key: 'start.forLength',
        nested: {
          duration: { key: 'time.about', nested: { duration: aboutDuration(seconds) } },
          length: sentence('unit.seconds', { seconds: length }),
        },
      })}
    </span>
  );
}
