import { mkdir } from 'node:fs/promises';
import { FailureError, type Outcome } from '../contract/failure.ts';
import type { ProjectId } from '../contract/ids.ts';
import type { Imported } from '../contract/library.ts';
import { type EngineRouter, implementContract } from '../rpc/serve.ts';
import { changeSettings, settingsFacts } from './change-settings.ts';
import { type Engine, outcomeOf } from './engine.ts';
import { listFolder } from './list-folder.ts';
import { machineFindings } from './machine-findings.ts';
import { moveCaches } from './move-caches.ts';
import type { ProjectSession } from './project-session.ts';
import { readRecents } from './recents.ts';
import { reportFiles } from './report.ts';
import { startShot } from './start-shot.ts';
import { zipped } from './zipped.ts';

/** The engine behind the contract: each procedure is a line or two that hands on to what does the work. */
export function engineRouter(engine: Engine): EngineRouter {
  const os = implementContract();
  const { folders, roots, grants, packs, settings, tools } = engine.options;
  const inProject = <T>(id: ProjectId, work: (session: ProjectSession) => Promise<T> | T): Promise<Outcome<T>> =>
    outcomeOf(async () => work(engine.project(id)));

  return os.router({
    system: {
      hello: os.system.hello.handler(() => engine.hello()),
      ping: os.system.ping.handler(() => ({})),
      devices: os.system.devices.handler(() => tools.devices()),
      tryDevices: os.system.tryDevices.handler(() => tools.tryDevices()),
      listFolder: os.system.listFolder.handler(async ({ input }) => {
        const path =
          input.path ?? (input.show === 'media' ? roots.now()[0]?.path : await existingFolder(folders.projects));
        return listFolder(path ?? '', await withProjects(), input.show);
      }),
      report: os.system.report.handler(async ({ input }) => {
        const now = new Date();
        const findings = await machineFindings(tools, { ...folders, cache: engine.caches.place() });
        const sources = { findings, settings: settings.now(), logFolder: folders.logs, now, ...input };
        const zip = new Blob([zipped(await reportFiles(sources), now)], { type: 'application/zip' });
        return { name: `shotloom-report-${now.toISOString().slice(0, 10)}.zip`, zip };
      }),
      resolveMedia: os.system.resolveMedia.handler(({ input }) => grants.resolve(input.media)),
      openUpload: os.system.openUpload.handler(({ input }) =>
        inProject(input.projectId, async (session) => ({ path: await session.uploadPath(input.name) })),
      ),
    },
    settings: {
      follow: os.settings.follow.handler(({ context, signal }) => settings.follow(goneWith(context, signal))),
      change: os.settings.change.handler(({ input }) =>
        outcomeOf(() => changeSettings({ settings, caches: engine.caches, generator: tools.generator }, input)),
      ),
      facts: os.settings.facts.handler(() => settingsFacts(tools, roots, engine.caches)),
      moveCaches: os.settings.moveCaches.handler(async function* ({ input, context, signal }) {
        return yield* moveCaches(settings, engine.caches, input.folder, goneWith(context, signal));
      }),
      emptyCaches: os.settings.emptyCaches.handler(async () => ({ cacheBytes: await engine.caches.empty() })),
    },
    project: {
      suggestFolder: os.project.suggestFolder.handler(async ({ input }) => ({
        folder: await engine.suggestFolder(input.name),
      })),
      recents: os.project.recents.handler(() => readRecents(folders.settings)),
      create: os.project.create.handler(async ({ input, context }) => {
        const { editorId, ...project } = input;
        return entered(await engine.createProject(project), (session) => session.enter(editorId, context.gone));
      }),
      open: os.project.open.handler(async ({ input, context }) =>
        entered(await engine.openProject(input.folder), (session) =>
          session.enter(input.editorId, context.gone, input.role),
        ),
      ),
      leave: os.project.leave.handler(async ({ input, context }) => {
        // One that is not open here has nobody to let out.
        await inProject(input.projectId, (session) => session.leave(input.editorId, context.gone));
        return {};
      }),
      read: os.project.read.handler(({ input }) =>
        inProject(input.projectId, (session) => session.read(input.editorId)),
      ),
      takeOver: os.project.takeOver.handler(({ input }) =>
        inProject(input.projectId, (session) => session.takeOver(input.editorId)),
      ),
      append: os.project.append.handler(async ({ input }) => {
        const { projectId, editorId, expectedRevision, entry } = input;
        const outcome = await inProject(projectId, (session) => session.append(editorId, expectedRevision, entry));
        return outcome.kind === 'done' ? { kind: 'done' as const, revision: outcome.value } : outcome;
      }),
      keepRecovery: os.project.keepRecovery.handler(({ input }) =>
        inProject(input.projectId, async (session) => ({ path: await session.keepRecovery(input.film) })),
      ),
      watch: os.project.watch.handler(async function* ({ input, context, signal }) {
        const session = await inProject(input.projectId, (found) => found);
        if (session.kind === 'failed') return session;
        yield* session.value.follow(input.after, goneWith(context, signal));
      }),
    },
    library: {
      importFiles: os.library.importFiles.handler(({ input }) =>
        Promise.all(
          input.paths.map(async (path): Promise<Imported> => {
            const outcome = await inProject(input.projectId, (session) => session.importFile(path));
            return outcome.kind === 'done' ? outcome.value : { kind: 'refused', path, failure: outcome.failure };
          }),
        ),
      ),
      findMissing: os.library.findMissing.handler(async function* ({ input, context, signal }) {
        const search = await inProject(input.projectId, (session) =>
          session.findMissing(input.folder, goneWith(context, signal)),
        );
        if (search.kind === 'failed') return search;
        return yield* endingInFailure(search.value);
      }),
      relink: os.library.relink.handler(({ input }) =>
        inProject(input.projectId, (session) => session.relink(input.takeId, input.path, input.differing)),
      ),
    },
    generate: {
      follow: os.generate.follow.handler(({ context, signal }) => tools.generator.follow(goneWith(context, signal))),
      startAgain: os.generate.startAgain.handler(() => {
        tools.generator.startAgain();
        return {};
      }),
      packs: os.generate.packs.handler(async () => [...(await packs.summaries())]),
      readPrompt: os.generate.readPrompt.handler(({ input }) => packs.readPrompt(input.packId, input.prompt)),
      estimate: os.generate.estimate.handler(({ input }) => packs.estimate(input.request)),
      start: os.generate.start.handler(({ input }) =>
        flattened(inProject(input.projectId, (session) => startShot(engine, session, input))),
      ),
    },
    jobs: {
      cancel: os.jobs.cancel.handler(({ input }) =>
        inProject(input.projectId, async (session) => {
          await session.cancelJob(input.jobId);
          return {};
        }),
      ),
      retry: os.jobs.retry.handler(({ input }) =>
        inProject(input.projectId, async (session) => {
          await session.retryJob(input.jobId);
          return {};
        }),
      ),
      log: os.jobs.log.handler(({ input }) =>
        inProject(input.projectId, (session) => ({ text: session.jobLog(input.jobId) })),
      ),
    },
    disk: {
      survey: os.disk.survey.handler(({ input }) =>
        inProject(input.projectId, (session) => session.surveyDisk(input.kept)),
      ),
      free: os.disk.free.handler(({ input }) =>
        inProject(input.projectId, async (session) => {
          const takesLeft = await session.removeTakes(input.editorId, input.takeIds, input.kept);
          if (input.otherCaches) await engine.caches.empty();
          await session.resumeJobs();
          return { takesLeft };
        }),
      ),
    },
    deliver: {
      start: os.deliver.start.handler(({ input }) =>
        inProject(input.projectId, async (session) => ({ jobId: await session.startExport(input.request) })),
      ),
    },
  });

  async function withProjects() {
    return [...roots.now(), { name: 'Shotloom', path: await existingFolder(folders.projects) }];
  }
}

/** Aborted when the caller stops asking, and when its connection goes. */
function goneWith({ gone }: { readonly gone: AbortSignal }, signal: AbortSignal | undefined): AbortSignal {
  return signal ? AbortSignal.any([signal, gone]) : gone;
}

/** A stream that ends with its FailureError as an answer. */
async function* endingInFailure<T>(stream: AsyncGenerator<T, void, void>) {
  try {
    yield* stream;
  } catch (error) {
    if (error instanceof FailureError) return { kind: 'failed' as const, failure: error.failure };
    throw error;
  }
}

function entered<T>(opened: Outcome<ProjectSession>, enter: (session: ProjectSession) => T): Outcome<T> {
  return opened.kind === 'done' ? { kind: 'done', value: enter(opened.value) } : opened;
}

async function flattened<T>(nested: Promise<Outcome<Outcome<T>>>): Promise<Outcome<T>> {
  const outcome = await nested;
  return outcome.kind === 'done' ? outcome.value : outcome;
}

async function existingFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  return path;
}
