import { cyclePanels } from '../edit/panels.ts';
import { showFullScreen } from '../edit/viewer/full-screen.ts';
import type { Command, CommandAnywhere } from './command.ts';

function ofWindow(label: Command['label'], keys: readonly string[], run: Command['run']): Command {
  return { group: 'window', label, keys, run };
}

export const windowCommands = {
  fullScreen: ofWindow('command.fullScreen', ['Mod+`'], () => showFullScreen()),
  nextPanel: ofWindow('command.nextPanel', ['F6'], () => cyclePanels(1)),
  previousPanel: ofWindow('command.previousPanel', ['Shift+F6'], () => cyclePanels(-1)),
  shortcuts: ofWindow('command.shortcuts', ['?'], ({ services }) =>
    services.window.setState({ dialog: { kind: 'shortcuts' } }),
  ),
} as const satisfies Record<string, Command>;

export const commandsAnywhere = {
  settings: {
    ...{ group: 'window', label: 'command.settings', keys: ['Mod+,'] },
    run: ({ services }) => services.window.setState({ dialog: { kind: 'settings' } }),
  },
} as const satisfies Record<string, CommandAnywhere>;
