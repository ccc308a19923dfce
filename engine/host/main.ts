// The engine process. A host starts it, waits for the line that says where it listens, and keeps its standard input
// open for as long as it wants the engine.
import { parseArgs } from 'node:util';
import { FailureError } from '../contract/failure.ts';
import { failureSentence } from '../contract/failure-words.ts';
import { listenAtSocket, sweepDeadSockets } from '../rpc/engine-socket.ts';
import type { Port } from '../rpc/port.ts';
import { engineServer } from '../rpc/serve.ts';
import { createEngine } from './engine.ts';
import { fileRoots } from './file-roots.ts';
import { homeFolder } from './folders.ts';
import { type Home, openHome } from './open-home.ts';
import { engineRouter } from './router.ts';
import { appVersion } from './version.ts';

const { values } = parseArgs({ options: { root: { type: 'string', multiple: true, default: [] } } });
const { folders, log, settings, grants, tools } = openOrSay();

const waiting: Port[] = [];
let serve: (port: Port) => void = (port) => void waiting.push(port);
const socket = await listenAtSocket(folders.runtime, (port) => serve(port));
const engine = createEngine({
  appVersion,
  folders,
  settings,
  roots: fileRoots(values.root, settings, homeFolder()),
  address: socket.address,
  grants,
  workshop: tools.workshop,
  packs: tools.packs,
  tools,
});
serve = engineServer(engineRouter(engine), (error, reportId) =>
  log.error({ err: error, reportId }, 'a request failed'),
);
for (const port of waiting.splice(0)) serve(port);

// A home that may not be written is the user's to mend, by a sentence and not by a trace.
function openOrSay(): Home {
  try {
    return openHome();
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    console.error(failureSentence(error.failure, 'en'));
    process.exit(73);
  }
}

let isEnding = false;
async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  socket.close();
  await engine.close();
  await tools.close();
  log.info('the engine ended');
  process.exit(0);
}
process.stdin.resume();
process.stdin.on('end', end);
process.on('SIGTERM', end);
process.on('SIGINT', end);
// A fault nobody awaited is ours to mend, not a reason to drop every open project.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'uncaught exception');
  process.exit(70);
});

sweepDeadSockets(folders.runtime).catch((error: unknown) => log.warn({ err: error }, 'old sockets stay'));
log.info({ node: process.version }, 'the engine started');
console.log(`engine ready ${JSON.stringify({ address: socket.address, settingsFolder: folders.settings })}`);
