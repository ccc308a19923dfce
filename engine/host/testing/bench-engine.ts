import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { Failure, Outcome } from '../../contract/failure.ts';
import type { EditorId } from '../../contract/ids.ts';
import type { LibraryEntry } from '../../contract/library.ts';
import type { JournalEntry } from '../../contract/project.ts';
import type { Film, TakeFacts } from '../../document/film.ts';
import { fingerprint } from '../../document/fingerprint.ts';
import type { GestureId, SequenceId, TrackId } from '../../document/ids.ts';
import { applyIntent } from '../../document/intent.ts';
import { diff } from '../../document/patch.ts';
import { frames } from '../../document/time.ts';
import { createEngine, type Engine, type EngineOptions } from '../engine.ts';
import { fileRoots } from '../file-roots.ts';
import { appFolders, thisMachine } from '../folders.ts';
import { mediaGrants } from '../media-grants.ts';
import { openWorkshop } from '../open-workshop.ts';
import type { ProjectSession } from '../project-session.ts';
import { openSettings } from '../settings.ts';

/** A small clip with sound. */
export const clip = join(import.meta.dirname, '../../../test/fixtures/media/bbb_avc_bpyramid_sar64x45.mp4');
export const editor = 'window-1' as EditorId;

/** A whole engine in this process, with the real tools of this machine, in a home of its own. */
export interface BenchEngine {
  readonly home: string;
  readonly engine: Engine;
  newProject(name?: string): Promise<ProjectSession>;
  /** Ends the engine; its home stays until `remove`. */
  end(): Promise<void>;
  remove(): void;
}

export function benchEngine(
  options: Partial<EngineOptions> = {},
  home = mkdtempSync(join(tmpdir(), "shotloom 机 'e' ")),
): BenchEngine {
  const folders = appFolders({ ...thisMachine(home), env: { SHOTLOOM_HOME: home } });
  const settings = openSettings(folders.settings);
  const grants = options.grants ?? mediaGrants();
  const tools = openWorkshop({ folders, grants, log: pino({ level: 'silent' }), settings });
  const address = { path: '/run/here', tokenFile: '/run/here.token' };
  const { workshop, packs } = tools;
  const roots = fileRoots([], settings, home);
  const engine = createEngine({
    ...{ appVersion: '0', folders, settings, roots, address, grants, workshop, packs, tools, ...options },
  });
  return {
    home,
    engine,
    newProject: async (name = 'film') =>
      done(await engine.createProject({ folder: join(home, name), name, language: 'en', rate: { num: 24, den: 1 } })),
    end: async () => {
      await engine.close();
      await tools.close();
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

export function done<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'failed') throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

export function failureCode(outcome: Outcome<unknown> | { kind: 'cancelled' }): Failure['code'] | string {
  return outcome.kind === 'failed' ? outcome.failure.code : outcome.kind;
}

/** Imports a file that can be read. */
export async function importClip(session: ProjectSession, path: string): Promise<LibraryEntry> {
  const imported = await session.importFile(path);
  if (imported.kind === 'refused') throw new Error(`the clip was refused: ${JSON.stringify(imported.failure)}`);
  return imported.entry;
}

export async function rename(session: ProjectSession, name: string): Promise<void> {
  const { revision } = session.enter(editor, new AbortController().signal);
  await session.append(editor, revision, renamed(session.film(), name));
}

/** The gesture that renames a film. */
function renamed(film: Film, name: string): JournalEntry {
  return entryOf(film, { kind: 'rename-film', gesture: `g-${randomUUID()}` as GestureId, name });
}

/** Puts two frames of a take at the head of V1. */
export async function place(session: ProjectSession, take: TakeFacts, by = editor): Promise<void> {
  const gone = new AbortController();
  const { revision } = session.enter(by, gone.signal);
  const piece = { take, sourceIn: frames(0), length: frames(2), videoTrackId: 'v1' as TrackId };
  const where = { sequenceId: 'sequence-1' as SequenceId, at: frames(0), mode: 'overwrite' } as const;
  const intent = { kind: 'place', gesture: 'g-place' as GestureId, ...where, pieces: [piece] } as const;
  await session.append(by, revision, entryOf(session.film(), intent));
  gone.abort();
}

function entryOf(film: Film, intent: JournalEntry['cause']['intent']): JournalEntry {
  const result = applyIntent(film, intent);
  if (result.kind === 'refused') throw new Error(result.refusal.code);
  const patch = JSON.parse(JSON.stringify(diff(film, result.film)));
  return { cause: { kind: 'edit', intent }, patch, fingerprint: fingerprint(result.film) };
}
