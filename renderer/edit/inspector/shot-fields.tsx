import { useState } from 'react';
import type { PackSummary } from '../../../engine/contract/generation.ts';
import { isNearShape, shotSize } from '../../../engine/contract/shot-size.ts';
import { usePackLevel } from '../../generate/pack-level.ts';
import { lengthChoices, newSeed, type ShotDraft, sizeChoices, sizeKey, sizeOfShot } from '../../generate/shot-draft.ts';
import { formatRate, formatSeconds } from '../../i18n/format.ts';
import { useWords } from '../../i18n/index.ts';
import { usePacks, useProject, useSequence } from '../../state/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { secondsOf } from '../timeline/time-scale.ts';

interface ShotFieldsProps {
  readonly pack: PackSummary;
  readonly draft: ShotDraft;
}

/** Pack, length and seed, and under Advanced what the pack's card calls by its own names. */
export function ShotFields({ pack, draft }: ShotFieldsProps) {
  return (
    <>
      <PackField pack={pack} draft={draft} />
      {pack.sizes.length > 1 && <ShapeField pack={pack} draft={draft} />}
      <div className="field-pair">
        <LengthField pack={pack} draft={draft} />
        <SeedField draft={draft} />
      </div>
      <Advanced pack={pack} draft={draft} />
    </>
  );
}

/** With its honest level: what the pack itself says it can do. */
function PackField({ pack, draft }: ShotFieldsProps) {
  const words = useWords();
  const { shotDraft } = useProject();
  const packs = usePacks() ?? [];
  const level = usePackLevel(pack);
  return (
    <div className="column pack-field">
      <SelectField
        label={words('generate.pack')}
        icon="pack"
        value={pack.id}
        choices={packs.map(({ id, name, isBuiltIn, version }) => ({
          value: id,
          label: name,
          note: isBuiltIn ? words('generate.builtIn') : version,
        }))}
        onChoose={(packId) => shotDraft.setState({ packId, size: undefined, frameCount: undefined, steps: undefined })}
        testId="edit.inspector.pack"
      />
      <p className="text-3">{level}</p>
      <ShapeNote pack={pack} draft={draft} />
    </div>
  );
}

/** Said only where a shot of this pack will not fill the frame. */
function ShapeNote({ pack, draft }: ShotFieldsProps) {
  const words = useWords();
  const widthPx = useSequence((sequence) => sequence.widthPx);
  const heightPx = useSequence((sequence) => sequence.heightPx);
  const size = sizeOfShot(draft, pack, { widthPx, heightPx });
  if (isNearShape(size, { widthPx, heightPx })) return null;
  return (
    <p className="text-2" data-testid="edit.inspector.shape">
      {words('generate.otherShape', { width: size.widthPx, height: size.heightPx })}
    </p>
  );
}

/** The shape of the sequence is chosen beforehand; it is followed again when it is chosen. */
function ShapeField({ pack, draft }: ShotFieldsProps) {
  const words = useWords();
  const { shotDraft } = useProject();
  const widthPx = useSequence((sequence) => sequence.widthPx);
  const heightPx = useSequence((sequence) => sequence.heightPx);
  const ownKey = sizeKey(shotSize(pack.sizes, { widthPx, heightPx }));
  const choices = sizeChoices(pack);
  const choose = (key: string) => {
    const chosen = choices.find(({ size }) => sizeKey(size) === key);
    shotDraft.setState({ size: key === ownKey ? undefined : chosen?.size });
  };
  return (
    <SelectField
      label={words('generate.shape')}
      value={sizeKey(sizeOfShot(draft, pack, { widthPx, heightPx }))}
      choices={choices.map(({ size, ratio }) => {
        const pixels = words('generate.shapePixels', { width: size.widthPx, height: size.heightPx });
        return { value: sizeKey(size), label: ratio ?? pixels, ...(ratio !== undefined && { note: pixels }) };
      })}
      onChoose={choose}
      testId="edit.inspector.shape-choice"
    />
  );
}

/** Lengths as they will be on the timeline; the pack's own count in the tooltip. */
function LengthField({ pack, draft }: ShotFieldsProps) {
  const words = useWords();
  const { shotDraft } = useProject();
  const rate = useSequence((sequence) => sequence.rate);
  const frameCount = draft.frameCount ?? pack.defaults.frameCount;
  return (
    <SelectField
      label={words('generate.length')}
      value={frameCount}
      choices={lengthChoices(pack, rate).map((choice) => ({
        value: choice.frameCount,
        label: words('generate.lengthChoice', {
          seconds: formatSeconds(secondsOf(choice.length, rate)),
          frames: choice.length,
        }),
      }))}
      onChoose={(count) => shotDraft.setState({ frameCount: count })}
      title={words('generate.lengthPack', { count: frameCount, fps: formatRate(pack.rate) })}
      testId="edit.inspector.length"
    />
  );
}

function SeedField({ draft: { seed } }: { readonly draft: ShotDraft }) {
  const words = useWords();
  const { shotDraft } = useProject();
  const isKept = seed.kind === 'kept';
  const keep = (value: number) => shotDraft.setState({ seed: { kind: 'kept', seed: value } });
  return (
    <div className="column field-group">
      <span className="label">{words('generate.seed')}</span>
      <div className="field seed-field">
        <input
          type="text"
          inputMode="numeric"
          className="tabular"
          aria-label={words('generate.seed')}
          value={isKept ? String(seed.seed) : ''}
          placeholder={words('generate.seedRandom')}
          data-testid="edit.inspector.seed"
          onChange={(event) => {
            const digits = event.target.value.replace(/\D/g, '').slice(0, 10);
            if (digits === '') shotDraft.setState({ seed: { kind: 'random' } });
            else keep(Math.min(Number(digits), 0xffffffff));
          }}
        />
        <IconButton icon="dice" size="small" label={words('generate.seedRoll')} onClick={() => keep(newSeed())} />
        <IconButton
          icon={isKept ? 'lock' : 'unlock'}
          size="small"
          label={words(isKept ? 'generate.seedUnlock' : 'generate.seedLock')}
          isOn={isKept}
          onClick={() => (isKept ? shotDraft.setState({ seed: { kind: 'random' } }) : keep(newSeed()))}
          testId="edit.inspector.seed-lock"
        />
      </div>
    </div>
  );
}

function Advanced({ pack, draft }: ShotFieldsProps) {
  const words = useWords();
  const { shotDraft } = useProject();
  const [isOpen, setOpen] = useState(false);
  const steps = draft.steps ?? pack.defaults.steps;
  const guidance = draft.guidanceScale ?? pack.defaults.guidanceScale;
  return (
    <div className="column">
      <button
        type="button"
        className="advanced-toggle"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        data-testid="edit.inspector.advanced"
      >
        <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
        {words('generate.advanced')}
        <span className="spacer" />
        <span className="text-3 tabular">
          {words('generate.advancedSummary', { steps, guidance: guidance.toFixed(1) })}
        </span>
      </button>
      {isOpen && (
        <div className="field-pair advanced-fields">
          <NumberField
            label={words('generate.steps')}
            value={steps}
            min={1}
            max={200}
            onCommit={(value) => shotDraft.setState({ steps: Math.round(value) })}
            testId="edit.inspector.steps"
          />
          <NumberField
            label={words('generate.guidance')}
            value={guidance}
            min={1}
            max={30}
            step={0.5}
            decimals={1}
            onCommit={(value) => shotDraft.setState({ guidanceScale: value })}
            testId="edit.inspector.guidance"
          />
        </div>
      )}
    </div>
  );
}
