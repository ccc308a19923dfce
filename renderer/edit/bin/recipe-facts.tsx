import type { Recipe, ShotRequest } from '../../../engine/contract/take.ts';
import { aboutDuration } from '../../i18n/format.ts';
import { useWords } from '../../i18n/index.ts';

/** What a shot was made from. The same seed makes the same picture only on the same pack and device. */
export function RecipeFacts({ recipe }: { readonly recipe: Recipe | ShotRequest }) {
  const words = useWords();
  const made = 'packHash' in recipe ? recipe : undefined;
  return (
    <>
      <p className="recipe-prompt">{recipe.prompt}</p>
      <dl className="facts">
        <dt>{words('recipe.seed')}</dt>
        <dd>{recipe.seed}</dd>
        <dt>{words('recipe.steps')}</dt>
        <dd>{recipe.steps}</dd>
        <dt>{words('recipe.guidance')}</dt>
        <dd>{recipe.guidanceScale}</dd>
        <dt>{words('recipe.pack')}</dt>
        <dd>{made ? `${made.packName} ${made.packVersion}` : recipe.packId}</dd>
        <dt>{words('recipe.size')}</dt>
        <dd>{words('unit.size', { width: recipe.widthPx, height: recipe.heightPx })}</dd>
        {made && made.ignored.length > 0 && (
          <>
            <dt>{words('recipe.ignored')}</dt>
            <dd>{made.ignored.join(', ')}</dd>
          </>
        )}
        {made && (
          <>
            <dt>{words('recipe.time')}</dt>
            <dd>{words(aboutDuration(made.secondsSpent))}</dd>
          </>
        )}
      </dl>
    </>
  );
}
