import { readFile } from 'node:fs/promises';
import { arch, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../contract/settings.ts';
import { type Finding, findingLines } from './finding.ts';
import { homeFolder } from './folders.ts';
import { lineWithoutPaths, withoutPaths } from './redact.ts';

export interface ReportSources {
  readonly findings: readonly Finding[];
  readonly settings: Settings;
  readonly logFolder: string;
  readonly now: Date;
  /** Whether folders and files may be named. The home folder never is. */
  readonly withPaths: boolean;
}

/** The end of the log that a report holds: weeks of ordinary days, or the last hours of a bad one. */
const logBytes = 1_000_000;

/**
 * What a stranger needs to help, as texts by their name: versions, what works on this machine and the settings; and the
 * log. Prompts are never in the log; paths are left out unless the editor wants them in.
 */
export async function reportFiles(sources: ReportSources): Promise<Readonly<Record<string, string>>> {
  const { findings, settings, logFolder, now, withPaths } = sources;
  const safe = withPaths ? withoutHome : withoutPaths;
  const safeLine = withPaths ? withoutHome : lineWithoutPaths;
  const processor = cpus()[0]?.model.trim() ?? '';
  const log = await endOfLog(logFolder);
  const report = [
    `Shotloom report, ${now.toISOString()}`,
    `${process.platform} ${release()} ${arch()}, ${processor}, ${cpus().length} threads, ${gigabytes(totalmem())} GB`,
    '',
    ...findingLines(findings).map(safe),
    '',
    ...Object.entries(settings).map(([name, value]) => safe(`${name} ${JSON.stringify(value)}`)),
  ];
  return { 'report.txt': textOf(report), 'engine.log': textOf(log.map(safeLine)) };
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** The newest lines of the log, the older file first. */
async function endOfLog(folder: string): Promise<string[]> {
  const texts = await Promise.all(
    ['engine.log.1', 'engine.log'].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  const lines = texts.join('').split('\n');
  let bytes = 0;
  const from = lines.findLastIndex((line) => {
    bytes += line.length + 1;
    return bytes > logBytes;
  });
  return lines.slice(from + 1).filter((line) => line !== '');
}

function withoutHome(text: string): string {
  const home = homeFolder();
  const inJson = JSON.stringify(home).slice(1, -1);
  return text.replaceAll(home, '~').replaceAll(inJson, '~');
}

function gigabytes(bytes: number): number {
  return Math.round(bytes / 1e9);
}
