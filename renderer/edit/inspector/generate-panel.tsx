import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { type PackSummary, type PromptReading, saysNothing } from '../../../engine/contract/generation.ts';
import { keysOf } from '../../commands/registry.ts';
import { PromptBox } from '../../generate/prompt-box.tsx';
import { requestFrom, type ShotDraft } from '../../generate/shot-draft.ts';
import { chosenPack, startFromDraft } from '../../generate/start-from-draft.ts';
import { usePromptReading } from '../../generate/use-prompt-reading.ts';
import { useWords } from '../../i18n/index.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { useIsReader, usePacks, useProject, useSequence, useServices } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EstimateLines } from './estimate-lines.tsx';
import { LandingHint } from './landing-hint.tsx';
import { RunningShots } from './running-shots.tsx';
import { ShotFields } from './shot-fields.tsx';

/** A shot from words: prompt, length, seed, what it will cost, and the button that starts it. */
export function GeneratePanel() {
  const words = useWords();
  const packs = usePacks();
  const draft = useStore(useProject().shotDraft);
  const pack = packs && chosenPack(packs, draft);
  const marks = usePromptReading(draft.prompt, pack?.id);
  if (packs?.length === 0) {
    return (
      <p className="inspector-empty text-2">
        <Icon name="pack" /> {words('generate.noPack')}
      </p>
    );
  }
  return (
    <div className="generate-panel">
      <Prompt draft={draft} pack={pack} marks={marks} />
      {pack && <ShotFields pack={pack} draft={draft} />}
      <span className="spacer" />
      <RunningShots />
      {pack && <CostAndStart draft={draft} pack={pack} marks={marks} />}
    </div>
  );
}

interface WrittenShot {
  readonly draft: ShotDraft;
  readonly marks: PromptReading['words'];
}

function Prompt({ draft, pack, marks }: WrittenShot & { readonly pack: PackSummary | undefined }) {
  const project = useProject();
  const services = useServices();
  const input = useRef<HTMLTextAreaElement>(null);
  const asked = useStore(services.window, (state) => state.promptFocusAsked);
  useEffect(() => {
    if (asked > 0) input.current?.focus();
  }, [asked]);
  return (
    <PromptBox
      prompt={draft.prompt}
      pack={pack}
      marks={marks}
      rows={2}
      inputRef={input}
      onChange={(prompt) => project.shotDraft.setState({ prompt })}
      onSubmit={() => void startFromDraft(project, services)}
      testId="edit.inspector.prompt"
    />
  );
}

function CostAndStart({ draft, marks, pack }: WrittenShot & { readonly pack: PackSummary }) {
  const words = useWords();
  const project = useProject();
  const services = useServices();
  const isReader = useIsReader();
  const sequence = useSequence((each) => each);
  const request = requestFrom(draft, pack, sequence, () => 0);
  const whyNot = whyNotStart(draft, marks, isReader);
  return (
    <>
      <EstimateLines request={request} />
      <LandingHint request={request} pack={pack} />
      <Button
        look="primary"
        size="large"
        icon="generate"
        keys={keysOf('startJob')}
        disabled={whyNot !== undefined}
        title={whyNot && words(whyNot)}
        onClick={() => void startFromDraft(project, services)}
        testId="edit.inspector.generate"
      >
        {words('generate.button')}
      </Button>
    </>
  );
}

/** Why no shot can be started, where none can. */
function whyNotStart({ prompt }: ShotDraft, marks: PromptReading['words'], isReader: boolean): MessageKey | undefined {
  if (isReader) return 'generate.readOnly';
  if (prompt.trim() === '') return 'generate.noPrompt';
  return saysNothing({ words: marks }) ? 'generate.noMeaning' : undefined;
}
