import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { toldDevicesSchema } from './device.ts';
import { diskSurveySchema, freedSchema } from './disk.ts';
import { exportRequestSchema } from './export.ts';
import { failedSchema, outcomeSchema } from './failure.ts';
import { takeFactsSchema } from './film-schema.ts';
import { estimateSchema, packSummarySchema, promptReadingSchema } from './generation.ts';
import { generatorSchema } from './generator.ts';
import { editorIdSchema, jobIdSchema, mediaIdSchema, packIdSchema, projectIdSchema, takeIdSchema } from './ids.ts';
import { importedSchema } from './library.ts';
import {
  appendedSchema,
  journalEntrySchema,
  newProjectSchema,
  numberedEventSchema,
  openProjectSchema,
  recentProjectSchema,
} from './project.ts';
import { mediaSearchSchema, relinkedSchema } from './relink.ts';
import {
  cacheMoveProgressSchema,
  settingsChangeSchema,
  settingsFactsSchema,
  settingsSchema,
  toldSettingsSchema,
} from './settings.ts';
import { folderListingSchema, helloSchema } from './system.ts';
import { shotRequestSchema } from './take.ts';

// Everything a window or a command can ask of the engine. Control only: pictures, sound and peaks travel as files
// under /media. A request that can fail for a reason the editor should read answers an Outcome; it never throws one.

const inProject = { projectId: projectIdSchema };
const asEditor = { ...inProject, editorId: editorIdSchema };
const nothing = z.object({});

const system = {
  /** The first call on every connection. */
  hello: oc.input(z.object({ contractVersion: z.number().int() })).output(helloSchema),
  /** Answers at once whatever else runs: how the bench and the host see that the engine is alive. */
  ping: oc.input(nothing).output(nothing),
  /** What there is to compute networks with, each found right or passed over with a reason. Tries what was not tried yet. */
  devices: oc.input(nothing).output(toldDevicesSchema),
  /** The same, and every device tried again, whatever was found before. */
  tryDevices: oc.input(nothing).output(toldDevicesSchema),
  listFolder: oc
    .input(z.object({ path: z.string().exactOptional(), show: z.enum(['media', 'projects', 'folders']) }))
    .output(outcomeSchema(folderListingSchema)),
  /** What a stranger needs to help, as a zip. It names no folder or file unless `withPaths`, and never holds a prompt. */
  report: oc
    .input(z.object({ withPaths: z.boolean() }))
    .output(z.object({ name: z.string(), zip: z.instanceof(Blob) })),
  /** For hosts: the file behind a media id, or undefined once it is gone. */
  resolveMedia: oc
    .input(z.object({ media: mediaIdSchema }))
    .output(z.object({ path: z.string(), mime: z.string() }).optional()),
  /** For the web host: a new file under the project's `media/` folder for bytes dropped on the page. */
  openUpload: oc
    .input(z.object({ ...inProject, name: z.string() }))
    .output(outcomeSchema(z.object({ path: z.string() }))),
};

const project = {
  /** The folder new projects go into, and a free name there. */
  suggestFolder: oc.input(z.object({ name: z.string() })).output(z.object({ folder: z.string() })),
  recents: oc.input(nothing).output(z.array(recentProjectSchema)),
  create: oc.input(newProjectSchema.extend({ editorId: editorIdSchema })).output(outcomeSchema(openProjectSchema)),
  /** `reader`: a window that reads comes back as one, though nobody edits at the moment: the editor may be on its way. */
  open: oc
    .input(z.object({ folder: z.string().min(1), editorId: editorIdSchema, role: z.literal('reader').exactOptional() }))
    .output(outcomeSchema(openProjectSchema)),
  /** The window has put the project away. One that nobody has open is closed soon, unless work of its is under way. */
  leave: oc.input(z.object(asEditor)).output(nothing),
  /** The film as it is now, for a window that reads along: unlike `open`, it changes nobody's role. */
  read: oc.input(z.object(asEditor)).output(outcomeSchema(openProjectSchema)),
  /** Makes this window the editor; the one that was becomes a reader. */
  takeOver: oc.input(z.object(asEditor)).output(outcomeSchema(openProjectSchema)),
  /** Writes one gesture to the journal. Refuses `revision-behind` and `not-the-editor`. */
  append: oc
    .input(z.object({ ...asEditor, expectedRevision: z.number().int().nonnegative(), entry: journalEntrySchema }))
    .output(appendedSchema),
  /** Keeps a film that could not be appended as a file beside the project's; answers its path. */
  keepRecovery: oc
    .input(z.object({ ...inProject, film: z.unknown() }))
    .output(outcomeSchema(z.object({ path: z.string() }))),
  /** Goes on until the window leaves or the project is closed. One that is not open here ends at once, and says so. */
  watch: oc
    .input(z.object({ ...inProject, after: z.number().int().exactOptional() }))
    .output(eventIterator(numberedEventSchema, z.union([failedSchema, z.void()]))),
};

