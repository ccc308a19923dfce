import type { MessageKey } from '../i18n/messages.ts';
import type { Project } from '../state/project.ts';
import type { Services } from '../state/services.tsx';

/** What a command works on. */
export interface CommandContext {
  readonly project: Project;
  readonly services: Services;
  /** Whether a key is down at this moment, by its place on the keyboard. */
  readonly isHeld: (code: string) => boolean;
}

export type CommandGroup = 'play' | 'edit' | 'timeline' | 'media' | 'window';

/** One thing the editor can do: keys, menus, tooltips and the sheet of shortcuts all come from here. */
export interface Command {
  readonly group: CommandGroup;
  readonly label: MessageKey;
  /** As `chord` reads them; the first is the one shown. */
  readonly keys: readonly string[];
  /** Whether holding the key down runs it again and again. */
  readonly repeats?: boolean;
  readonly run: (context: CommandContext) => void;
}

/** A command that asks for no project: it runs on the start page too. */
export interface CommandAnywhere extends Command {
  readonly run: (context: Pick<CommandContext, 'services'>) => void;
}
