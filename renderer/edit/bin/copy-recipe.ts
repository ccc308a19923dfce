import type { LibraryEntry } from '../../../engine/contract/library.ts';
import type { Recipe, ShotRequest } from '../../../engine/contract/take.ts';
import { sentence } from '../../i18n/sentence.ts';
import { copyText } from '../../state/copy-text.ts';
import type { Notices } from '../../state/notices.ts';

/** What a generated take was made from: the whole recipe once it is made, the request before. */
export function recipeOf(entry: LibraryEntry): Recipe | ShotRequest | undefined {
  if (entry.kind === 'pending' || entry.kind === 'failed') return entry.request;
  return entry.record.origin.kind === 'generated' ? entry.record.origin.recipe : undefined;
}

/** Puts a recipe on the clipboard as JSON, with everything that is needed to make the same take again. */
export async function copyRecipe(recipe: Recipe | ShotRequest, notices: Notices): Promise<void> {
  await copyText(JSON.stringify(recipe, undefined, 2), sentence('bin.recipeCopied'), notices);
}
