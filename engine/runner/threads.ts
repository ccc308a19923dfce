import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

/** Threads for a network: one core stays free for the window and the engine. At least 1. */
export function networkThreads(): number {
  return Math.max(1, Math.min(physicalCores(), availableParallelism()) - 1);
}

// Two threads of one core share its arithmetic, so a second one makes a matrix product no faster.
function physicalCores(): number {
  const logical = cpus().length;
  switch (process.platform) {
    case 'linux':
      return linuxCores() ?? logical;
    case 'darwin':
      return logical; // Apple silicon has one thread to a core; ONNX Runtime offers no other Mac
    default:
      return Math.max(1, Math.floor(logical / 2));
  }
}

function linuxCores(): number | undefined {
  const text = readFileSync('/proc/cpuinfo', 'utf8');
  const idsOf = (name: string) => [...text.matchAll(new RegExp(`^${name}\\s*: (\\d+)$`, 'gm'))].map(([, id]) => id);
  const sockets = idsOf('physical id');
  const cores = idsOf('core id').map((core, index) => `${sockets[index]}/${core}`);
  return cores.length > 0 ? new Set(cores).size : undefined; // ARM kernels do not tell
}
