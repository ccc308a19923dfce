import { homedir, tmpdir, userInfo } from 'node:os';
import { posix, win32 } from 'node:path';

/** Where this program keeps things outside projects, by the customs of each system. */
export interface AppFolders {
  /** Settings and the list of recent projects. */
  readonly settings: string;
  readonly cache: string;
  /** Model packs the user has added. */
  readonly packs: string;
  readonly logs: string;
  /** Where new projects are made unless told otherwise. */
  readonly projects: string;
  /** Short and private: a unix socket's path may not be longer than about 100 bytes. */
  readonly runtime: string;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly temporary: string;
  readonly userId: number;
}

export function thisMachine(home: string): Machine {
  return { platform: process.platform, env: process.env, home, temporary: tmpdir(), userId: process.getuid?.() ?? 0 };
}

/** The user's own folder, also where HOME is set to nothing: it would then be whichever folder one stands in. */
export function homeFolder(): string {
  return homedir() || userInfo().homedir;
}

/** `SHOTLOOM_HOME`, where set, gathers everything in one folder: for tests, and for a portable copy. */
export function appFolders({ platform, env, home, temporary, userId }: Machine): AppFolders {
  const { join } = platform === 'win32' ? win32 : posix;
  const runtime = join(absolute(env.XDG_RUNTIME_DIR) ?? temporary, `shotloom-${userId}`);
  const own = env.SHOTLOOM_HOME;
  if (own) {
    const within = (name: string) => join(own, name);
    return {
      settings: within('settings'),
      cache: within('cache'),
      packs: within('packs'),
      logs: within('logs'),
      projects: within('projects'),
      runtime,
    };
  }
  switch (platform) {
    case 'win32': {
      const local = join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Shotloom');
      const roaming = join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Shotloom');
      return {
        settings: roaming,
        cache: join(local, 'Cache'),
        packs: join(local, 'Packs'),
        logs: join(local, 'Logs'),
        projects: join(home, 'Videos', 'Shotloom'),
        runtime,
      };
    }
    case 'darwin': {
      const library = join(home, 'Library');
      return {
        settings: join(library, 'Application Support', 'Shotloom'),
        cache: join(library, 'Caches', 'Shotloom'),
        packs: join(library, 'Application Support', 'Shotloom', 'Packs'),
        logs: join(library, 'Logs', 'Shotloom'),
        projects: join(home, 'Movies', 'Shotloom'),
        runtime,
      };
    }
    default: {
      const base = (variable: string | undefined, fallback: string) =>
        join(absolute(variable) ?? join(home, fallback), 'shotloom');
      return {
        settings: base(env.XDG_CONFIG_HOME, '.config'),
        cache: base(env.XDG_CACHE_HOME, '.cache'),
        packs: join(base(env.XDG_DATA_HOME, '.local/share'), 'packs'),
        logs: join(base(env.XDG_STATE_HOME, '.local/state'), 'logs'),
        projects: join(absolute(env.XDG_VIDEOS_DIR) ?? join(home, 'Videos'), 'Shotloom'),
        runtime,
      };
    }
  }
}

// XDG Base Directory Specification: what is empty or relative counts as not set.
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path : undefined;
}
