// Two programs hold the same film: the window edits it, the engine journals it. After every gesture both name it by
// its fingerprint, so a difference shows at once and not when the film is next opened.

const known = new WeakMap<object, string>();

/**
 * A 64-bit name for a plain JSON value, 16 hex digits, the same whatever the order of keys. Not a secure hash.
 * Parts that two documents share are hashed once: values handed in must never be changed afterwards.
 */
export function fingerprint(value: unknown): string {
  if (typeof value !== 'object' || value === null) return hash(JSON.stringify(value) ?? 'absent');
  const remembered = known.get(value);
  if (remembered) return remembered;
  const result = hash(Array.isArray(value) ? `[${value.map(fingerprint).join()}]` : `{${fieldsOf(value).join()}}`);
  known.set(value, result);
  return result;
}

function fieldsOf(record: object): string[] {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${fingerprint(value)}`);
}

// Two 32-bit FNV-1a lanes over UTF-16 code units, the second stirred by a rotation so that they do not agree.
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(((b << 5) | (b >>> 27)) ^ unit, 0x85ebca6b);
  }
  return hex(a) + hex(b);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
