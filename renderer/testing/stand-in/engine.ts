import { ORPCError } from '@orpc/server';
import type { DeviceFault } from '../../../engine/contract/device.ts';
import type { DiskSurvey } from '../../../engine/contract/disk.ts';
import type { Failure } from '../../../engine/contract/failure.ts';
import type { PackSummary } from '../../../engine/contract/generation.ts';
import type { JobId, MediaId, ProjectId } from '../../../engine/contract/ids.ts';
import type { Job, JobState } from '../../../engine/contract/job.ts';
import type { Imported, LibraryEntry } from '../../../engine/contract/library.ts';
import { contractVersion } from '../../../engine/contract/system.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { sequenceEnd } from '../../../engine/document/track.ts';
import { type Port, portPair } from '../../../engine/rpc/port.ts';
import { engineServer, implementContract } from '../../../engine/rpc/serve.ts';
import { nameOf } from '../../i18n/told-sentences.ts';
import type { HostStanding } from '../../state/connection.ts';
import { toldDevices, wrongGpu } from './devices.ts';
import { createStandInGenerator, type StandInGenerator } from './generator.ts';
import { findMissing, type LostAndFound, relink } from './missing.ts';
import { append, newStandInProject, openFor, readBy, type StandInProject, takeOver } from './projects.ts';
import { createStandInSettings, type StandInSettings } from './settings.ts';
import { folders, home, listShelf, parentOf, shelf } from './shelf.ts';
import { jobId, readWords, runExport, runShot, standInPack } from './shots.ts';
import { factsOfShot, generatedEntry, importedEntry } from './take-entries.ts';

/** An engine without processes, disk or network, for tests of the window alone: the real contract over the real RPC. */
export interface StandInEngine {
  /** A fresh connection. */
  openPort(): Port;
  /** Cuts every connection; what it holds stays. */
  cutConnections(): void;
  /** Ends and comes back, as a killed engine does: the projects lie on disk, and nobody has them open. */
  restart(): void;
  /** An imported file is not where it was, in every project. */
  loseFile(name: string): void;
  /** Where lost files lie now. */
  readonly lostAndFound: LostAndFound;
  /** What the window reads at `/media/<id>`. */
  readonly media: Map<MediaId, Blob>;
  readonly projects: ReadonlyMap<ProjectId, StandInProject>;
  readonly settings: StandInSettings;
  /** What caches take, until they are emptied. */
  cacheBytes: number;
  /** While it is set, caches on their way to another folder stop halfway. */
  isMoveHeld: boolean;
  /** How long a step of a shot takes; 0 ends jobs at once. */
  stepMs: number;
  /** While they are, shots stay at the step they are at. */
  isHeld: boolean;
  /** While it is, nobody who dials is answered. */
  isUnplugged: boolean;
  /** The version of the contract that it says it speaks. */
  speaks: number;
  /** What the host answers to a window that cannot reach the engine. */
  hostStanding: HostStanding;
  readonly generator: StandInGenerator;
  /** Why shots do not run on its GPU; undefined where they do. */
  gpuFault: DeviceFault | undefined;
  /** While it is, trying devices anew breaks off. */
  isTrialBroken: boolean;
  /** The sizes its pack makes, for windows that connect from now on. */
  sizes: PackSummary['sizes'];
  /** Makes the next shots fail so. */
  shotFailure: Failure | undefined;
  /** What may be given up on a full disk, and what was. */
  survey: DiskSurvey;
  /** Why it cannot be found out. */
  surveyFailure: Failure | undefined;
  /** While it is unsettled, nothing is answered about the disk. */
  diskHeld: Promise<void> | undefined;
  /** Takes that cannot be removed when they are given up. */
  readonly stuckTakes: TakeId[];
  readonly freed: {
    readonly otherCaches: boolean;
    readonly takeIds: readonly TakeId[];
    readonly kept: readonly TakeId[];
  }[];
  /** Makes the next exports fail so. */
  exportFailure: Failure | undefined;
  /** While it is set, a film cannot be kept aside. */
  writeFailure: Failure | undefined;
}

