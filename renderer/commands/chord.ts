/**
 * One key with its modifiers. Bare keys go by their place on the keyboard, so that J K L lie side by side on every
 * layout; keys with Mod go by the character they write, as in every other program. Source: EDITING §2.
 */
export type Chord = ChordModifiers &
  ({ readonly by: 'place'; readonly code: string } | { readonly by: 'character'; readonly key: string });

interface ChordModifiers {
  /** Ctrl, or Command on a Mac. */
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** What a chord needs to know of a key press. */
export type KeyPress = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/**
 * Reads `Mod+Shift+k`, `Alt+ArrowLeft`, `KeyJ`, `?`. A single letter or sign is a character, anything longer a
 * `KeyboardEvent.code`. Throws for an unknown modifier.
 */
export function chord(text: string): Chord {
  const parts = text.split(/\+(?!$)/);
  const last = parts.at(-1) ?? '';
  const modifiers = new Set(parts.slice(0, -1));
  for (const name of modifiers) if (!/^(Mod|Shift|Alt)$/.test(name)) throw new Error(`no modifier ${name} in ${text}`);
  const held = { mod: modifiers.has('Mod'), shift: modifiers.has('Shift'), alt: modifiers.has('Alt') };
  return last.length === 1 ? { by: 'character', key: last, ...held } : { by: 'place', code: last, ...held };
}

export function pressMatches(wanted: Chord, press: KeyPress, isMac: boolean): boolean {
  const mod = isMac ? press.metaKey : press.ctrlKey;
  const otherMod = isMac ? press.ctrlKey : press.metaKey;
  if (mod !== wanted.mod || otherMod || press.altKey !== wanted.alt) return false;
  if (wanted.by === 'place') return press.code === wanted.code && press.shiftKey === wanted.shift;
  // A sign such as ? says itself which keys it takes; a letter is written in capitals while Shift is down.
  const isLetter = /^\p{L}$/u.test(wanted.key);
  return press.key.toLowerCase() === wanted.key && (!isLetter || press.shiftKey === wanted.shift);
}

const placeNames: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Equal: '=',
  Minus: '-',
  Backslash: '\\',
  BracketLeft: '[',
  BracketRight: ']',
  Comma: ',',
  Period: '.',
  Enter: '↵',
  Backspace: '⌫',
  Backquote: '`',
  Escape: 'Esc',
  Delete: 'Del',
};

/** A chord as the editor reads it on a menu: `Ctrl K`, `⌘K`, `Shift ←`. */
export function chordLabel({ mod, shift, alt, ...wanted }: Chord, isMac: boolean): string {
  const key =
    wanted.by === 'character' ? wanted.key.toUpperCase() : (placeNames[wanted.code] ?? wanted.code.replace(/^Key/, ''));
  if (isMac) return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${key}`;
  return [mod && 'Ctrl', alt && 'Alt', shift && 'Shift', key].filter(Boolean).join(' ');
}
