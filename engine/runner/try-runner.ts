import { assertNever } from '../document/film.ts';
import { askRunner } from './ask-runner.ts';
import type { RunnerIntroduction } from './protocol.ts';
import type { RunnerProgram } from './runner-process.ts';

/** What came of starting a runner once. */
export type RunnerTrial =
  | ({ readonly kind: 'answers' } & RunnerIntroduction)
  /** In a few words: how it ended, or that it kept silent. */
  | { readonly kind: 'fails'; readonly reason: string };

/** Starts a runner for this one question, what it computes with, and ends it whatever comes. Never rejects. */
export async function tryRunner(program: RunnerProgram, limitMs = 30_000): Promise<RunnerTrial> {
  const asked = await askRunner<RunnerIntroduction>(program, {
    order: { kind: 'introduce', job: 1 },
    limitMs,
    hear: (said) => (said.kind === 'introduction' ? said : undefined),
  });
  switch (asked.kind) {
    case 'answered': {
      const { runtime, threads, devices } = asked.answer;
      return { kind: 'answers', runtime, threads, devices };
    }
    case 'ended':
      return { kind: 'fails', reason: asked.how };
    case 'silent':
      return { kind: 'fails', reason: `it did not answer within ${limitMs / 1000} s` };
    case 'nonsense':
      return { kind: 'fails', reason: 'it does not speak as a runner does' };
    default:
      return assertNever(asked);
  }
}
