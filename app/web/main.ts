// The loopback host: starts the engine, serves the window to a browser on this machine, and prints the address.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dialSocket } from '../../engine/rpc/engine-socket.ts';
import { keepEngine } from '../engine-keeper.ts';
import { sharedClient } from '../shared-client.ts';
import { openHostMemory } from './host-memory.ts';
import { startWebHost } from './server.ts';

const usage = `Usage: shotloom serve [PROJECT] [--port N] [--origin URL]… [--root FOLDER]…

Serves the editor to a browser on this machine and prints its address; with a project's folder, the address opens it.

  --web          serve a browser even where Electron could open a window (npm start)
  --port N       listen on this port (default: the last one, so that open tabs go on, or a free one)
  --origin URL   also answer under this origin, for a tunnel: https://name.example
  --root FOLDER  let the file browser show this folder (default: those in the settings, else your home)
  --json         print the address as one JSON object
  --help         print this

Examples:
  shotloom serve
  shotloom serve --port 4820 --root /films --origin https://edit.example`;

interface Wanted {
  readonly port: number;
  readonly origins: readonly string[];
  readonly roots: readonly string[];
  readonly isJson: boolean;
  readonly project: string | undefined;
}

const wanted = readArguments();
if (wanted === 'help') console.log(usage);
else if (typeof wanted === 'string') {
  console.error(`${wanted}\n\n${usage}`);
  process.exitCode = 2;
} else await serve(wanted);

/** What was asked for, `help`, or a sentence that says what was typed wrongly. */
function readArguments(): Wanted | 'help' | string {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        web: { type: 'boolean' }, // npm start, which also knows the desktop, goes by it
        port: { type: 'string', default: '0' },
        origin: { type: 'string', multiple: true, default: [] },
        root: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return 'help';
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535) return '--port takes a number from 0 to 65535.';
    const wrong = values.origin.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
    if (wrong !== undefined) return `--origin takes an origin, as https://edit.example, not "${wrong}".`;
    return { port, origins: values.origin, roots: values.root, isJson: values.json, project: positionals[0] };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function serve({ port, origins, roots, isJson, project }: Wanted): Promise<void> {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const keeper = await keepEngine(
    {
      node: process.execPath,
      entry: join(here, 'engine.mjs'),
      args: roots.flatMap((root) => ['--root', root]),
    },
    (reason) => console.error(`The engine stopped (${reason}) and is being started again. Your edit is safe.`),
  ).catch((error: unknown) => {
    console.error(`The engine cannot be started: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  });
  const dial = async () => dialSocket(await keeper.address());
  const host = await startWebHost({
    port,
    memory: openHostMemory(keeper.settingsFolder),
    origins,
    windowFolder: join(here, '..', 'renderer'),
    engine: sharedClient(dial),
    dial,
  }).catch(async (error: unknown) => {
    await keeper.stop();
    console.error(`Nothing can be served on port ${port}: ${error instanceof Error ? error.message : error}.`);
    process.exit(1);
  });
  const address = project === undefined ? host.link : `${host.link}#/project/${encodeURIComponent(resolve(project))}`;
  console.log(isJson ? JSON.stringify({ address }) : `Shotloom is at ${address}`);
  console.error('Open it in a browser on this machine. Ctrl+C ends it.');

  const stop = () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    host
      .close()
      .then(() => keeper.stop())
      .then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
