import { allClips } from '../../engine/document/track.ts';
import { removeFromBin } from '../edit/place-takes.ts';
import { chooseEdge, moveSelected, removeSelected, splitAtPlayhead, trimChosenEdge } from '../edit/selection-edits.ts';
import { redo, undo } from '../state/edits.ts';
import { mainSequence } from '../state/project.ts';
import { selectClips } from '../state/session-store.ts';
import type { Command, CommandContext } from './command.ts';

function edit(label: Command['label'], keys: readonly string[], run: Command['run'], repeats = false): Command {
  return { group: 'edit', label, keys, run, repeats };
}

const nudge =
  (byFrames: number) =>
  ({ project, services }: CommandContext) =>
    moveSelected(project, services, { frames: byFrames });
const toTrack =
  (tracks: number) =>
  ({ project, services }: CommandContext) =>
    moveSelected(project, services, { tracks });
const trim =
  (byFrames: number) =>
  ({ project, services }: CommandContext) =>
    trimChosenEdge(project, services, byFrames);

/** Delete means the clips; with none selected, the takes selected in the bin. */
const remove =
  (mode: 'lift' | 'ripple') =>
  ({ project, services }: CommandContext) => {
    const { selectedClips, selectedTakes } = project.session.getState();
    if (selectedClips.length > 0) removeSelected(project, services, mode);
    else if (selectedTakes.length > 0 && mode === 'lift') removeFromBin(project, services, selectedTakes);
  };

export const editCommands = {
  undo: edit('command.undo', ['Mod+z'], ({ project, services }) => undo(project, services.notices), true),
  redo: edit(
    'command.redo',
    ['Mod+Shift+z', 'Mod+y'],
    ({ project, services }) => redo(project, services.notices),
    true,
  ),
  delete: edit('command.delete', ['Delete', 'Backspace'], remove('lift')),
  rippleDelete: edit('command.rippleDelete', ['Shift+Delete', 'Shift+Backspace'], remove('ripple')),
  split: edit('command.split', ['Mod+k'], ({ project, services }) => splitAtPlayhead(project, services, 'selected')),
  splitAll: edit('command.splitAll', ['Mod+Shift+k'], ({ project, services }) =>
    splitAtPlayhead(project, services, 'all'),
  ),
  nudgeBack: edit('command.nudgeBack', ['Alt+ArrowLeft'], nudge(-1), true),
  nudgeForward: edit('command.nudgeForward', ['Alt+ArrowRight'], nudge(1), true),
  nudgeBackFive: edit('command.nudgeBackFive', ['Alt+Shift+ArrowLeft'], nudge(-5), true),
  nudgeForwardFive: edit('command.nudgeForwardFive', ['Alt+Shift+ArrowRight'], nudge(5), true),
  trackUp: edit('command.trackUp', ['Alt+Shift+ArrowUp'], toTrack(1)),
  trackDown: edit('command.trackDown', ['Alt+Shift+ArrowDown'], toTrack(-1)),
  edgeIn: edit('command.edgeIn', ['BracketLeft'], ({ project }) => chooseEdge(project, 'in')),
  edgeOut: edit('command.edgeOut', ['BracketRight'], ({ project }) => chooseEdge(project, 'out')),
  trimBack: edit('command.trimBack', ['Mod+ArrowLeft'], trim(-1), true),
  trimForward: edit('command.trimForward', ['Mod+ArrowRight'], trim(1), true),
  trimBackTen: edit('command.trimBackTen', ['Mod+Shift+ArrowLeft'], trim(-10), true),
  trimForwardTen: edit('command.trimForwardTen', ['Mod+Shift+ArrowRight'], trim(10), true),
  selectAll: edit('command.selectAll', ['Mod+a'], ({ project }) => {
    const clips = allClips(mainSequence(project.film.film()));
    selectClips(
      project.session,
      clips.map(({ clip }) => clip.id),
    );
  }),
  deselect: edit('command.deselect', ['Escape'], ({ project }) => {
    project.session.setState({ tool: 'select', selectedClips: [], selectedEdge: undefined, selectedTakes: [] });
  }),
} as const satisfies Record<string, Command>;
