import type { KeyPress } from './chord.ts';

/**
 * Whether a text field uses a key itself: to write, to move the caret, to select, or for its own undo and clipboard.
 * The function keys and everything else with Ctrl or Command are commands, there as anywhere.
 */
export function isTextKey({ key, ctrlKey, metaKey, altKey }: Omit<KeyPress, 'code' | 'shiftKey'>): boolean {
  if (/^F\d+$/.test(key)) return false;
  const isMod = ctrlKey || metaKey;
  // Ctrl and Alt together are AltGr on Windows, which writes @ and € on many layouts.
  if (!isMod || altKey) return true;
  return editingKeys.has(key.toLowerCase());
}

const editingKeys = new Set([
  ...['a', 'c', 'v', 'x', 'y', 'z'],
  ...['arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'home', 'end', 'pageup', 'pagedown'],
  ...['backspace', 'delete', 'insert'],
]);
