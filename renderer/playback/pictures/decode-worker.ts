import { DecodeQueue } from './decode-queue.ts';
import { openPictures } from './picture-reader.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

// Decoding off the window's thread. The document's types know windows only; this is what a worker has of one.
interface WorkerScope {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}
const scope = globalThis as unknown as WorkerScope;

const queue = new DecodeQueue({
  open: openPictures,
  onPicture: (key, picture, { url }) => scope.postMessage({ kind: 'picture', key, url, picture }, [picture]),
  onUnreadable: (takeId, reason) => scope.postMessage({ kind: 'unreadable', takeId, reason }),
});

scope.addEventListener('message', ({ data }) => {
  if (data.kind === 'files') queue.setFiles(data.files);
  else void queue.want(data.due, data.ahead);
});
