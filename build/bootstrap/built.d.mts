/** Builds the bundles when a source has changed since the last build. */
export function ensureBuilt(root: string, node: string, env: NodeJS.ProcessEnv): void;

/** Stands for everything that is bundled: another one when any of it has changed. */
export function sourceState(root: string): string;
