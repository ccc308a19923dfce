import type { TakeRecord } from '../../../engine/contract/take.ts';
import type { Clip, TakeFacts } from '../../../engine/document/film.ts';
import { addFrames, subtractFrames } from '../../../engine/document/time.ts';
import { formatTimecode, numberingFor } from '../../../engine/document/timecode.ts';
import { formatRate } from '../../i18n/format.ts';
import { useWords } from '../../i18n/index.ts';
import { folderOf } from '../../i18n/told-sentences.ts';
import { useFilm, useLibrary, useSequence, useServices } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { copyRecipe, recipeOf } from '../bin/copy-recipe.ts';
import { RecipeFacts } from '../bin/recipe-facts.tsx';
import { lengthOfTake } from '../bin/take-words.ts';

/** Where the selected clip comes from: the file and how it is coded, or the recipe it was made from. */
export function SourceFacts({ clip }: { readonly clip: Clip }) {
  const words = useWords();
  const { notices } = useServices();
  const take = useFilm((film) => film.takes[clip.takeId]);
  const entry = useLibrary((library) => library.entries.get(clip.takeId));
  if (!take) return null;
  const recipe = entry && recipeOf(entry);
  const record = entry?.kind === 'ready' || entry?.kind === 'offline' ? entry.record : undefined;
  return (
    <>
      <section className="inspector-section">
        <h3 className="section-title">{words('inspector.source')}</h3>
        <p className="source-name">{take.name}</p>
        <dl className="facts">
          <PictureFacts take={take} />
          <FileFacts record={record} />
          <InUse clip={clip} />
        </dl>
      </section>
      {recipe && (
        <section className="inspector-section">
          <div className="row">
            <h3 className="section-title">{words('recipe.title')}</h3>
            <span className="spacer" />
            <Button look="quiet" size="small" onClick={() => void copyRecipe(recipe, notices)}>
              {words('bin.copyRecipe')}
            </Button>
          </div>
          <RecipeFacts recipe={recipe} />
          <p className="text-3">{words('recipe.sameOnly')}</p>
        </section>
      )}
    </>
  );
}

function PictureFacts({ take }: { readonly take: TakeFacts }) {
  const words = useWords();
  const { picture } = take;
  const length = lengthOfTake(take);
  return (
    <>
      {picture && (
        <>
          <dt>{words('inspector.size')}</dt>
          <dd>{words('unit.size', { width: picture.widthPx, height: picture.heightPx })}</dd>
        </>
      )}
      {picture?.kind === 'moving' && (
        <>
          <dt>{words('inspector.rate')}</dt>
          <dd>{words('unit.fps', { fps: formatRate(picture.rate) })}</dd>
        </>
      )}
      {length && (
        <>
          <dt>{words('inspector.length')}</dt>
          <dd>{length}</dd>
        </>
      )}
    </>
  );
}

function FileFacts({ record }: { readonly record: TakeRecord | undefined }) {
  const words = useWords();
  if (record?.origin.kind !== 'imported') return null;
  const { media, file } = record.origin;
  return (
    <>
      {media.picture && (
        <>
          <dt>{words('inspector.codec')}</dt>
          <dd>{media.picture.codec}</dd>
        </>
      )}
      {media.sound && (
        <>
          <dt>{words('inspector.audio')}</dt>
          <dd>
            {words('inspector.channels', {
              codec: media.sound.codec,
              khz: media.sound.sampleRateHz / 1000,
              channels: media.sound.channelCount,
            })}
          </dd>
        </>
      )}
      <dt>{words('inspector.path')}</dt>
      <dd>{folderOf(file.absolutePath)}</dd>
    </>
  );
}

/** The part of the take that the clip shows, in its own time. */
function InUse({ clip }: { readonly clip: Clip }) {
  const words = useWords();
  const rate = useSequence((sequence) => sequence.rate);
  const timecode = (at: Clip['sourceIn']) => formatTimecode(at, rate, numberingFor(rate));
  const until = addFrames(clip.sourceIn, subtractFrames(clip.recordOut, clip.recordIn));
  return (
    <>
      <dt>{words('inspector.inUse')}</dt>
      <dd>{words('inspector.inUseSpan', { from: timecode(clip.sourceIn), to: timecode(until) })}</dd>
    </>
  );
}
