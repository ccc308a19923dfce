import { Socket } from 'node:net';
import { parseArgs } from 'node:util';
import { streamPort } from '../rpc/stream-port.ts';
import { serveShots } from './serve-shots.ts';
import { networkThreads } from './threads.ts';

// The runner: a process of its own, because a network blocks the thread it runs on and a native crash must cost a
// shot and not the edit. Started by supervisor.ts; orders come in on descriptor 3, answers go out on 4.

const { values } = parseArgs({ options: { threads: { type: 'string' } } });

const input = new Socket({ fd: 3, readable: true, writable: false });
const output = new Socket({ fd: 4, readable: false, writable: true });
const port = streamPort(input, output);

// Ctrl+C reaches the whole group; when to end is the engine's to say. It says it by closing the pipe, and so does
// its death.
process.on('SIGINT', () => {});
port.onClose(() => process.exit(0));

serveShots(port, values.threads ? Number(values.threads) : networkThreads());
