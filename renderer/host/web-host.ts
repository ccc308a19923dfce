import { z } from 'zod';
import { failureSchema } from '../../engine/contract/failure.ts';
import type { ProjectId } from '../../engine/contract/ids.ts';
import type { FileBrowser } from './file-browser-store.ts';
import type { HostApi, Uploaded } from './host-api.ts';

/**
 * The host in a browser: dialogs are drawn in the page over the engine's view of the disk, and dropped files are
 * posted to the web host, which writes them into the project's media folder.
 */
export function createWebHost(browser: FileBrowser): HostApi {
  return {
    copiesDropped: true,
    chooseMedia: () => browser.ask({ kind: 'open-media' }),
    chooseMediaFile: async (name) => (await browser.ask({ kind: 'locate-media', name }))?.[0],
    chooseFolder: async (title) => (await browser.ask({ kind: 'choose-folder', title }))?.[0],
    chooseProject: async () => (await browser.ask({ kind: 'open-project' }))?.[0],
    chooseExportFile: async (suggestion) => (await browser.ask({ kind: 'save-export', ...suggestion }))?.[0],
    pathsOfDropped: (files, projectId) => Promise.all(files.map((file) => upload(file, projectId))),
    mediaUrl: (media) => `/media/${media}`,
  };
}

/** The web host writes the bytes under the project's media folder; it answers where, or why not. */
async function upload(file: File, projectId: ProjectId): Promise<Uploaded> {
  const query = new URLSearchParams({ project: projectId, name: file.name });
  const response = await fetch(`/upload?${query}`, { method: 'POST', body: file });
  if (!response.ok) throw new Error(`the upload of ${file.name} was answered ${response.status}`);
  return uploadedSchema.parse(await response.json());
}

const uploadedSchema = z.union([z.object({ path: z.string() }), z.object({ failure: failureSchema })]);
