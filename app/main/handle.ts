import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import type { z } from 'zod';
import { windowOrigin } from '../../engine/contract/desktop-bridge.ts';
import type { DesktopChannel } from '../../engine/contract/desktop-requests.ts';

/**
 * Answers one channel. Nothing reaches `answer` but a request of the right shape from the top frame of one of our own
 * windows at our own address; anything else is refused without a word of why.
 */
export function handle<Request>(
  channel: DesktopChannel,
  schema: z.ZodType<Request>,
  answer: (request: Request, sender: WebContents) => unknown,
): void {
  ipcMain.handle(channel, (event: IpcMainInvokeEvent, said: unknown) => {
    const request = schema.safeParse(said);
    if (!isOurs(event) || !request.success) throw new Error('refused');
    return answer(request.data, event.sender);
  });
}

function isOurs({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === windowOrigin;
}
