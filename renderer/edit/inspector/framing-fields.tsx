import { adjustmentLimits } from '../../../engine/document/adjust-clips.ts';
import type { Crop, Framing, PictureClip } from '../../../engine/document/film.ts';
import type { ClipId } from '../../../engine/document/ids.ts';
import { initialFraming } from '../../../engine/document/take-length.ts';
import { useWords } from '../../i18n/index.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { useFilm, useIsReader, useSequence } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { NumberField, type NumberFieldProps } from '../../ui/number-field.tsx';
import { useFramingAdjustment } from './use-adjustment.ts';

interface FramingFieldsProps {
  readonly clip: PictureClip;
  readonly clipIds: readonly ClipId[];
}

/** Place, size, opacity and crop of the selected pictures; the numbers shown are the first one's. */
export function FramingFields({ clip, clipIds }: FramingFieldsProps) {
  const { framing } = clip;
  const { placePx, scale, opacity } = adjustmentLimits;
  const field = useFieldProps(clipIds);
  return (
    <section className="inspector-section">
      <FramingHead clip={clip} clipIds={clipIds} />
      <div className="field-pair">
        <NumberField
          {...field('inspector.x', 'x', (xPx) => ({ xPx }))}
          value={framing.xPx}
          min={placePx.low}
          max={placePx.high}
          unit="px"
        />
        <NumberField
          {...field('inspector.y', 'y', (yPx) => ({ yPx }))}
          value={framing.yPx}
          min={placePx.low}
          max={placePx.high}
          unit="px"
        />
        <NumberField
          {...field('inspector.scale', 'scale', (percent) => ({ scale: percent / 100 }))}
          value={framing.scale * 100}
          min={scale.low * 100}
          max={scale.high * 100}
          decimals={1}
          unit="%"
        />
        <NumberField
          {...field('inspector.opacity', 'opacity', (percent) => ({ opacity: percent / 100 }))}
          value={framing.opacity * 100}
          min={opacity.low * 100}
          max={opacity.high * 100}
          unit="%"
        />
        <CropFields clip={clip} clipIds={clipIds} />
      </div>
    </section>
  );
}

const sides: readonly { readonly side: keyof Crop; readonly label: MessageKey; readonly across: boolean }[] = [
  { side: 'leftPx', label: 'inspector.cropLeft', across: true },
  { side: 'rightPx', label: 'inspector.cropRight', across: true },
  { side: 'topPx', label: 'inspector.cropTop', across: false },
  { side: 'bottomPx', label: 'inspector.cropBottom', across: false },
];

/** In whole source pixels; a side can be cut up to the last pixel its opposite leaves. */
function CropFields({ clip, clipIds }: FramingFieldsProps) {
  const field = useFieldProps(clipIds);
  const picture = useFilm((film) => film.takes[clip.takeId]?.picture);
  const { crop } = clip.framing;
  return sides.map(({ side, label, across }) => {
    const lengthPx = (across ? picture?.widthPx : picture?.heightPx) ?? 1;
    const opposite = sides.find((each) => each.across === across && each.side !== side)?.side ?? side;
    const max = Math.max(0, lengthPx - 1 - crop[opposite]);
    const props = field(label, side, (px) => ({ crop: { ...crop, [side]: Math.round(px) } }));
    return <NumberField key={side} {...props} value={crop[side]} min={0} max={max} unit="px" />;
  });
}

/** Fit shows all of the picture, Fill leaves no edge of the frame empty, Reset is how it was first placed. */
function FramingHead({ clip, clipIds }: FramingFieldsProps) {
  const words = useWords();
  const { commit } = useFramingAdjustment(clipIds);
  const take = useFilm((film) => film.takes[clip.takeId]);
  const { widthPx, heightPx } = useSequence((sequence) => sequence);
  const isReader = useIsReader();
  const picture = take?.picture;
  const scales = picture ? [widthPx / picture.widthPx, heightPx / picture.heightPx] : [1];
  const choose = (scale: number) => () => commit({ xPx: 0, yPx: 0, scale });
  return (
    <div className="row">
      <h3 className="section-title">{words('inspector.framing')}</h3>
      <span className="spacer" />
      <Button look="quiet" size="small" disabled={isReader} onClick={choose(Math.min(...scales))}>
        {words('inspector.fit')}
      </Button>
      <Button look="quiet" size="small" disabled={isReader} onClick={choose(Math.max(...scales))}>
        {words('inspector.fill')}
      </Button>
      <Button
        look="quiet"
        size="small"
        disabled={isReader}
        onClick={() => take && commit(initialFraming(take, { widthPx, heightPx }))}
      >
        {words('inspector.reset')}
      </Button>
    </div>
  );
}

type FieldProps = Pick<NumberFieldProps, 'label' | 'isDisabled' | 'onDraft' | 'onCommit' | 'testId'>;

function useFieldProps(clipIds: readonly ClipId[]) {
  const words = useWords();
  const isReader = useIsReader();
  const { draft, commit } = useFramingAdjustment(clipIds);
  return (label: MessageKey, name: string, framingOf: (value: number) => Partial<Framing>): FieldProps => ({
    label: words(label),
    isDisabled: isReader,
    onDraft: (value) => draft(framingOf(value)),
    onCommit: (value) => commit(framingOf(value)),
    testId: `edit.inspector.${name}`,
  });
}
