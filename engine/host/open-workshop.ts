import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { ToldDevices } from '../contract/device.ts';
import { type Failure, FailureError, type Outcome } from '../contract/failure.ts';
import { type FfmpegTool, probeFfmpeg } from '../export/caps.ts';
import { findFfmpeg } from '../media/ffmpeg/find-ffmpeg.ts';
import { locateTake, prepareTake, probeFile } from '../media/ingest.ts';
import { viewOf } from '../media/take-files.ts';
import { openShelf, type PackShelf } from '../packs/shelf.ts';
import { superviseRunner } from '../runner/supervisor.ts';
import { openDeviceBook } from './device-book.ts';
import { openDevices } from './devices.ts';
import { driverMark } from './driver-mark.ts';
import { exportFilm } from './export-film.ts';
import type { Finding } from './finding.ts';
import type { AppFolders } from './folders.ts';
import { type GeneratorWatch, watchGenerator } from './generator-watch.ts';
import { makeTake } from './make-take.ts';
import type { MediaGrants } from './media-grants.ts';
import type { SettingsKeeper } from './settings.ts';
import { openShotCosts } from './shot-costs.ts';
import { tellDevices } from './tell-devices.ts';
import { toolFindings } from './tool-findings.ts';
import { appVersion } from './version.ts';
import type { Workshop } from './workshop.ts';

export interface OpenWorkshop {
  readonly workshop: Workshop;
  readonly packs: PackShelf;
  /** What shots can be computed on, as far as it is known; tries what was not tried yet. */
  devices(): Promise<ToldDevices>;
  /** The same, tried anew. */
  tryDevices(): Promise<ToldDevices>;
  /** Whether shots can be made now. */
  readonly generator: GeneratorWatch;
  /** Where packs that the editor brought are looked for. */
  readonly packFolder: () => string;
  /** The ffmpeg that runs now. Throws a FailureError `ffmpeg-missing`. */
  readonly ffmpegPath: () => string;
  readonly ffmpegTool: () => Promise<FfmpegTool>;
  findings(): Promise<readonly Finding[]>;
  /** Ends the runner. */
  close(): Promise<void>;
}

export interface WorkshopOptions {
  readonly folders: AppFolders;
  readonly grants: MediaGrants;
  readonly log: Logger;
  readonly settings: SettingsKeeper;
}

/** The real workshop: ffmpeg, the packs and the runner of this machine. Nothing is started before it is needed. */
export function openWorkshop({ folders, grants, log, settings }: WorkshopOptions): OpenWorkshop {
  const costs = openShotCosts(folders.settings);
  const packFolder = () => settings.now().packFolder || folders.packs;
  const places = () => ({ builtInFolder: resourceFolder('models'), userFolders: foldersIn(packFolder()) });
  const shelf = openShelf(places, (packId) => costs.of(packId));
  const runnerProgram = { entry: programPath('runner'), log: (line: string) => log.info({ line }, 'runner') };
  const runner = superviseRunner(runnerProgram);
  const devices = openDevices({
    program: runnerProgram,
    book: openDeviceBook(folders.settings),
    choice: () => settings.now().device ?? 'auto',
    driverMark,
    log,
    now: () => new Date(),
  });
  const generator = watchGenerator({ runner, devices });
  const ffmpegPath = () => findFfmpeg({ chosenPath: settings.now().ffmpegPath });
  let probed: { readonly path: string; readonly tool: Promise<FfmpegTool> } | undefined;
  const ffmpegTool = async () => {
    const path = ffmpegPath(); // another may have been chosen since
    if (probed?.path !== path) probed = { path, tool: probeFfmpeg(path) };
    const { tool } = probed;
    tool.catch(() => {
      probed = undefined; // ffmpeg may be put where it belongs while the engine runs
    });
    return tool;
  };
  const answered = <T>(work: () => Promise<Outcome<T>>) => asOutcome(work, log);

  const workshop: Workshop = {
    probe: (path, takeId, layout) =>
      answered(() => probeFile(path, { takeId, projectFolder: layout.folder, ffmpegPath: ffmpegPath() })),
    locate: (record, layout) => locateTake(record, { project: layout.folder, take: layout.take(record.facts.id) }),
    prepare: (record, layout, { onActivity, onView, signal }) =>
      answered(async () => {
        const path = await workshop.locate(record, layout);
        const places = { path, cacheFolder: layout.cache, ffmpegPath: ffmpegPath(), signal, onActivity };
        const grant = (file: string, mime: string) => grants.grant(file, mime, layout.folder);
        await prepareTake(record, { ...places, onFiles: (files) => onView(viewOf(files, grant)) });
        return { kind: 'done', value: undefined };
      }),
    makeShot: async (order, layout, onProgress, signal) => {
      const tools = { shelf, runner, costs, devices, generator, ffmpegPath, appVersion, log, now: () => new Date() };
      const made = await answered(async () => ({
        kind: 'done',
        value: await makeTake(tools, order, layout, onProgress, signal),
      }));
      return made.kind === 'done' ? made.value : made;
    },
    exportFilm: async (job) => {
      const exported = await answered(async () => ({
        kind: 'done',
        value: await exportFilm(job, {
          ...{ workshop, ffmpegTool, appVersion, threads: cpus().length },
        }),
      }));
      return exported.kind === 'done' ? exported.value : exported;
    },
    forget: (layout) => grants.release(layout.folder),
  };
  return {
    workshop,
    packs: shelf,
    devices: async () => tellDevices(devices, shelf, await devices.tried()),
    tryDevices: async () => {
      const told = await tellDevices(devices, shelf, await devices.tryAgain());
      await generator.reconsider();
      return told;
    },
    generator,
    packFolder,
    ffmpegPath,
    ffmpegTool,
    findings: async () =>
      toolFindings({
        ffmpegTool,
        runnerProgram,
        shelf,
        devices: await tellDevices(devices, shelf, await devices.tried()),
      }),
    close: () => runner.dispose(),
  };
}

/** Work whose failures are answers. A fault of ours is logged under an id, which is all that leaves the engine. */
async function asOutcome<T>(work: () => Promise<Outcome<T>>, log: Logger): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    return { kind: 'failed', failure: failureFrom(error, log) };
  }
}

function failureFrom(error: unknown, log: Logger): Failure {
  if (error instanceof FailureError) return error.failure;
  if (error instanceof Error && error.name === 'AbortError') return { code: 'bad-request', reason: 'it was cancelled' };
  const reportId = randomUUID();
  log.error({ err: error, reportId }, 'work failed');
  return { code: 'internal', reportId };
}

function foldersIn(parent: string): string[] {
  if (!existsSync(parent)) return [];
  const entries = readdirSync(parent, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(parent, entry.name));
}

/** A folder of `resources`, which lies two levels above the bundle and above the sources alike. */
function resourceFolder(name: string): string {
  return fileURLToPath(new URL(`../../resources/${name}`, import.meta.url));
}

/** Another of our programs: the bundle beside this one, or its source when this runs from source. */
function programPath(name: 'runner'): string {
  const bundle = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  return existsSync(bundle) ? bundle : fileURLToPath(new URL(`../${name}/main.ts`, import.meta.url));
}
