/** What a host needs to know of a file to answer for it. */
export interface ServedFile {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly mime: string;
}

/** The head of an answer, and which bytes follow it: `start` to `end`, both included; none for HEAD and errors. */
export interface MediaResponse {
  readonly status: 200 | 206 | 304 | 405 | 416;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: { readonly start: number; readonly end: number };
}

export interface MediaRequest {
  readonly method: string;
  readonly range?: string | undefined;
  readonly ifRange?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/**
 * Answers a request for a file, with single byte ranges. Several ranges at once get the whole file, as the standard
 * allows. A range meant for an older file (If-Range) gets the whole new one. Source: RFC 9110 §14.
 */
export function respondWithFile(request: MediaRequest, file: ServedFile): MediaResponse {
  const tag = `"${file.sizeBytes.toString(36)}-${Math.round(file.modifiedMs).toString(36)}"`;
  const headers = {
    'Accept-Ranges': 'bytes',
    'Content-Type': file.mime,
    ETag: tag,
    'Cache-Control': 'private, no-cache',
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, headers: { Allow: 'GET, HEAD' } };
  if (request.ifNoneMatch === tag) return { status: 304, headers };

  const isForThisFile = request.ifRange === undefined || request.ifRange === tag;
  const range = isForThisFile ? parseRange(request.range, file.sizeBytes) : 'whole';
  if (range === 'outside')
    return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${file.sizeBytes}` } };

  const { start, end } = range === 'whole' ? { start: 0, end: file.sizeBytes - 1 } : range;
  const length = { 'Content-Length': String(end - start + 1) };
  const body = request.method === 'GET' && end >= start ? { body: { start, end } } : {};
  if (range === 'whole') return { status: 200, headers: { ...headers, ...length }, ...body };
  const at = { 'Content-Range': `bytes ${start}-${end}/${file.sizeBytes}` };
  return { status: 206, headers: { ...headers, ...length, ...at }, ...body };
}

function parseRange(
  header: string | undefined,
  sizeBytes: number,
): { start: number; end: number } | 'whole' | 'outside' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (!match || (first === '' && last === '')) return 'whole';
  if (first === '') {
    const suffix = Number(last);
    return suffix === 0 || sizeBytes === 0 ? 'outside' : { start: Math.max(0, sizeBytes - suffix), end: sizeBytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== '' && Number(last) < start) return 'whole';
  return start >= sizeBytes ? 'outside' : { start, end };
}
