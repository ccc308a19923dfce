import { setTimeout as wait } from 'node:timers/promises';
import type { Message } from '../rpc/port.ts';
import { fromRunnerSchema, parseMessage, type RunnerIntroduction } from './protocol.ts';
import { type RunnerProgram, startRunnerProcess } from './runner-process.ts';

/** What came of starting a runner once. */
export type RunnerTrial =
  | ({ readonly kind: 'answers' } & RunnerIntroduction)
  /** In a few words: how it ended, or that it kept silent. */
  | { readonly kind: 'fails'; readonly reason: string };

/** Starts a runner for this one question, what it computes with, and ends it whatever comes. Never rejects. */
export async function tryRunner(program: RunnerProgram, limitMs = 30_000): Promise<RunnerTrial> {
  const lines: string[] = [];
  const log = (line: string) => {
    lines.push(line);
    program.log(line);
  };
  const runner = startRunnerProcess({ ...program, log });
  const answer = Promise.withResolvers<RunnerTrial>();
  const fail = (reason: string) => answer.resolve({ kind: 'fails', reason });
  const limit = setTimeout(() => fail(`it did not answer within ${limitMs / 1000} s`), limitMs);
  runner.line.listen({
    onMessage: (message) => answer.resolve(trialFrom(message)),
    onBreak: () => {
      // A line breaks as its program ends, or when what comes over it is no message; then there is no end to wait for.
      const how = Promise.race([runner.ended, wait(1000, noRunner, { ref: false })]);
      void how.then((word) => fail(lines.find((line) => line.includes('Error')) ?? word));
    },
  });
  runner.line.send({ kind: 'introduce', job: 1 });
  try {
    return await answer.promise;
  } finally {
    clearTimeout(limit);
    runner.kill();
    await runner.ended;
  }
}

const noRunner = 'it does not speak as a runner does';

function trialFrom(message: Message): RunnerTrial {
  try {
    if (typeof message !== 'string') throw new RangeError('an introduction came as bytes');
    const said = parseMessage(fromRunnerSchema, message);
    if (said.kind !== 'introduction') throw new RangeError(`it answered with ${said.kind}`);
    const { runtime, provider, threads } = said;
    return { kind: 'answers', runtime, provider, threads };
  } catch {
    return { kind: 'fails', reason: noRunner };
  }
}
