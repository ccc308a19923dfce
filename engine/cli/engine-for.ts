import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Failure } from '../contract/failure.ts';
import type { EditorId, JobId, ProjectId } from '../contract/ids.ts';
import { hasEnded, type Job } from '../contract/job.ts';
import type { OpenProject } from '../contract/project.ts';
import { createEngine } from '../host/engine.ts';
import { fileRoots } from '../host/file-roots.ts';
import { homeFolder } from '../host/folders.ts';
import { openHome } from '../host/open-home.ts';
import { engineRouter } from '../host/router.ts';
import { appVersion } from '../host/version.ts';
import { layoutOf } from '../project/layout.ts';
import { lockOwner } from '../project/lock.ts';
import { connectEngine, type EngineClient } from '../rpc/client.ts';
import { dialSocket, listenAtSocket } from '../rpc/engine-socket.ts';
import { portPair } from '../rpc/port.ts';
import { engineServer } from '../rpc/serve.ts';
import { type Call, Cancelled, CommandFailed } from './command.ts';
import { progressLine } from './progress-line.ts';

/** An engine for the time of one command. */
export interface CommandEngine {
  readonly client: EngineClient;
  readonly editorId: EditorId;
  /** Whether it belongs to a window that has the project open. */
  readonly isShared: boolean;
  close(): Promise<void>;
}

/** The engine that holds a project, where one does; else one of the command's own. */
export async function engineFor(folder: string | undefined): Promise<CommandEngine> {
  const owner = folder === undefined ? undefined : lockOwner(layoutOf(resolve(folder)));
  const port = owner && (await dialSocket(owner.engine).catch(() => undefined));
  const editorId = `command-${randomUUID()}` as EditorId;
  if (port) return { client: connectEngine(port), editorId, isShared: true, close: async () => port.close() };
  return ownEngine(editorId);
}

async function ownEngine(editorId: EditorId): Promise<CommandEngine> {
  const { folders, log, settings, grants, tools } = openHome();
  let serve: ReturnType<typeof engineServer> | undefined;
  // A second command, or a window, may ask for the same project meanwhile: it must find this engine.
  const socket = await listenAtSocket(folders.runtime, (port) => serve?.(port));
  const { workshop, packs } = tools;
  const roots = fileRoots([], settings, homeFolder());
  const engine = createEngine({
    ...{ appVersion, folders, settings, roots, address: socket.address, grants, workshop, packs, tools },
  });
  serve = engineServer(engineRouter(engine), (error, reportId) =>
    log.error({ err: error, reportId }, 'a request failed'),
  );
  const [mine, its] = portPair();
  serve(its);
  return {
    client: connectEngine(mine),
    editorId,
    isShared: false,
    close: async () => {
      socket.close();
      await engine.close();
      await tools.close();
    },
  };
}

/** Runs a command's work with an engine and closes it on every way out. */
export async function withEngine<T>(
  folder: string | undefined,
  work: (engine: CommandEngine) => Promise<T>,
): Promise<T> {
  const engine = await engineFor(folder);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** The value of an answer, or the failure thrown for the command to end with. */
export function answered<T>(outcome: { kind: 'done'; value: T } | { kind: 'failed'; failure: Failure }): T {
  if (outcome.kind === 'failed') throw new CommandFailed(outcome.failure);
  return outcome.value;
}

export async function openForCommand({ client, editorId }: CommandEngine, folder: string): Promise<OpenProject> {
  return answered(await client.project.open({ folder: resolve(folder), editorId }));
}

/** Waits for a job, telling its progress; Ctrl+C cancels it. Throws what became of it unless it finished. */
export async function followJob(engine: CommandEngine, projectId: ProjectId, jobId: JobId, call: Call): Promise<void> {
  const { client } = engine;
  const cancel = () => void client.jobs.cancel({ projectId, jobId });
  if (call.signal.aborted) cancel();
  call.signal.addEventListener('abort', cancel, { once: true });
  for await (const { event } of await client.project.watch({ projectId })) {
    const job = jobIn(event, jobId);
    if (!job) continue;
    call.progress(progressLine(job.state));
    if (job.state.kind === 'failed') throw new CommandFailed(job.state.failure);
    if (job.state.kind === 'paused' && job.state.because) throw new CommandFailed(job.state.because); // nobody is there to make room
    if (job.state.kind === 'cancelled') throw new Cancelled();
    if (hasEnded(job.state)) return;
  }
  // Its stream ended first: the engine belonged to a window and was closed with it.
  throw new Error('the engine that did the work was ended');
}

function jobIn(event: { kind: string; job?: Job; jobs?: readonly Job[] }, id: JobId): Job | undefined {
  return event.job?.id === id ? event.job : event.jobs?.find((job) => job.id === id);
}
