import { type Chord, chord, chordLabel, type KeyPress, pressMatches } from './chord.ts';
import type { Command, CommandAnywhere } from './command.ts';
import { editCommands } from './edit-commands.ts';
import { mediaCommands } from './media-commands.ts';
import { playCommands } from './play-commands.ts';
import { timelineCommands } from './timeline-commands.ts';
import { commandsAnywhere, windowCommands } from './window-commands.ts';

/** Everything the editor can do by key. Source of the keys: EDITING §2 (Premiere's map). */
export const commands = {
  ...playCommands,
  ...editCommands,
  ...timelineCommands,
  ...mediaCommands,
  ...windowCommands,
  ...commandsAnywhere,
} as const;

export type CommandName = keyof typeof commands;

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const table: readonly { readonly name: CommandName; readonly chords: readonly Chord[] }[] = (
  Object.keys(commands) as CommandName[]
).map((name) => ({ name, chords: commands[name].keys.map(chord) }));

/** The command a key press means, if any. */
export function commandFor(press: KeyPress): CommandName | undefined {
  return table.find(({ chords }) => chords.some((each) => pressMatches(each, press, isMac)))?.name;
}

/** The keys of a command as a menu shows them. */
export function keysOf(name: CommandName): string {
  const [first = ''] = commands[name].keys;
  return chordLabel(chord(first), isMac);
}

export function commandNamed(name: CommandName): Command {
  return commands[name];
}

/** The command of that name if it runs on every page; undefined for one that works on a project. */
export function commandAnywhere(name: CommandName): CommandAnywhere | undefined {
  return Object.hasOwn(commandsAnywhere, name) ? commandsAnywhere[name as keyof typeof commandsAnywhere] : undefined;
}
