import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { Failure } from '../contract/failure.ts';
import type { LibraryEntry } from '../contract/library.ts';
import type { ProjectPlaces } from '../project/layout.ts';
import type { Workshop } from './workshop.ts';

interface Project {
  readonly layout: ProjectPlaces;
  readonly takes: readonly LibraryEntry[];
  readonly locate: Workshop['locate'];
}

/**
 * Why a film may not be written to a path: a `would-overwrite` failure when that would replace footage of the project,
 * whatever links lead to it, or a file of the project's own. Undefined when nothing of it is in danger.
 */
export async function overwrittenBy(path: string, project: Project): Promise<Failure | undefined> {
  const isInDanger = (await isOwnFile(path, project.layout)) || (await isFootage(path, project));
  return isInDanger ? { code: 'would-overwrite', path } : undefined;
}

async function isOwnFile(path: string, layout: ProjectPlaces): Promise<boolean> {
  const folder = await realpath(dirname(path)).catch(() => dirname(path));
  const file = join(folder, basename(path));
  const isInside = [layout.takes, layout.cache].some((own) => file.startsWith(`${own}${sep}`));
  return isInside || [layout.film, layout.journal, layout.lock, layout.index, layout.takes].includes(file);
}

// By identity and not by name, since links, and systems that ignore case, give one file many names.
async function isFootage(path: string, { layout, takes, locate }: Project): Promise<boolean> {
  const target = await fileAt(path);
  if (!target) return false;
  for (const entry of takes) {
    const source = entry.kind === 'ready' ? await locate(entry.record, layout) : undefined;
    const file = source === undefined ? undefined : await fileAt(source);
    if (file && file.dev === target.dev && file.ino === target.ino) return true;
  }
  return false;
}

function fileAt(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}
