/** Builds the bundles when a source has changed since the last build. */
export function ensureBuilt(root: string, node: string, env: NodeJS.ProcessEnv): void;
