import { type CommandName, commandAnywhere, commandNamed, commands } from '../commands/registry.ts';
import type { MessageKey } from '../i18n/messages.ts';
import type { Services } from '../state/services.tsx';
import { type ShellCommandName, shellCommands } from './shell-commands.ts';

export interface Choice {
  readonly name: string;
  /** Whether its key was pressed, and the page had left it to the menu. */
  readonly isByKey: boolean;
}

/** What of the page decides over a choice. */
export interface PageState {
  /** Whether the caret stands in a text. */
  readonly isWriting: boolean;
  /** Whether a dialog stands over the page. */
  readonly hasDialog: boolean;
  /** Does to the text what the browser's own editing would. */
  readonly editText: (edit: TextEdit) => void;
}

export type TextEdit = 'undo' | 'redo' | 'selectAll' | 'delete';

/** Commands that mean the text while one is being written, as in every program. */
const textEdits: readonly string[] = ['undo', 'redo', 'selectAll', 'delete'] satisfies TextEdit[];

/** Does what was chosen in the menu bar: as its key would, with what has the focus taken into account. */
export function runChoice(
  { name, isByKey }: Choice,
  services: Services,
  page: PageState,
  say: (key: MessageKey) => string,
): void {
  const onDesk = services.desk.store.getState();
  if (page.isWriting && isTextEdit(name)) page.editText(name);
  else if (page.hasDialog || (page.isWriting && isByKey)) return;
  else if (isShellCommand(name)) shellCommands[name].run(services, say);
  else if (isCommand(name) && onDesk.kind === 'project') {
    commandNamed(name).run({ project: onDesk.project, services, isHeld: () => false });
  } else if (isCommand(name)) commandAnywhere(name)?.run({ services });
}

function isTextEdit(name: string): name is TextEdit {
  return textEdits.includes(name);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

function isShellCommand(name: string): name is ShellCommandName {
  return Object.hasOwn(shellCommands, name);
}
