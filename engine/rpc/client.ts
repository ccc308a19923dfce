import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../contract/contract.ts';
import { onOrpcPort } from './orpc-port.ts';
import type { Port } from './port.ts';

/** The engine as seen from a window, a command or a host: typed calls, cancelled by AbortSignal. */
export type EngineClient = ContractRouterClient<Contract>;

/** Calls the engine at the other end of a port. Calls in flight when it closes, and calls made later, are rejected. */
export function connectEngine(port: Port): EngineClient {
  const open = onOrpcPort(port);
  let isOpen = true;
  port.onClose(() => {
    isOpen = false;
  });
  // A port that is closed drops what it is given, and oRPC would wait for the answer without end.
  const postMessage: typeof open.postMessage = (...message) => {
    if (!isOpen) throw new Error('the connection to the engine is gone');
    open.postMessage(...message);
  };
  return createORPCClient(new RPCLink({ port: { ...open, postMessage } }));
}

/** Whether a call was rejected because the connection went away, so that it may be made again on a new one. */
export function isConnectionLoss(error: unknown): boolean {
  return !(error instanceof ORPCError);
}

/** The id under which the engine logged the fault that made a call fail. */
export function reportIdOf(error: unknown): string | undefined {
  const data: unknown = error instanceof ORPCError ? error.data : undefined;
  if (typeof data !== 'object' || data === null || !('reportId' in data)) return undefined;
  return typeof data.reportId === 'string' ? data.reportId : undefined;
}
