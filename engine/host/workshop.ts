import type { ExportRequest } from '../contract/export.ts';
import type { Outcome } from '../contract/failure.ts';
import type { Activity } from '../contract/job.ts';
import type { TakeView } from '../contract/library.ts';
import type { TakeRecord } from '../contract/take.ts';
import type { Film } from '../document/film.ts';
import type { TakeId } from '../document/ids.ts';
import type { ShotOutcome, ShotProgress } from '../jobs/shot-queue.ts';
import type { ShotOrder } from '../library/take-folder.ts';
import type { ProjectLayout, ProjectPlaces } from '../project/layout.ts';

/** What a project has done for it by the rest of the engine: media, generation, export. */
export interface Workshop {
  /** Looks into a file and describes the take it would make. */
  probe(path: string, takeId: TakeId, layout: ProjectLayout): Promise<Outcome<TakeRecord>>;
  /** Where a take's own frames or sound lie now; undefined when the file is gone. */
  locate(record: TakeRecord, layout: ProjectLayout): Promise<string | undefined>;
  /** Makes what a window needs to show a take, reporting each part as it is ready. */
  prepare(record: TakeRecord, layout: ProjectPlaces, hooks: PrepareHooks): Promise<Outcome<undefined>>;
  /** Makes a shot into its take folder. Never rejects. */
  makeShot(
    order: ShotOrder,
    layout: ProjectPlaces,
    onProgress: (progress: ShotProgress) => void,
    signal: AbortSignal,
  ): Promise<ShotOutcome>;
  /** Writes a film to a file. */
  exportFilm(job: ExportJob): Promise<ExportOutcome>;
  /** The project is closed: windows may no longer read what they were granted for it. */
  forget(layout: ProjectLayout): void;
}

export interface PrepareHooks {
  readonly onActivity: (activity: Activity, done: number) => void;
  /** What can be shown so far, whole each time. */
  readonly onView: (view: TakeView) => void;
  readonly signal: AbortSignal;
}

export interface ExportJob {
  readonly film: Film;
  readonly request: ExportRequest;
  readonly layout: ProjectPlaces;
  readonly record: (id: TakeId) => TakeRecord | undefined;
  readonly onProgress: (progress: ShotProgress) => void;
  readonly signal: AbortSignal;
}

export type ExportOutcome = Outcome<undefined> | { readonly kind: 'cancelled' };
