import { implement, ORPCError, onError, type Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { type Contract, contract } from '../contract/contract.ts';
import { onOrpcPort } from './orpc-port.ts';
import type { Port } from './port.ts';

/** Who is at the other end of a connection. */
export interface Caller {
  /** Aborted when the connection closes: what belongs to this window ends with it. */
  readonly gone: AbortSignal;
}

/** The contract, ready to be given its procedures. */
export const implementContract = () => implement(contract).$context<Caller>();

export type EngineRouter = Router<Contract, Caller>;

/**
 * Answers calls on ports. A call that throws is answered with an id only; `onFault` gets the error under the same
 * id, for the log.
 */
export function engineServer(
  router: EngineRouter,
  onFault: (error: unknown, reportId: string) => void,
): (port: Port) => void {
  const handler = new RPCHandler(router, {
    interceptors: [
      onError((error) => {
        // Bad input and cancelled calls are the caller's business; anything else is a fault of ours.
        if (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR') return;
        const reportId = crypto.randomUUID();
        onFault(error, reportId);
        throw new ORPCError('INTERNAL_SERVER_ERROR', { message: 'internal', data: { reportId } });
      }),
    ],
  });
  return (port) => {
    const leaving = new AbortController();
    port.onClose(() => leaving.abort());
    handler.upgrade(onOrpcPort(port), { context: { gone: leaving.signal } });
  };
}
