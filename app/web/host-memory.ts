import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const memorySchema = z.object({
  port: z.number().int().min(1).max(65535).optional(),
  returnKey: z.string().regex(/^[\w-]{43}$/),
});

/** What a web host knows of the ones before it in this home. */
export interface HostMemory {
  /** Where the last one listened: tabs that were open then still call there. */
  readonly port: number | undefined;
  /** What those tabs were told, so that they can show who they are without sending it. 256 bits. */
  readonly returnKey: string;
  rememberPort(port: number): void;
}

/** Reads the memory from a private file in the settings folder; one that cannot be read is begun anew. */
export function openHostMemory(settingsFolder: string): HostMemory {
  const path = join(settingsFolder, 'web-host.json');
  const { port, returnKey } = readMemory(path) ?? { returnKey: randomBytes(32).toString('base64url') };
  return {
    port,
    returnKey,
    rememberPort: (now) => {
      // For convenience: that it cannot be kept is no reason not to serve.
      try {
        mkdirSync(settingsFolder, { recursive: true });
        const pending = `${path}.${process.pid}.pending`;
        writeFileSync(pending, `${JSON.stringify({ port: now, returnKey })}\n`, { mode: 0o600 });
        if (process.platform !== 'win32') chmodSync(pending, 0o600);
        renameSync(pending, path);
      } catch {}
    },
  };
}

function readMemory(path: string): z.infer<typeof memorySchema> | undefined {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}
