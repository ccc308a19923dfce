import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { homeFolder } from './folders.ts';

const fileBytes = 5 * 1024 * 1024;
const keptFiles = 5;

/**
 * The engine's log: JSON lines in `engine.log`, turned over at 5 MB, five of them kept. Prompts are never handed to it,
 * and the home folder is written as `~`: a report can be sent as it is.
 */
export function engineLog(folder: string, level: string, home = homeFolder()): Logger {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'engine.log');
  let written = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const homeInJson = JSON.stringify(home).slice(1, -1); // C:\\Users\\… in a line of JSON
  return pino(
    { level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write: (line: string) => {
        const safe = line.replaceAll(homeInJson, '~');
        // A log that cannot be written must not take the engine with it.
        try {
          if (written > fileBytes) written = turnOver(path);
          appendFileSync(path, safe);
          written += safe.length;
        } catch {}
      },
    },
  );
}

function turnOver(path: string): number {
  rmSync(`${path}.${keptFiles - 1}`, { force: true });
  for (let age = keptFiles - 2; age >= 1; age--) {
    if (statSync(`${path}.${age}`, { throwIfNoEntry: false })) renameSync(`${path}.${age}`, `${path}.${age + 1}`);
  }
  renameSync(path, `${path}.1`);
  return 0;
}
