import { type BrowserWindow, dialog } from 'electron';
import type { Asked } from '../../engine/contract/desktop-bridge.ts';
import type { ClosingAnswer } from '../../engine/contract/desktop-requests.ts';

/** How windows and the program end: what was edited reaches the journal first, and running jobs are asked about once. */
export interface Farewell {
  /** A window was told to close. It stays until it has answered; the last one may take the program with it. */
  closing(window: BrowserWindow, event: { preventDefault(): void }): void;
  /** The program was told to quit. */
  quitting(event: { preventDefault(): void }): void;
  /** The system shuts down, or the program is told to end from outside: gestures are sent, and nobody is asked. */
  leaveUnasked(): void;
  /** A window's answer to the question of that number. */
  answered(question: number, answer: ClosingAnswer): void;
}

export interface FarewellOptions {
  readonly windows: () => readonly BrowserWindow[];
  readonly ask: (window: BrowserWindow, asked: Asked) => void;
  /** Whether the program goes on without windows, as on macOS. */
  readonly outlivesWindows: boolean;
  /** Ends the engine, which folds its projects. */
  readonly endEngine: () => Promise<void>;
  /** Quits again, now that nothing holds it. */
  readonly quit: () => void;
  /** How long a window may think: one that hangs must not keep the program from ending. */
  readonly patienceMs?: number;
}

type Question = Extract<ClosingAnswer, { kind: 'ask' }>;

export function createFarewell(options: FarewellOptions): Farewell {
  const { windows, ask, outlivesWindows, endEngine, quit, patienceMs = 5000 } = options;
  const waiting = new Map<number, (answer: ClosingAnswer) => void>();
  const closingWindows = new Set<BrowserWindow>();
  let state: 'open' | 'asking' | 'leaving' | 'ended' = 'open';
  let asked = 0;

  const answerOf = (window: BrowserWindow, endsEngine: boolean) =>
    new Promise<ClosingAnswer>((resolve) => {
      const question = ++asked;
      const settle = (answer: ClosingAnswer) => {
        clearTimeout(timer);
        waiting.delete(question);
        resolve(answer);
      };
      // Every gesture that ended is in the journal, whatever a hung or crashed window can still say.
      const timer = setTimeout(settle, patienceMs, { kind: 'ready' });
      waiting.set(question, settle);
      window.once('closed', () => settle({ kind: 'ready' }));
      ask(window, { kind: 'closing', question, endsEngine });
    });

  const leave = async () => {
    if (state !== 'open') return;
    state = 'asking';
    const answers = await askAll();
    const questions = answers.filter((answer) => answer.kind === 'ask');
    const isStaying = questions.length > 0 && (await stays(questions));
    if (state !== 'asking') return; // nobody waited for the answer
    if (isStaying) state = 'open';
    else await end();
  };

  const leaveUnasked = async () => {
    if (state === 'leaving' || state === 'ended') return;
    state = 'leaving';
    await askAll();
    await end();
  };

  const askAll = () => Promise.all(windows().map((window) => answerOf(window, true)));

  const end = async () => {
    state = 'leaving';
    for (const window of windows()) window.destroy();
    await endEngine();
    state = 'ended';
    quit();
  };

  const closeAlone = async (window: BrowserWindow) => {
    if (closingWindows.has(window)) return;
    closingWindows.add(window);
    const answer = await answerOf(window, false);
    const staysOpen = answer.kind === 'ask' && (await stays([answer]));
    closingWindows.delete(window);
    if (!staysOpen && !window.isDestroyed()) window.destroy();
  };

  return {
    leaveUnasked: () => void leaveUnasked(),
    answered: (question, answer) => waiting.get(question)?.(answer),
    quitting: (event) => {
      if (state === 'ended') return;
      event.preventDefault();
      void leave();
    },
    closing: (window, event) => {
      if (state === 'leaving' || state === 'ended') return;
      event.preventDefault();
      const isLast = windows().every((each) => each === window);
      void (isLast && !outlivesWindows ? leave() : closeAlone(window));
    },
  };
}

/** One question, whatever number of windows raise it. */
async function stays(questions: readonly Question[]): Promise<boolean> {
  const [first] = questions;
  if (!first) return false;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: first.message,
    detail: [...new Set(questions.map(({ detail }) => detail))].join('\n'),
    buttons: [first.stay, first.leave],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 0;
}
