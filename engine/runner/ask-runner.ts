import { setTimeout as wait } from 'node:timers/promises';
import type { Message } from '../rpc/port.ts';
import { type FromRunner, fromRunnerSchema, parseMessage, type ToRunner } from './protocol.ts';
import { type RunnerProgram, startRunnerProcess } from './runner-process.ts';

/** What came of asking a runner one thing. */
export type Reply<Answer> =
  /** With what it wrote to its logs until then: the runtime gives some reasons nowhere else. */
  | { readonly kind: 'answered'; readonly answer: Answer; readonly lines: readonly string[] }
  /** A word on how, or what it said last. */
  | { readonly kind: 'ended'; readonly how: string }
  | { readonly kind: 'silent' }
  | { readonly kind: 'nonsense' };

export interface Question<Answer> {
  readonly order: ToRunner;
  /** Longest silence that is waited out. */
  readonly limitMs: number;
  /** The answer in what it says, `more` where there is more to come, undefined where it is beside the point. */
  readonly hear: (said: FromRunner) => Answer | 'more' | undefined;
}

/** Starts a runner for one question and ends it whatever comes. Never rejects. */
export async function askRunner<Answer>(
  program: RunnerProgram,
  { order, limitMs, hear }: Question<Answer>,
): Promise<Reply<Answer>> {
  const lines: string[] = [];
  const log = (line: string) => {
    lines.push(line);
    program.log(line);
  };
  const runner = startRunnerProcess({ ...program, log });
  const end = Promise.withResolvers<Reply<Answer>>();
  const limit = setTimeout(() => end.resolve({ kind: 'silent' }), limitMs);
  runner.line.listen({
    onMessage: (message) => {
      limit.refresh();
      const answer = heard(message, hear);
      if (answer === undefined) end.resolve({ kind: 'nonsense' });
      else if (answer !== 'more') end.resolve({ kind: 'answered', answer, lines });
    },
    onBreak: () => {
      // A line breaks as its program ends, or when what comes over it is no message; then there is no end to wait for.
      const how = Promise.race([runner.ended, wait(1000, undefined, { ref: false })]);
      void how.then((word) => {
        const said = lines.find((line) => line.includes('Error'));
        end.resolve(word === undefined ? { kind: 'nonsense' } : { kind: 'ended', how: said ?? word });
      });
    },
  });
  runner.line.send(order);
  try {
    return await end.promise;
  } finally {
    clearTimeout(limit);
    runner.kill();
    await runner.ended;
  }
}

function heard<Answer>(message: Message, hear: Question<Answer>['hear']): Answer | 'more' | undefined {
  try {
    return typeof message === 'string' ? hear(parseMessage(fromRunnerSchema, message)) : undefined;
  } catch {
    return undefined;
  }
}
