import type { ReactNode } from 'react';
import { assertNever } from '../../../engine/document/film.ts';
import { useWords } from '../../i18n/index.ts';
import { folderOf, nameOf } from '../../i18n/told-sentences.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { differenceSentence } from './difference-words.ts';
import type { MissingTake } from './missing-takes.ts';
import type { Offered } from './use-relinking.ts';

/** How one missing file stands. */
export type Standing =
  /** The very content lies elsewhere. */
  | { readonly kind: 'found'; readonly path: string; readonly isTicked: boolean }
  /** A file was offered that holds something else, or could not be read. */
  | { readonly kind: 'offered'; readonly offered: Offered }
  /** Another file lies in its place. */
  | { readonly kind: 'replaced'; readonly path: string }
  | { readonly kind: 'lost' };

export interface MissingRowProps {
  readonly take: MissingTake;
  readonly standing: Standing;
  readonly onTick: (isTicked: boolean) => void;
  readonly onLocate: () => void;
  /** Offers the file that lies in its place. */
  readonly onCompare: () => void;
  readonly onUseAnyway: () => void;
}

/** A file that is missed: what uses it, where it is now or was, and what can be done about it. */
export function MissingRow({ take, standing, ...actions }: MissingRowProps) {
  const words = useWords();
  const { facts, clipCount } = take;
  const { name } = facts;
  const testId = `missing.row.${name}`;
  const uses = clipCount > 0 ? words('missing.uses', { count: clipCount }) : words('missing.inBin');
  const isFound = standing.kind === 'found';
  return (
    <li className="missing-row" data-testid={testId}>
      {isFound ? (
        <input
          type="checkbox"
          aria-label={words('missing.relinkOne', { name })}
          checked={standing.isTicked}
          onChange={({ currentTarget }) => actions.onTick(currentTarget.checked)}
          data-testid={`${testId}.tick`}
        />
      ) : (
        <span className="alarm">
          <Icon name="warning" />
        </span>
      )}
      <div className="column">
        <span className="medium ellipsis" title={name}>
          {name}
        </span>
        <span className="text-2">{uses}</span>
      </div>
      <Whereabouts take={take} standing={standing} />
      <div className="row missing-actions">
        {isFound ? (
          <span className="missing-same">{words('missing.same')}</span>
        ) : (
          <RowActions name={name} standing={standing} {...actions} />
        )}
      </div>
    </li>
  );
}

function Whereabouts({ take, standing }: Pick<MissingRowProps, 'take' | 'standing'>) {
  const words = useWords();
  switch (standing.kind) {
    case 'found':
      return <span className="text-2 missing-path">{standing.path}</span>;
    case 'offered':
      return <OfferedWords {...standing} />;
    case 'replaced':
      return <Told>{words('missing.replaced', { folder: folderOf(standing.path) })}</Told>;
    case 'lost':
      return <Told>{words('missing.lost', { folder: folderOf(take.file.absolutePath) })}</Told>;
    default:
      return assertNever(standing);
  }
}

function Told({ children }: { readonly children: ReactNode }) {
  return <span className="text-2 missing-path">{children}</span>;
}

/** What of an offered file differs, and whether it may be taken all the same. */
function OfferedWords({ offered }: Extract<Standing, { kind: 'offered' }>) {
  const words = useWords();
  const name = nameOf(offered.path);
  if (offered.kind === 'failed') return <Told>{words({ failure: offered.failure })}</Told>;
  const differences = offered.differences.map((each) => words(differenceSentence(each)));
  const told = differences.length > 0 ? differences.join(words('difference.comma')) : words('difference.untold');
  return (
    <div className="column missing-path" role="status">
      <span>{words('missing.differs', { name, differences: told })}</span>
      {!offered.canStandIn && <span className="text-2">{words('missing.cannotStandIn')}</span>}
    </div>
  );
}

function RowActions({
  name,
  standing,
  onLocate,
  onCompare,
  onUseAnyway,
}: Omit<MissingRowProps, 'take' | 'onTick'> & { readonly name: string }) {
  const words = useWords();
  const canBeUsed = standing.kind === 'offered' && standing.offered.kind === 'differs' && standing.offered.canStandIn;
  const testId = `missing.row.${name}`;
  return (
    <>
      {standing.kind === 'replaced' && (
        <Button size="small" look="quiet" onClick={onCompare} testId={`${testId}.compare`}>
          {words('missing.compare')}
        </Button>
      )}
      {canBeUsed && (
        <Button size="small" look="outline" onClick={onUseAnyway} testId={`${testId}.use-anyway`}>
          {words('missing.useAnyway')}
        </Button>
      )}
      <Button
        size="small"
        aria-label={words('missing.locateOne', { name })}
        onClick={onLocate}
        testId={`${testId}.locate`}
      >
        {words('missing.locate')}
      </Button>
    </>
  );
}
