import { useEffect, useMemo, useRef, useState } from 'react';
import type { TakeId } from '../../../engine/document/ids.ts';
import { useWords } from '../../i18n/index.ts';
import { folderOf } from '../../i18n/told-sentences.ts';
import { useFilm, useLibrary, useServices } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MissingRow, type Standing } from './missing-row.tsx';
import { type MissingTake, missingTakes } from './missing-takes.ts';
import { SearchLine } from './search-line.tsx';
import { type Search, useMediaSearch } from './use-media-search.ts';
import { type Relinking, useRelinking } from './use-relinking.ts';
import './missing.css';

/**
 * Footage that is not where it was: found by its content, located by hand, or left. It stands beside the work and holds
 * nobody up. It is over when nothing is missed any more.
 */
export default function MissingDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { host } = useServices();
  const missing = useMissingTakes();
  const search = useMediaSearch();
  const relinking = useRelinking();
  const [unticked, setUnticked] = useState<ReadonlySet<TakeId>>(new Set());
  useEffect(() => {
    if (missing.length === 0) onClose();
  }, [missing, onClose]);

  const standings = new Map(missing.map((take) => [take.facts.id, standingOf(take, search, relinking, unticked)]));
  const ticked = new Map(
    [...standings].flatMap(([id, each]) => (each.kind === 'found' && each.isTicked ? [[id, each.path] as const] : [])),
  );
  const hasFinds = ticked.size > 0;
  const { searchButton, relinkButton } = useFirstHelp(hasFinds);
  const searchFolder = async () => {
    const folder = await host.chooseFolder('missing.search');
    if (folder !== undefined) search.lookIn(folder);
  };
  const locate = async ({ facts }: MissingTake) => {
    const path = await host.chooseMediaFile(facts.name);
    if (path === undefined) return;
    const isBack = await relinking.offer(facts.id, path);
    // Files move together: what lies beside one that was found may be the rest.
    if (isBack && missing.length > 1) search.lookIn(folderOf(path));
  };

  return (
    <Dialog
      title={words('missing.title', { count: missing.length })}
      text={words('missing.text')}
      widthPx={720}
      isModeless
      onClose={onClose}
      testId="missing"
      footerStart={
        <Button
          ref={searchButton}
          look={hasFinds ? 'quiet' : 'primary'}
          autoFocus
          onClick={() => void searchFolder()}
          testId="missing.search"
        >
          {words('missing.search')}
        </Button>
      }
      footer={
        <>
          <Button look="quiet" onClick={onClose} testId="missing.leave">
            {words('missing.leave')}
          </Button>
          {hasFinds && (
            <Button
              ref={relinkButton}
              look="primary"
              onClick={() => void relinking.relinkAll(ticked)}
              testId="missing.relink"
            >
              {words('missing.relink', { count: ticked.size })}
            </Button>
          )}
        </>
      }
    >
      <ul className="missing-rows scroll-y">
        {missing.map((take) => {
          const { id } = take.facts;
          const standing = standings.get(id) ?? { kind: 'lost' };
          return (
            <MissingRow
              key={id}
              take={take}
              standing={standing}
              onTick={(isTicked) => setUnticked((before) => tickedAfter(before, id, isTicked))}
              onLocate={() => void locate(take)}
              onCompare={() => standing.kind === 'replaced' && void relinking.offer(id, standing.path)}
              onUseAnyway={() =>
                standing.kind === 'offered' && void relinking.offer(id, standing.offered.path, 'accept')
              }
            />
          );
        })}
      </ul>
      <SearchLine search={search} foundCount={ticked.size} />
    </Dialog>
  );
}

function useMissingTakes(): readonly MissingTake[] {
  const film = useFilm((each) => each);
  const library = useLibrary((each) => each);
  return useMemo(() => missingTakes(film, library), [film, library]);
}

/** A find goes before what was offered by hand, unless it was offered itself and refused; that before what lies there. */
function standingOf(
  { facts: { id } }: MissingTake,
  { found, replaced }: Search,
  { offered }: Relinking,
  unticked: ReadonlySet<TakeId>,
): Standing {
  const [foundPath, other, replacedPath] = [found.get(id), offered.get(id), replaced.get(id)];
  if (foundPath !== undefined && foundPath !== other?.path)
    return { kind: 'found', path: foundPath, isTicked: !unticked.has(id) };
  if (other) return { kind: 'offered', offered: other };
  return replacedPath === undefined ? { kind: 'lost' } : { kind: 'replaced', path: replacedPath };
}

function tickedAfter(unticked: ReadonlySet<TakeId>, id: TakeId, isTicked: boolean): ReadonlySet<TakeId> {
  const after = new Set(unticked);
  if (isTicked) after.delete(id);
  else after.add(id);
  return after;
}

/** The first thing that helps is the primary button and has the focus: to search, and to relink once there is a find. */
function useFirstHelp(hasFinds: boolean) {
  const searchButton = useRef<HTMLButtonElement>(null);
  const relinkButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (hasFinds && document.activeElement === searchButton.current) relinkButton.current?.focus();
  }, [hasFinds]);
  return { searchButton, relinkButton };
}