export function createStandInEngine(): StandInEngine {
  const projects = new Map<ProjectId, StandInProject>();
  const media = new Map<MediaId, Blob>();
  const running = new Map<JobId, { cancel: AbortController; restart: () => void }>();
  const open = new Set<Port>();
  const films = new Set<string>(); // what was exported
  const settings = createStandInSettings();
  const generator = createStandInGenerator();
  const store = {
    add: (id: MediaId, blob: Blob) => {
      media.set(id, blob);
      return id;
    },
  };
  let jobCount = 0;

  const projectOf = (id: ProjectId): StandInProject => {
    const project = projects.get(id);
    if (!project) throw new Error(`no project ${id}`);
    return project;
  };
  const tellJob = (project: StandInProject, job: Job) => {
    project.jobs.set(job.id, job);
    project.log.emit({ kind: 'job-changed', job });
  };
  const tellEntry = (project: StandInProject, entry: LibraryEntry) => {
    project.entries.set(entry.facts.id, entry);
    project.log.emit({ kind: 'entry-changed', entry });
  };
  const run = (project: StandInProject, job: Job, work: (signal: AbortSignal) => Promise<JobState>) => {
    const start = async () => {
      const cancel = new AbortController();
      running.set(job.id, { cancel, restart: () => void start() });
      tellJob(project, { ...job, state: { kind: 'queued', position: 0 } });
      const state = await work(cancel.signal);
      tellJob(project, { ...job, state });
    };
    void start();
  };

  const tellDevices = (foundAt: string) => toldDevices(engine.gpuFault, settings.now().device ?? 'auto', foundAt);

  const os = implementContract();
  const router = os.router({
    system: {
      hello: os.system.hello.handler(() => ({
        contractVersion: engine.speaks,
        appVersion: '0.1.0',
        engineId: 'stand-in',
        platform: 'linux',
        processorName: 'Stand-in CPU',
        logicalCores: 2,
        memoryBytes: 24e9,
      })),
      ping: os.system.ping.handler(() => ({})),
      devices: os.system.devices.handler(() => tellDevices('2026-11-20T09:30:00.000Z')),
      tryDevices: os.system.tryDevices.handler(() => {
        if (engine.isTrialBroken) throw new ORPCError('TIMEOUT');
        if (!engine.gpuFault) generator.set({ kind: 'ready' });
        return tellDevices('2026-11-21T23:45:00.000Z');
      }),
      listFolder: os.system.listFolder.handler(({ input: { path = home, show } }) => ({
        kind: 'done',
        value: {
          path,
          ...(path === home ? {} : { parent: parentOf(path) }),
          roots: [{ name: 'mira', path: home }],
          entries: listShelf(
            path,
            show,
            [...projects.values()].map((project) => project.folder),
          ),
          freeBytes: 212e9,
        },
      })),
      report: os.system.report.handler(({ input: { withPaths } }) => ({
        name: 'shotloom-report-2026-11-21.zip',
        zip: new Blob([withPaths ? 'Shotloom report of /home/mira\n' : 'Shotloom report\n']),
      })),
      resolveMedia: os.system.resolveMedia.handler(() => undefined),
      openUpload: os.system.openUpload.handler(({ input }) => ({
        kind: 'done',
        value: { path: `${projectOf(input.projectId).folder}/media/${input.name}` },
      })),
    },
    settings: {
      follow: os.settings.follow.handler(async function* ({ context }) {
        yield* settings.follow(context.gone);
      }),
      change: os.settings.change.handler(({ input }) => {
        const missing = [input.packFolder, ...(input.fileRoots ?? [])].find((path) => path && !folders.includes(path));
        if (missing) return { kind: 'failed', failure: { code: 'folder-missing', path: missing } };
        if (input.device) generator.set({ kind: 'ready' });
        return { kind: 'done', value: settings.change(input) };
      }),
      facts: os.settings.facts.handler(() => ({
        ffmpegPath: '/usr/bin/ffmpeg',
        isFfmpegGiven: false,
        packFolder: settings.now().packFolder || `${home}/.local/share/shotloom/packs`,
        fileRoots: settings.now().fileRoots ?? [home],
        areFileRootsGiven: false,
        cacheFolder: settings.now().cacheFolder || `${home}/.cache/shotloom`,
        cacheBytes: engine.cacheBytes,
      })),
      moveCaches: os.settings.moveCaches.handler(async function* ({ input: { folder }, signal }) {
        if (folder && !folders.includes(folder)) {
          return { kind: 'failed', failure: { code: 'folder-missing', path: folder } };
        }
        for (let share = 0; share <= 4 && !signal?.aborted; share++) {
          yield { movedBytes: (engine.cacheBytes * share) / 4, totalBytes: engine.cacheBytes };
          while (engine.isMoveHeld && share === 2 && !signal?.aborted) {
            await new Promise((resolve) => setTimeout(resolve, 10));
          }
        }
        if (!signal?.aborted) settings.change({ cacheFolder: folder });
        return { kind: 'done', value: {} };
      }),
      emptyCaches: os.settings.emptyCaches.handler(() => {
        engine.cacheBytes = 0;
        return { cacheBytes: 0 };
      }),
    },
    project: {
      suggestFolder: os.project.suggestFolder.handler(({ input }) => ({
        folder: `${home}/Shotloom/${input.name}${projects.size > 0 ? ` ${projects.size + 1}` : ''}`,
      })),
      recents: os.project.recents.handler(() =>
        [...projects.values()].map(({ folder, film }) => ({
          folder,
          name: film.name,
          openedAt: '2026-11-20T12:00:00.000Z',
          isMissing: false,
        })),
      ),
      create: os.project.create.handler(({ input }) => {
        const project = newStandInProject(projects.size + 1, input);
        projects.set(project.projectId, project);
        return openFor(project, input.editorId);
      }),
      open: os.project.open.handler(({ input: { folder, editorId, role } }) => {
        const project = [...projects.values()].find((each) => each.folder === folder);
        return project
          ? openFor(project, editorId, role)
          : { kind: 'failed', failure: { code: 'not-a-project', path: folder } };
      }),
      leave: os.project.leave.handler(({ input }) => {
        projectOf(input.projectId).present.delete(input.editorId);
        return {};
      }),
      read: os.project.read.handler(({ input }) => readBy(projectOf(input.projectId), input.editorId)),
      takeOver: os.project.takeOver.handler(({ input }) => takeOver(projectOf(input.projectId), input.editorId)),
      append: os.project.append.handler(({ input }) => append(projectOf(input.projectId), input)),
      keepRecovery: os.project.keepRecovery.handler(({ input }) =>
        engine.writeFailure
          ? { kind: 'failed', failure: engine.writeFailure }
          : { kind: 'done', value: { path: `${projectOf(input.projectId).folder}/film.recovered.json` } },
      ),
      watch: os.project.watch.handler(async function* ({ input: { projectId, after }, signal }) {
        const project = projects.get(projectId);
        if (!project) return { kind: 'failed', failure: { code: 'not-a-project', path: projectId } };
        yield* project.log.watch(after, signal);
      }),
    },
    library: {
      importFiles: os.library.importFiles.handler(({ input }) => {
        const project = projectOf(input.projectId);
        const imported: Imported[] = [];
        for (const path of input.paths) {
          const file = shelf.find((each) => each.path === path) ?? { path, sizeBytes: 0, isUnreadable: true };
          if (file.isUnreadable) {
            imported.push({ kind: 'refused', path, failure: { code: 'media-unreadable', path, reason: 'not media' } });
            continue;
          }
          const known = [...project.entries.values()].find((each) => isOf(each, path));
          if (known) imported.push({ kind: 'imported', path, entry: known });
          else {
            const entry = importedEntry(`take-i${project.entries.size + 1}` as TakeId, file, store);
            tellEntry(project, entry);
            imported.push({ kind: 'imported', path, entry });
          }
        }
        return imported;
      }),
      findMissing: os.library.findMissing.handler(async function* ({ input: { projectId, folder } }) {
        yield* findMissing(projectOf(projectId), engine.lostAndFound, folder, engine.stepMs);
      }),
      relink: os.library.relink.handler(({ input: { projectId, takeId, path, differing } }) => {
        const project = projectOf(projectId);
        const answer = relink(project.entries.get(takeId), path, differing, engine.lostAndFound);
        if (answer.kind === 'done' && answer.value.kind === 'relinked') tellEntry(project, answer.value.entry);
        return answer;
      }),
    },
    generate: {
      follow: os.generate.follow.handler(async function* ({ context }) {
        yield* generator.follow(context.gone);
      }),
      startAgain: os.generate.startAgain.handler(() => {
        generator.set({ kind: 'ready' });
        return {};
      }),
      packs: os.generate.packs.handler(() => [{ ...standInPack, sizes: [...engine.sizes] }]),
      readPrompt: os.generate.readPrompt.handler(({ input }) => ({ kind: 'done', value: readWords(input.prompt) })),
      estimate: os.generate.estimate.handler(({ input: { request } }) => ({
        kind: 'done',
        value: {
          seconds: (request.steps * 0.3 * request.widthPx * request.heightPx) / (256 * 160),
          memoryBytes: 0.2e9 + request.frameCount * 0.016e9,
          diskBytes: 2e6,
        },
      })),
      start: os.generate.start.handler(({ input: { projectId, takeId, name, request } }) => {
        const project = projectOf(projectId);
        const facts = factsOfShot(takeId, name, request);
        const job: Job = {
          id: jobId(++jobCount),
          kind: 'shot',
          title: name,
          takeId,
          state: { kind: 'queued', position: 0 },
        };
        tellEntry(project, { kind: 'pending', facts, request, jobId: job.id });
        run(project, job, async (signal) => {
          const failure = engine.shotFailure;
          const state = await runShot({
            job,
            stepCount: request.steps,
            stepMs: engine.stepMs,
            isHeld: () => engine.isHeld,
            signal,
            report: (running) => tellJob(project, running),
            ...(failure && { failure }),
          });
          if (state.kind === 'finished') tellEntry(project, generatedEntry(facts, request, store));
          if (state.kind === 'failed') tellEntry(project, { kind: 'failed', facts, request, failure: state.failure });
          return state;
        });
        return { kind: 'done', value: { jobId: job.id, facts } };
      }),
    },
    jobs: {
      cancel: os.jobs.cancel.handler(({ input }) => {
        running.get(input.jobId)?.cancel.abort();
        return { kind: 'done', value: {} };
      }),
      retry: os.jobs.retry.handler(({ input }) => {
        running.get(input.jobId)?.restart();
        return { kind: 'done', value: {} };
      }),
      log: os.jobs.log.handler(() => ({
        kind: 'done',
        value: { text: 'Shotloom 0.3.0, linux x64\nH.264 (libx264) crf 18, preset medium\n\nConversion failed!\n' },
      })),
    },
    disk: {
      survey: os.disk.survey.handler(async () => {
        await engine.diskHeld;
        const { surveyFailure: failure } = engine;
        return failure ? { kind: 'failed', failure } : { kind: 'done', value: engine.survey };
      }),
      free: os.disk.free.handler(async ({ input }) => {
        await engine.diskHeld;
        if (projectOf(input.projectId).editorId !== input.editorId) {
          return { kind: 'failed', failure: { code: 'not-the-editor' } };
        }
        engine.freed.push({ otherCaches: input.otherCaches, takeIds: [...input.takeIds], kept: [...input.kept] });
        for (const project of projects.values()) {
          for (const { id, state } of project.jobs.values()) if (state.kind === 'paused') running.get(id)?.restart();
        }
        return { kind: 'done', value: { takesLeft: [...engine.stuckTakes] } };
      }),
    },
    deliver: {
      start: os.deliver.start.handler(({ input: { projectId, request } }) => {
        const project = projectOf(projectId);
        const sequence = project.film.sequences[0];
        const frameCount = sequence ? sequenceEnd(sequence) : 0;
        if (frameCount === 0) return { kind: 'failed', failure: { code: 'nothing-to-export' } };
        const { path } = request;
        if (films.has(path) && request.existing === 'refuse') return { kind: 'failed', failure: filmInTheWay(path) };
        films.add(path);
        const id = jobId(++jobCount);
        const job: Job = { id, kind: 'export', title: nameOf(path), path, state: { kind: 'queued', position: 0 } };
        const report = (running: Job) => tellJob(project, running);
        run(project, job, async (signal) => {
          const failure = engine.exportFailure;
          const options = { job, stepCount: frameCount, stepMs: engine.stepMs, signal, report };
          return runExport({ ...options, ...(failure && { failure }) });
        });
        return { kind: 'done', value: { jobId: job.id } };
      }),
    },
  });
  const serve = engineServer(router, (error) => console.error('stand-in engine', error));

  const engine: StandInEngine = {
    media,
    projects,
    settings,
    generator,
    lostAndFound: { near: {}, far: {}, replaced: [] },
    cacheBytes: 3.2e9,
    isMoveHeld: false,
    stepMs: 120,
    isHeld: false,
    isUnplugged: false,
    speaks: contractVersion,
    hostStanding: 'signed-in',
    gpuFault: wrongGpu,
    isTrialBroken: false,
    sizes: standInPack.sizes,
    shotFailure: undefined,
    survey: { holds: 'cache', freeBytes: 0.2e9, totalBytes: 512e9, otherCacheBytes: 9e9, unusedTakes: [] },
    surveyFailure: undefined,
    diskHeld: undefined,
    stuckTakes: [],
    freed: [],
    exportFailure: undefined,
    writeFailure: undefined,
    openPort: () => {
      const [near, far] = portPair();
      if (engine.isUnplugged) {
        setTimeout(() => far.close()); // heard by then
        return near;
      }
      open.add(far);
      serve(far);
      return near;
    },
    cutConnections: () => {
      for (const port of open) port.close();
      open.clear();
    },
    restart: () => {
      for (const { present } of projects.values()) present.clear();
      engine.cutConnections();
    },
    loseFile: (name) => {
      for (const project of projects.values()) {
        const entry = [...project.entries.values()].find(({ facts }) => facts.name === name);
        if (entry?.kind === 'ready') tellEntry(project, { ...entry, kind: 'offline' });
      }
    },
  };
  return engine;
}

function filmInTheWay(path: string): Failure {
  const freePath = path.replace(/\.mp4$/, ' 2.mp4');
  return { code: 'file-exists', path, sizeBytes: 48_200_000, modifiedMs: Date.UTC(2026, 10, 20, 12), freePath };
}

/** Whether an entry was imported from a path: the same file imported again is the take it was. */
function isOf(entry: LibraryEntry, path: string): boolean {
  const origin = entry.kind === 'ready' ? entry.record.origin : undefined;
  return origin?.kind === 'imported' && origin.file.absolutePath === path;
}
