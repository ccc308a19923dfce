import type { Chord } from '../commands/chord.ts';

/**
 * A chord as the menu bar spells it, or undefined where it has no place there. On macOS a menu would take a bare key
 * from whoever is typing, so only those with Command stand in it.
 */
export function acceleratorOf({ mod, shift, alt, ...wanted }: Chord, isMac: boolean): string | undefined {
  if (isMac && !mod) return undefined;
  const key = wanted.by === 'character' ? wanted.key.toUpperCase() : keyNames[wanted.code];
  if (key === undefined) return undefined;
  return [mod && 'CommandOrControl', alt && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const same = ['Space', 'Backspace', 'Delete', 'Enter', 'Home', 'End', 'PageUp', 'PageDown'];
const functionKeys = Array.from({ length: 12 }, (_, index) => `F${index + 1}`);

/** Electron's names of keys, by their place on the keyboard. */
const keyNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(letters.map((letter) => [`Key${letter}`, letter])),
  ...Object.fromEntries([...same, ...functionKeys].map((name) => [name, name])),
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc',
  Equal: '=',
  Minus: '-',
  Backslash: '\\',
  BracketLeft: '[',
  BracketRight: ']',
  Comma: ',',
  Period: '.',
};
