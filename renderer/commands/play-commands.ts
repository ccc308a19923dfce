import { noFrames } from '../../engine/document/time.ts';
import { sequenceEnd } from '../../engine/document/track.ts';
import { editPointBeside } from '../edit/edit-points.ts';
import { mainSequence } from '../state/project.ts';
import type { Command, CommandContext } from './command.ts';

function play(label: Command['label'], keys: readonly string[], run: Command['run'], repeats = false): Command {
  return { group: 'play', label, keys, run, repeats };
}

const step =
  (byFrames: number) =>
  ({ project }: CommandContext) =>
    project.transport.step(byFrames);

const toEditPoint =
  (way: 'previous' | 'next') =>
  ({ project }: CommandContext) => {
    const sequence = mainSequence(project.film.film());
    const point = editPointBeside(sequence, project.session.getState().playhead, way);
    if (point !== undefined) project.transport.seek(point);
  };

/** While K is down J and L step a frame each: the slow shuttle of every editor. */
const shuttle =
  (key: 'J' | 'L') =>
  ({ project, isHeld }: CommandContext) => {
    if (isHeld('KeyK')) project.transport.step(key === 'J' ? -1 : 1);
    else project.transport.shuttle(key);
  };

export const playCommands = {
  playPause: play('command.playPause', ['Space'], ({ project }) => project.transport.toggle()),
  shuttleBack: play('command.shuttleBack', ['KeyJ'], shuttle('J')),
  shuttleStop: play('command.shuttleStop', ['KeyK'], ({ project }) => project.transport.shuttle('K')),
  shuttleForward: play('command.shuttleForward', ['KeyL'], shuttle('L')),
  frameBack: play('command.frameBack', ['ArrowLeft'], step(-1), true),
  frameForward: play('command.frameForward', ['ArrowRight'], step(1), true),
  fiveBack: play('command.fiveBack', ['Shift+ArrowLeft'], step(-5), true),
  fiveForward: play('command.fiveForward', ['Shift+ArrowRight'], step(5), true),
  previousEdit: play('command.previousEdit', ['ArrowUp'], toEditPoint('previous'), true),
  nextEdit: play('command.nextEdit', ['ArrowDown'], toEditPoint('next'), true),
  toStart: play('command.toStart', ['Home'], ({ project }) => project.transport.seek(noFrames)),
  toEnd: play('command.toEnd', ['End'], ({ project }) =>
    project.transport.seek(sequenceEnd(mainSequence(project.film.film()))),
  ),
} as const satisfies Record<string, Command>;
