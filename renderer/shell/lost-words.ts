import type { MessageKey } from '../i18n/messages.ts';
import type { LossCause } from '../state/connection.ts';

/** Why the engine cannot be reached and what the editor can do about it, where no film is open. */
export const lostWords: Readonly<Record<LossCause, MessageKey>> = {
  'engine-away': 'connection.lostStart',
  'host-gone': 'connection.hostGone',
  'signed-out': 'connection.signedOut',
};
