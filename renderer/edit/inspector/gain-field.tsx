import { adjustmentLimits } from '../../../engine/document/adjust-clips.ts';
import type { SoundClip } from '../../../engine/document/film.ts';
import type { ClipId } from '../../../engine/document/ids.ts';
import { useWords } from '../../i18n/index.ts';
import { useIsReader } from '../../state/services.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { useGainAdjustment } from './use-adjustment.ts';

/** The level of the selected sounds, in decibels. */
export function GainField({ clip, clipIds }: { readonly clip: SoundClip; readonly clipIds: readonly ClipId[] }) {
  const words = useWords();
  const { draft, commit } = useGainAdjustment(clipIds);
  const { low, high } = adjustmentLimits.gainDb;
  return (
    <section className="inspector-section">
      <h3 className="section-title">{words('inspector.sound')}</h3>
      <div className="field-pair">
        <NumberField
          label={words('inspector.gain')}
          value={clip.gainDb}
          min={low}
          max={high}
          step={0.5}
          decimals={1}
          unit="dB"
          isDisabled={useIsReader()}
          onDraft={draft}
          onCommit={commit}
          testId="edit.inspector.gain"
        />
      </div>
    </section>
  );
}
