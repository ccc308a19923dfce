import type { Failure } from '../../engine/contract/failure.ts';
import type { TakeFacts } from '../../engine/document/film.ts';
import type { Uploaded } from '../host/host-api.ts';
import { type Sentence, sentence } from '../i18n/sentence.ts';
import { newGesture, perform } from '../state/edits.ts';
import { engineAway } from '../state/notices.ts';
import type { Project } from '../state/project.ts';
import type { Services } from '../state/services.tsx';

/** The next import is the answer to what was told of the last one. */
const importing = 'import';

type Importing = Pick<Services, 'link' | 'notices' | 'host'>;

/** Asks for files and takes them into the bin. */
export async function chooseAndImport(project: Project, services: Importing): Promise<void> {
  const paths = await services.host.chooseMedia();
  if (paths) await importPaths(project, services, paths);
}

/** Takes files into the bin where they lie; answers what came of those that could be read. */
export async function importPaths(
  project: Project,
  { link, notices }: Omit<Importing, 'host'>,
  paths: readonly string[],
): Promise<readonly TakeFacts[]> {
  const connection = link.store.getState();
  if (connection.kind !== 'connected') {
    notices.tell(engineAway);
    return [];
  }
  if (paths.length === 0) return [];
  notices.mended(importing);
  const { projectId } = project;
  const imported = await connection.engine.library.importFiles({ projectId, paths: [...paths] });
  tellRefused(
    project,
    notices,
    imported.flatMap((each) => (each.kind === 'refused' ? [each.failure] : [])),
  );
  const takes = imported.flatMap((each) => (each.kind === 'imported' ? [each.entry.facts] : []));
  bringBack(project, notices, takes);
  return takes;
}

/** The same file is the same take; one that had been thrown out of the bin is wanted again. */
function bringBack(project: Project, notices: Importing['notices'], takes: readonly TakeFacts[]): void {
  const removed = new Set(project.film.film().removedTakes);
  const takeIds = takes.flatMap(({ id }) => (removed.has(id) ? [id] : []));
  if (takeIds.length > 0) perform(project, notices, { kind: 'restore-takes', gesture: newGesture(), takeIds });
}

/** Takes in what was dropped on the window. */
export async function importDropped(
  project: Project,
  services: Importing,
  files: readonly File[],
): Promise<readonly TakeFacts[]> {
  const { notices, host } = services;
  const sending = {
    isThere: (path: string) => isImported(project, path),
    send: (fresh: readonly File[]) => {
      notices.tell({ severity: 'note', sentence: sentence('bin.importing', { count: fresh.length }) });
      return host.pathsOfDropped(fresh, project.projectId);
    },
  };
  const importPlaced = (places: readonly Uploaded[]) => {
    const failures = places.flatMap((each) => ('failure' in each ? [each.failure] : []));
    const paths = places.flatMap((each) => ('path' in each ? [each.path] : []));
    tellRefused(project, notices, failures);
    return importPaths(project, services, [...new Set(paths)]);
  };
  try {
    return await project.droppedFiles.place(files, sending, importPlaced);
  } catch {
    notices.tell(engineAway, project.projectId); // the connection went while the bytes were on their way
    return [];
  }
}

function isImported({ library }: Project, path: string): boolean {
  const slashed = path.replaceAll('\\', '/');
  return [...library.getState().entries.values()].some((entry) => {
    const origin = entry.kind === 'ready' ? entry.record.origin : undefined;
    return origin?.kind === 'imported' && origin.file.absolutePath.replaceAll('\\', '/') === slashed;
  });
}

/** The paths or file addresses in a pasted text, one a line; empty for any other text. */
export function pathsInText(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^"(.*)"$/, '$1'));
  const paths = lines.filter(Boolean).map((line) => (line.startsWith('file://') ? pathOfAddress(line) : line));
  return paths.every((path) => /^(\/|[A-Za-z]:[\\/])/.test(path)) ? paths : [];
}

function pathOfAddress(address: string): string {
  const path = decodeURIComponent(new URL(address).pathname);
  return path.replace(/^\/([A-Za-z]:)/, '$1');
}

function tellRefused({ projectId }: Project, notices: Importing['notices'], failures: readonly Failure[]): void {
  const [first] = failures;
  if (!first) return;
  const count = failures.length;
  const sentence: Sentence = { key: 'notice.importRefused', values: { count }, nested: { reason: { failure: first } } };
  notices.tell({ severity: 'failure', sentence, cause: importing }, projectId);
}
