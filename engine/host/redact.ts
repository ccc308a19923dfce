// From a slash or backslash that begins something to the end of what may be a name: names hold spaces and brackets, so
// only a quote or the end of the line ends one. `and/or`, `24/1` and `video/mp4` begin nothing.
const path = /(?<![\p{L}\p{N}_.])~?[\\/][^"\n]*/gu;

/** Where in our own code a line of a stack trace is; kept, because it says the most and tells nothing of anybody. */
const placeInCode = /[\w.-]+\.(?:mjs|js|ts):\d+:\d+\)?$/;

/** A text of ours without the paths in it: what folders and files are called is nobody's business but the editor's. */
export function withoutPaths(text: string): string {
  return text.replaceAll(path, (found) => `<path>${placeInCode.exec(found)?.[0] ?? ''}`);
}

/** A line of the log without paths. The line is JSON, and paths are looked for in its values, not in its escapes. */
export function lineWithoutPaths(line: string): string {
  try {
    return JSON.stringify(JSON.parse(line), (_, value: unknown) =>
      typeof value === 'string' ? withoutPaths(value) : value,
    );
  } catch {
    return withoutPaths(line); // cut off midway, or written by something else
  }
}
