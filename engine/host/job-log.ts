import { arch, release } from 'node:os';
import type { ExportRequest } from '../contract/export.ts';
import type { Failure } from '../contract/failure.ts';
import type { Job } from '../contract/job.ts';
import { lineWithoutPaths, withoutPaths } from './redact.ts';

export interface FailedExport {
  readonly job: Job;
  readonly failure: Failure;
  readonly request: ExportRequest;
  readonly appVersion: string;
}

/**
 * What an editor can send to whoever helps with an export that failed: the version, the system, what was asked, and the
 * last that ffmpeg said. No path and no name of the film is in it.
 */
export function exportLog({ job, failure, request, appVersion }: FailedExport): string {
  const { crf, preset, audioKbps, unfinished } = request;
  const { lastLines = [], ...facts } = { lastLines: undefined, ...failure };
  const said = lastLines.length > 0 ? ['', ...lastLines.map(withoutPaths)] : [];
  const lines = [
    `Shotloom ${appVersion}, ${process.platform} ${release()} ${arch()}`,
    `H.264 (libx264) crf ${crf}, preset ${preset}, AAC ${audioKbps} kb/s, unfinished: ${unfinished}`,
    lineWithoutPaths(JSON.stringify(facts)),
    ...said,
    '',
  ];
  return lines.map((line) => line.replaceAll(job.title, '<film>')).join('\n');
}
