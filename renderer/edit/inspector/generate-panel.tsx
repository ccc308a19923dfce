import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { keysOf } from '../../commands/registry.ts';
import { PromptBox } from '../../generate/prompt-box.tsx';
import { requestFrom, type ShotDraft } from '../../generate/shot-draft.ts';
import { chosenPack, startFromDraft } from '../../generate/start-from-draft.ts';
import { useWords } from '../../i18n/index.ts';
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
  const services = useServices();
  const draft = useStore(services.shotDraft);
  const pack = packs && chosenPack(services);
  if (packs?.length === 0) {
    return (
      <p className="inspector-empty text-2">
        <Icon name="pack" /> {words('generate.noPack')}
      </p>
    );
  }
  return (
    <div className="generate-panel">
      <Prompt draft={draft} />
      {pack && <ShotFields pack={pack} draft={draft} />}
      <span className="spacer" />
      <RunningShots />
      {pack && <CostAndStart draft={draft} pack={pack} />}
    </div>
  );
}

function Prompt({ draft }: { readonly draft: ShotDraft }) {
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
      pack={chosenPack(services)}
      rows={2}
      inputRef={input}
      onChange={(prompt) => services.shotDraft.setState({ prompt })}
      onSubmit={() => void startFromDraft(project, services)}
      testId="edit.inspector.prompt"
    />
  );
}

function CostAndStart({ draft, pack }: { draft: ShotDraft; pack: NonNullable<ReturnType<typeof chosenPack>> }) {
  const words = useWords();
  const project = useProject();
  const services = useServices();
  const isReader = useIsReader();
  const sequence = useSequence((each) => each);
  const request = requestFrom(draft, pack, sequence, () => 0);
  const isEmpty = draft.prompt.trim() === '';
  return (
    <>
      <EstimateLines request={request} />
      <LandingHint request={request} pack={pack} />
      <Button
        look="primary"
        size="large"
        icon="generate"
        keys={keysOf('startJob')}
        disabled={isEmpty || isReader}
        title={isReader ? words('generate.readOnly') : undefined}
        onClick={() => void startFromDraft(project, services)}
        testId="edit.inspector.generate"
      >
        {words('generate.button')}
      </Button>
    </>
  );
}
