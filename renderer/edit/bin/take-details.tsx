import { lazy, Suspense } from 'react';
import type { LibraryEntry } from '../../../engine/contract/library.ts';
import { useWords } from '../../i18n/index.ts';
import type { Sentence } from '../../i18n/sentence.ts';
import { useLibrary, useServices, useSession } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { copyRecipe, recipeOf } from './copy-recipe.ts';
import { RecipeFacts } from './recipe-facts.tsx';

const WaveformView = lazy(() => import('./waveform-view.tsx'));

/** More of the take selected in the bin: the waveform of sound, the recipe of a generated shot. */
export function TakeDetails() {
  const words = useWords();
  const { notices } = useServices();
  const selected = useSession((session) => (session.selectedTakes.length === 1 ? session.selectedTakes[0] : undefined));
  const entry = useLibrary((library) => selected && library.entries.get(selected));
  if (!entry) return null;
  const recipe = recipeOf(entry);
  const { facts } = entry;
  const peaks = entry.kind === 'ready' && !facts.picture ? entry.view.peaks : undefined;
  const trouble = troubleOf(entry);
  if (!recipe && !peaks && !trouble) return null;
  return (
    <section className="take-details scroll-y" aria-label={words('bin.details')} data-testid="edit.bin.details">
      {trouble && <p className="alarm">{words(trouble)}</p>}
      {peaks && facts.sound && (
        <>
          <div className="medium ellipsis">{facts.name}</div>
          <Suspense>
            <WaveformView
              key={facts.id}
              media={peaks}
              seconds={facts.sound.sampleCount / facts.sound.sampleRateHz}
              label={words('bin.waveform', { name: facts.name })}
            />
          </Suspense>
        </>
      )}
      {recipe && (
        <>
          <div className="row">
            <h3 className="label">{words('recipe.title')}</h3>
            <span className="spacer" />
            <Button
              look="quiet"
              size="small"
              onClick={() => void copyRecipe(recipe, notices)}
              testId="edit.bin.copy-recipe"
            >
              {words('bin.copyRecipe')}
            </Button>
          </div>
          <RecipeFacts recipe={recipe} />
        </>
      )}
    </section>
  );
}

/** Why a take cannot be seen, where it cannot. */
function troubleOf(entry: LibraryEntry): Sentence | undefined {
  if (entry.kind === 'failed') return { failure: entry.failure };
  if (entry.kind !== 'offline' || entry.record.origin.kind !== 'imported') return undefined;
  return { failure: { code: 'media-missing', path: entry.record.origin.file.absolutePath } };
}
