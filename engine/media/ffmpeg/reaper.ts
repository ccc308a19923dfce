import { type ChildProcess, spawn } from 'node:child_process';

// A child must not outlive the engine, however the engine ends. An orderly end kills what is left; against kill -9
// nothing of ours runs any more, so a small shell holds the other end of a pipe and the list of our children: when
// the pipe closes it kills what is still on the list. Windows has no such shell; there an ffmpeg that lost its engine
// ends when its run does, and its `*.pending` file is swept at the next start.
const script =
  'live=" "; while read -r sign pid; do case $sign in +) live="$live$pid ";; ' +
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own expansion
  '-) live="${live%% $pid *} ${live#* $pid }";; esac; done; kill -KILL $live 2>/dev/null';

const living = new Set<ChildProcess>();
let reaper: ChildProcess | undefined;

/** Makes sure that a child ends with this process. Call it right after spawning. */
export function ownChild(child: ChildProcess): void {
  const pid = child.pid;
  if (pid === undefined) return;
  if (living.size === 0) process.on('exit', killAll);
  living.add(child);
  tell(`+ ${pid}\n`);
  child.once('exit', () => {
    living.delete(child);
    tell(`- ${pid}\n`);
    if (living.size === 0) process.off('exit', killAll);
  });
}

function killAll(): void {
  for (const child of living) child.kill('SIGKILL');
}

function tell(line: string): void {
  if (process.platform === 'win32') return;
  reaper ??= startReaper();
  reaper.stdin?.write(line);
}

function startReaper(): ChildProcess {
  const shell = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  const forget = () => {
    reaper = undefined;
  };
  shell.on('error', forget);
  shell.on('exit', forget);
  shell.stdin.on('error', forget);
  shell.unref();
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();
  return shell;
}
