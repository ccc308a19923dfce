import { assertNever } from '../../../engine/document/film.ts';
import { useWords, type Words } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import type { MediaSearching, Search } from './use-media-search.ts';

/** How the search stands: spoken when it ends, and stopped where it is too long. */
export function SearchLine({ search, foundCount }: { readonly search: MediaSearching; readonly foundCount: number }) {
  const words = useWords();
  const { state, stop } = search;
  const text = searchWords(words, state, foundCount);
  return (
    <div className="row missing-search text-2 tabular">
      {/* Not spoken file by file: a live region that counts would speak for as long as it takes. */}
      {state.kind === 'looking' ? <span>{text}</span> : <span role="status">{text}</span>}
      <span className="spacer" />
      {state.kind === 'looking' && (
        <Button look="quiet" size="small" onClick={stop} testId="missing.stop">
          {words('missing.stop')}
        </Button>
      )}
    </div>
  );
}

function searchWords(words: Words, state: Search['state'], foundCount: number): string {
  switch (state.kind) {
    case 'looking':
      return words('missing.looking', { count: state.fileCount });
    case 'ended':
      if (foundCount > 0) return words('missing.found', { count: foundCount });
      return words(state.isCutShort ? 'missing.cutShort' : 'missing.foundNone', { count: state.fileCount });
    case 'stopped':
      return words('missing.stopped');
    case 'failed':
      return words({ failure: state.failure });
    default:
      return assertNever(state);
  }
}
