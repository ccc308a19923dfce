import { type PlacingWay, placeByKey } from '../edit/place-takes.ts';
import { promptForShot, startFromDraft } from '../generate/start-from-draft.ts';
import { chooseAndImport } from '../media/import-media.ts';
import type { Command, CommandContext } from './command.ts';

function media(label: Command['label'], keys: readonly string[], run: Command['run']): Command {
  return { group: 'media', label, keys, run };
}

const place =
  (way: PlacingWay) =>
  ({ project, services }: CommandContext) =>
    placeByKey(project, services, project.session.getState().selectedTakes, way);

export const mediaCommands = {
  append: media('command.append', ['KeyE'], place('append')),
  insert: media('command.insert', ['Comma'], place('insert')),
  overwrite: media('command.overwrite', ['Period'], place('overwrite')),
  import: media('command.import', ['Mod+i'], ({ project, services }) => void chooseAndImport(project, services)),
  generate: media('command.generate', ['KeyG'], ({ project, services }) => {
    const { inspectorTab } = project.session.getState();
    const isReady = inspectorTab === 'generate' && project.shotDraft.getState().prompt.trim() !== '';
    if (isReady) void startFromDraft(project, services);
    else promptForShot(project, services);
  }),
  startJob: media('command.startJob', ['Mod+Enter'], ({ project, services }) => void startFromDraft(project, services)),
  export: media('command.export', ['Mod+m'], ({ services }) =>
    services.window.setState({ dialog: { kind: 'export' } }),
  ),
} as const satisfies Record<string, Command>;
