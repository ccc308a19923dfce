/** A PATH that finds every program as `path` does, but this one; `folder` is filled with links. */
export function pathWithout(program: string, path: string, folder: string): string;