const library = {
  /** Files stay where they are. Answers once each is probed; index, filmstrip, peaks and proxy follow as jobs. */
  importFiles: oc
    .input(z.object({ ...inProject, paths: z.array(z.string()).min(1).max(1000) }))
    .output(z.array(importedSchema)),
  /**
   * Looks for the files of takes that are offline by their content: in a folder and all below it, or, without one, near
   * where they were and where the film's other footage lies. Ends by itself, or when it is left. Changes nothing.
   */
  findMissing: oc
    .input(z.object({ ...inProject, folder: z.string().min(1).exactOptional() }))
    .output(eventIterator(mediaSearchSchema, z.union([failedSchema, z.void()]))),
  /** Points an imported take to where its file is now. Another content is told of first, unless it is `accept`ed. */
  relink: oc
    .input(
      z.object({
        ...inProject,
        takeId: takeIdSchema,
        path: z.string().min(1),
        differing: z.enum(['refuse', 'accept']),
      }),
    )
    .output(outcomeSchema(relinkedSchema)),
};

const generate = {
  /** Whether shots can be made, then again whenever that changes. */
  follow: oc.input(nothing).output(eventIterator(generatorSchema)),
  /** One that stopped too often is to be started again with the next shot. */
  startAgain: oc.input(nothing).output(nothing),
  packs: oc.input(nothing).output(z.array(packSummarySchema)),
  readPrompt: oc
    .input(z.object({ packId: packIdSchema, prompt: z.string().max(400) }))
    .output(outcomeSchema(promptReadingSchema)),
  estimate: oc.input(z.object({ request: shotRequestSchema })).output(outcomeSchema(estimateSchema)),
  /**
   * Queues a shot under a take id of the caller's choosing. A shot for the `timeline` runs only while the film
   * points to its take; one for the `bin` runs regardless.
   */
  start: oc
    .input(
      z.object({
        ...inProject,
        takeId: takeIdSchema,
        name: z.string().max(400),
        request: shotRequestSchema,
        destination: z.enum(['timeline', 'bin']),
      }),
    )
    /** The facts of the take to come: what the window places on the timeline as its ghost. */
    .output(outcomeSchema(z.object({ jobId: jobIdSchema, facts: takeFactsSchema }))),
};

const jobs = {
  cancel: oc.input(z.object({ ...inProject, jobId: jobIdSchema })).output(outcomeSchema(nothing)),
  /** Begins again what failed or was cancelled. An export takes the film as it is by then. */
  retry: oc.input(z.object({ ...inProject, jobId: jobIdSchema })).output(outcomeSchema(nothing)),
  /** What an export that failed can be helped by, as a text that names no folder and no film. */
  log: oc.input(z.object({ ...inProject, jobId: jobIdSchema })).output(outcomeSchema(z.object({ text: z.string() }))),
};

const disk = {
  /** What may be given up on a full disk. `kept`: takes that an undo of this window may bring back. */
  survey: oc.input(z.object({ ...inProject, kept: z.array(takeIdSchema) })).output(outcomeSchema(diskSurveySchema)),
  /**
   * Gives up what is named, and lets everything go on that a full disk stopped; with nothing named it is tried again.
   * The editor's alone: only its undo, told in `kept` as it is by now, can bring takes back. Refuses `not-the-editor`,
   * and `bad-request` for a take that a clip uses, that is kept, or that was not generated: nothing is given up then.
   */
  free: oc
    .input(
      z.object({
        ...asEditor,
        kept: z.array(takeIdSchema),
        otherCaches: z.boolean(),
        takeIds: z.array(takeIdSchema),
      }),
    )
    .output(outcomeSchema(freedSchema)),
};

const deliver = {
  /** Begins an export, unless it can be told at once that it may not be: then nothing has been begun or touched. */
  start: oc
    .input(z.object({ ...inProject, request: exportRequestSchema }))
    .output(outcomeSchema(z.object({ jobId: jobIdSchema }))),
};

const settings = {
  /** The settings as they are, then again whenever they change. */
  follow: oc.input(nothing).output(eventIterator(toldSettingsSchema)),
  /** Sets what is given and leaves the rest. Refuses `ffmpeg-missing` and `folder-missing` for what is not there. */
  change: oc.input(settingsChangeSchema).output(outcomeSchema(settingsSchema)),
  facts: oc.input(nothing).output(settingsFactsSchema),
  /**
   * Moves all caches into a folder, or for an empty one to where they lie usually, and keeps that as the setting. Tells
   * how far it is; whoever leaves off listening before the end cancels it, and nothing has changed then.
   */
  moveCaches: oc
    .input(z.object({ folder: z.string() }))
    .output(eventIterator(cacheMoveProgressSchema, outcomeSchema(nothing))),
  /** Removes the caches of the projects that are not open. Answers the bytes that are left. */
  emptyCaches: oc.input(nothing).output(z.object({ cacheBytes: z.number() })),
};

export const contract = { system, settings, project, library, generate, jobs, disk, deliver };
export type Contract = typeof contract;
