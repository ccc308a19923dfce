// The loopback host: starts the engine, serves the window to a browser on this machine, and prints the address.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connectEngine, type EngineClient } from '../../engine/rpc/client.ts';
import { dialSocket } from '../../engine/rpc/engine-socket.ts';
import { keepEngine } from '../engine-keeper.ts';
import { startWebHost } from './server.ts';

const usage = `Usage: shotloom serve [--port N] [--origin URL]… [--root FOLDER]…

Serves the editor to a browser on this machine and prints its address.

  --port N       listen on this port (default: a free one)
  --origin URL   also answer under this origin, for a tunnel: https://name.example
  --root FOLDER  let the file browser show this folder (default: your home)
  --help         print this

Example: shotloom serve --port 4820`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    origin: { type: 'string', multiple: true, default: [] },
    root: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else await serve(Number(values.port), values.origin, values.root);

async function serve(port: number, origins: readonly string[], roots: readonly string[]): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error(`--port takes a number from 0 to 65535.\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  const here = fileURLToPath(new URL('.', import.meta.url));
  const keeper = await keepEngine(
    {
      node: process.execPath,
      entry: join(here, 'engine.mjs'),
      args: (roots.length > 0 ? roots : [homedir()]).flatMap((root) => ['--root', root]),
    },
    (reason) => console.error(`The engine stopped (${reason}) and is being started again. Your edit is safe.`),
  );
  const dial = async () => dialSocket(await keeper.address());
  const host = await startWebHost({
    port,
    origins,
    windowFolder: join(here, '..', 'renderer'),
    engine: sharedClient(dial),
    dial,
  });
  console.log(`Shotloom is at ${host.link}`);
  console.log('Open it in a browser on this machine. Ctrl+C ends it.');

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

/** One connection for the host's own questions, made again after the engine was. */
function sharedClient(dial: () => ReturnType<typeof dialSocket>): () => Promise<EngineClient> {
  let current: Promise<EngineClient> | undefined;
  return () => {
    current ??= dial().then((port) => {
      port.onClose(() => {
        current = undefined;
      });
      return connectEngine(port);
    });
    current.catch(() => {
      current = undefined;
    });
    return current;
  };
}
