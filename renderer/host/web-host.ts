import type { FileBrowser } from './file-browser-store.ts';
import type { HostApi } from './host-api.ts';

/**
 * The host in a browser: dialogs are drawn in the page over the engine's view of the disk, and dropped files are
 * posted to the web host, which writes them into the project's media folder.
 */
export function createWebHost(browser: FileBrowser): HostApi {
  return {
    chooseMedia: () => browser.ask({ kind: 'open-media' }),
    chooseProject: async () => (await browser.ask({ kind: 'open-project' }))?.[0],
    chooseExportFile: async (suggestedName) => (await browser.ask({ kind: 'save-export', suggestedName }))?.[0],
    pathsOfDropped: (files, projectId) => Promise.all(files.map((file) => upload(file, projectId))),
    mediaUrl: (media) => `/media/${media}`,
  };
}

async function upload(file: File, projectId: string): Promise<string> {
  const response = await fetch(`/upload/${projectId}/${encodeURIComponent(file.name)}`, { method: 'POST', body: file });
  if (!response.ok) throw new Error(`the upload of ${file.name} was answered ${response.status}`);
  const answer: unknown = await response.json();
  if (typeof answer === 'object' && answer !== null && 'path' in answer && typeof answer.path === 'string') {
    return answer.path;
  }
  throw new Error(`the upload of ${file.name} was answered without a path`);
}
