import type { MessageKey } from '../i18n/messages.ts';
import type { Services } from '../state/services.tsx';

/** What the menu bar can do beyond the commands of the Edit page. */
export interface ShellCommand {
  readonly label: MessageKey;
  readonly needsProject: boolean;
  readonly run: (services: Pick<Services, 'desk' | 'host'>, say: (key: MessageKey) => string) => void;
}

export const shellCommands = {
  newProject: {
    label: 'start.newProject',
    needsProject: false,
    run: ({ desk }, say) => void desk.create(say('start.untitled')),
  },
  openProject: {
    label: 'start.openProject',
    needsProject: false,
    run: ({ desk, host }) =>
      void host.chooseProject().then((folder) => (folder === undefined ? undefined : desk.open(folder))),
  },
  closeProject: { label: 'shell.closeProject', needsProject: true, run: ({ desk }) => desk.close() },
} as const satisfies Record<string, ShellCommand>;

export type ShellCommandName = keyof typeof shellCommands;
