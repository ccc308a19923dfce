export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly userId: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Electron's program, where it is there. */
  readonly findProgram: () => string | undefined;
  /** Fetches it; undefined when that failed, now or earlier. */
  readonly fetchProgram: () => string | undefined;
}

export type HowToOpen =
  | { readonly kind: 'desktop'; readonly program: string }
  | { readonly kind: 'browser'; readonly why?: string };

export function desktopOrWhy(args: readonly string[], machine: Machine): HowToOpen;

export function thisMachine(root: string, node: string): Machine;
