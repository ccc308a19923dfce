import type { DesktopMenu, DesktopMenuItem } from '../../engine/contract/desktop-requests.ts';
import { chord } from '../commands/chord.ts';
import type { Command, CommandGroup } from '../commands/command.ts';
import { type CommandName, commands } from '../commands/registry.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { acceleratorOf } from './accelerator.ts';
import { type ShellCommandName, shellCommands } from './shell-commands.ts';

export interface MenuOptions {
  readonly say: (key: MessageKey) => string;
  readonly isMac: boolean;
  /** Without one the commands of the Edit page have nothing to work on. */
  readonly hasProject: boolean;
}

/** The menu bar: every command of the registry under its group, and what any program has. */
export function desktopMenu({ say, isMac, hasProject }: MenuOptions): DesktopMenu {
  const role = (name: Role, key: MessageKey): DesktopMenuItem => ({ kind: 'role', role: name, label: say(key) });
  const shell = (name: ShellCommandName): DesktopMenuItem => {
    const { label, needsProject } = shellCommands[name];
    return { kind: 'command', name, label: say(label), isEnabled: hasProject || !needsProject };
  };
  const group = (wanted: CommandGroup): DesktopMenuItem[] =>
    (Object.entries(commands) as [CommandName, Command][]).flatMap(([name, command]) =>
      command.group === wanted ? [commandItem(name, command, say(command.label), hasProject, isMac)] : [],
    );

  const about = role('about', 'shell.about');
  const quit = role('quit', 'shell.quit');
  const ofProgram = [about, line, role('hide', 'shell.hide'), role('hideOthers', 'shell.hideOthers')];
  const text = [role('cut', 'shell.cut'), role('copy', 'shell.copy'), role('paste', 'shell.paste')];
  const window = [role('minimize', 'shell.minimize'), role('close', 'shell.closeWindow')];
  return [
    ...(isMac ? [{ label: say('app.name'), items: [...ofProgram, role('unhide', 'shell.showAll'), line, quit] }] : []),
    {
      label: say('shell.file'),
      items: [shell('newProject'), shell('openProject'), shell('closeProject'), ...(isMac ? [] : [line, quit])],
    },
    { label: say('group.edit'), items: [...group('edit'), line, ...text] },
    { label: say('group.play'), items: group('play') },
    { label: say('group.timeline'), items: group('timeline') },
    { label: say('group.media'), items: group('media') },
    { label: say('group.window'), items: [...window, line, ...group('window'), ...(isMac ? [] : [line, about])] },
  ];
}

type Role = Extract<DesktopMenuItem, { kind: 'role' }>['role'];
const line: DesktopMenuItem = { kind: 'separator' };

function commandItem(
  name: CommandName,
  { keys }: Command,
  label: string,
  isEnabled: boolean,
  isMac: boolean,
): DesktopMenuItem {
  const [first] = keys;
  const accelerator = first === undefined ? undefined : acceleratorOf(chord(first), isMac);
  return { kind: 'command', name, label, isEnabled, ...(accelerator !== undefined && { accelerator }) };
}
