import { type Failure, FailureError } from '../contract/failure.ts';

// What V8, the C++ library and ONNX Runtime's arena say when there is no memory left; the last one says how much.
const outOfMemory = /bad_alloc|bad allocation|Array buffer allocation failed|Failed to allocate memory/;
const requestedBytes = /requested buffer of size (\d+)/;

/** What went wrong in making a shot, as the value that the engine gets. An error nobody foresaw is logged with an id. */
export function failureOf(error: unknown, log: (line: string) => void): Failure {
  if (error instanceof FailureError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  if (outOfMemory.test(message)) {
    const neededBytes = Number(requestedBytes.exec(message)?.[1] ?? 0);
    return { code: 'out-of-memory', neededBytes, freeBytes: process.availableMemory() };
  }
  const reportId = crypto.randomUUID();
  log(`report ${reportId}: ${error instanceof Error ? error.stack : message}`);
  return { code: 'internal', reportId };
}
