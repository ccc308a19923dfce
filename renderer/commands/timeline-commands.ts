import { sequenceEnd } from '../../engine/document/track.ts';
import { fitScale, zoomAboutPlayhead } from '../edit/timeline/time-scale.ts';
import { mainSequence } from '../state/project.ts';
import type { Command, CommandContext } from './command.ts';

function timeline(label: Command['label'], keys: readonly string[], run: Command['run'], repeats = false): Command {
  return { group: 'timeline', label, keys, run, repeats };
}

const zoomStep = 1.5;

const zoom =
  (factor: number) =>
  ({ project: { session } }: CommandContext) => {
    const state = session.getState();
    session.setState(zoomAboutPlayhead(state, factor, state.playhead, state.lanesWidthPx));
  };

export const timelineCommands = {
  selectTool: timeline('command.selectTool', ['KeyV'], ({ project }) => project.session.setState({ tool: 'select' })),
  razorTool: timeline('command.razorTool', ['KeyC'], ({ project }) => project.session.setState({ tool: 'razor' })),
  snapping: timeline('command.snapping', ['KeyS'], ({ project: { session } }) =>
    session.setState({ isSnapping: !session.getState().isSnapping }),
  ),
  linking: timeline('command.linking', ['Mod+l'], ({ project: { session } }) =>
    session.setState({ isLinking: !session.getState().isLinking }),
  ),
  zoomIn: timeline('command.zoomIn', ['Equal'], zoom(zoomStep), true),
  zoomOut: timeline('command.zoomOut', ['Minus'], zoom(1 / zoomStep), true),
  zoomFit: timeline('command.zoomFit', ['Backslash'], ({ project: { session, film } }) => {
    const sequence = mainSequence(film.film());
    session.setState(fitScale(sequenceEnd(sequence), sequence.rate, session.getState().lanesWidthPx));
  }),
} as const satisfies Record<string, Command>;
