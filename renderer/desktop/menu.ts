import type { DesktopMenu, DesktopMenuItem } from '../../engine/contract/desktop-requests.ts';
import type { RecentProject } from '../../engine/contract/project.ts';
import { chord } from '../commands/chord.ts';
import type { Command, CommandGroup } from '../commands/command.ts';
import { type CommandName, commandAnywhere, commands } from '../commands/registry.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { acceleratorOf } from './accelerator.ts';
import { type ShellCommandName, shellCommands } from './shell-commands.ts';

export interface MenuOptions {
  readonly say: (key: MessageKey) => string;
  readonly isMac: boolean;
  /** Without one the commands of the Edit page have nothing to work on; the settings open on every page. */
  readonly hasProject: boolean;
  /** Opened lately, the latest first. */
  readonly recents: readonly Pick<RecentProject, 'folder' | 'name'>[];
}

/** The menu bar: every command of the registry under its group, and what any program has. */
export function desktopMenu({ say, isMac, hasProject, recents }: MenuOptions): DesktopMenu {
  const role = (name: Role, key: MessageKey): DesktopMenuItem => ({ kind: 'role', role: name, label: say(key) });
  const shell = (name: ShellCommandName): DesktopMenuItem => {
    const { label, needsProject } = shellCommands[name];
    return { kind: 'command', name, label: say(label), isEnabled: hasProject || !needsProject };
  };
  const group = (wanted: CommandGroup): DesktopMenuItem[] =>
    (Object.entries(commands) as [CommandName, Command][])
      .filter(([, command]) => command.group === wanted)
      .map(([name, { label, keys }]) => {
        const isEnabled = hasProject || commandAnywhere(name) !== undefined;
        return { kind: 'command', name, label: say(label), isEnabled, ...shownKey(keys, isMac) };
      });

  const about = role('about', 'shell.about');
  const quit = role('quit', 'shell.quit');
  const ofProgram = [about, line, role('hide', 'shell.hide'), role('hideOthers', 'shell.hideOthers')];
  const text = [role('cut', 'shell.cut'), role('copy', 'shell.copy'), role('paste', 'shell.paste')];
  const window = [role('minimize', 'shell.minimize'), role('close', 'shell.closeWindow')];
  return [
    ...(isMac ? [{ label: say('app.name'), items: [...ofProgram, role('unhide', 'shell.showAll'), line, quit] }] : []),
    {
      label: say('shell.file'),
      items: [
        { kind: 'new-window', label: say('shell.newWindow') },
        line,
        shell('newProject'),
        shell('openProject'),
        ...(recents.length > 0 ? [recentMenu(recents, say('start.recents'))] : []),
        shell('closeProject'),
        ...(isMac ? [] : [line, quit]),
      ],
    },
    { label: say('group.edit'), items: [...group('edit'), line, ...text] },
    { label: say('group.play'), items: group('play') },
    { label: say('group.timeline'), items: group('timeline') },
    { label: say('group.media'), items: group('media') },
    { label: say('group.window'), items: [...window, line, ...group('window'), ...(isMac ? [] : [line, about])] },
  ];
}

/** Two projects of one name are told apart by their folders. */
function recentMenu(recents: MenuOptions['recents'], label: string): DesktopMenuItem {
  const isTwice = (name: string) => recents.filter((each) => each.name === name).length > 1;
  const items = recents.map(({ folder, name }) => {
    const words = name === '' || isTwice(name) ? `${name} (${folder})`.trim() : name;
    return { kind: 'project', folder, label: words.slice(0, longestLabel) } as const;
  });
  return { kind: 'submenu', label, items: items.slice(0, mostRecents) };
}

const mostRecents = 10;
const longestLabel = 200;

type Role = Extract<DesktopMenuItem, { kind: 'role' }>['role'];
const line: DesktopMenuItem = { kind: 'separator' };

function shownKey([first]: Command['keys'], isMac: boolean): { readonly accelerator?: string } {
  const accelerator = first === undefined ? undefined : acceleratorOf(chord(first), isMac);
  return accelerator === undefined ? {} : { accelerator };
}
