import { expect, test } from 'vitest';
import type { ProjectId } from '../../engine/contract/ids.ts';
import { sentence } from '../i18n/sentence.ts';
import { createNotices, engineAway } from './notices.ts';

const [boat, storm] = ['boat', 'storm'] as ProjectId[] as [ProjectId, ProjectId];
const failure = (name: string) =>
  ({ severity: 'failure', sentence: sentence('notice.shotFailed', { title: name }), cause: name }) as const;

function desk() {
  const notices = createNotices();
  const shown = () => notices.store.getState().map(({ cause }) => cause);
  return { ...notices, shown };
}

test('a notice stays behind with the project it was told in', () => {
  const { tell, enter, shown } = desk();
  enter(boat);
  tell(failure('gull'));
  enter(storm);
  expect(shown()).toEqual([]);
  tell(failure('wave'));
  enter('start');
  expect(shown()).toEqual([]);
});

test('what ends after the editor has gone on is not told elsewhere', () => {
  const { tell, enter, shown } = desk();
  enter(boat);
  enter(storm);
  tell(failure('gull'), boat);
  tell(failure('wave'), storm);
  expect(shown()).toEqual(['wave']);
});

test('a notice goes once its cause is mended, and others stay', () => {
  const { tell, mended, shown } = desk();
  tell(failure('gull'));
  tell(engineAway);
  mended('engine-away');
  expect(shown()).toEqual(['gull']);
  mended('gull');
  expect(shown()).toEqual([]);
});

test('the same sentence twice is one', () => {
  const { tell, shown } = desk();
  for (let count = 0; count < 9; count++) tell(failure('gull'));
  expect(shown()).toEqual(['gull']);
});
