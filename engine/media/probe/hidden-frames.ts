/** Whether packets of a codec may hold frames that are only decoded to predict others from. */
export function mayHideFrames(codec: string | null): boolean {
  return codec === 'vp8' || codec === 'vp9';
}

/**
 * Whether a packet holds nothing but a hidden frame: it has a time of its own in WebM, and nothing is shown at it.
 * Sources: RFC 6386, 9.1 (VP8's show_frame); VP9 bitstream specification, 6.2 (show_existing_frame, show_frame), and
 * Annex B: a superframe carries its hidden frames together with one that is shown.
 */
export function isHiddenFrame(codec: string, data: Uint8Array): boolean {
  if (!mayHideFrames(codec)) return false;
  const [first] = data;
  if (first === undefined) return true;
  if (codec === 'vp8') return ((first >> 4) & 1) === 0;
  if (isSuperframe(data)) return false;
  const isProfile3 = (first & 0x30) === 0x30;
  const showsExisting = (first >> (isProfile3 ? 2 : 3)) & 1;
  const isShown = (first >> (isProfile3 ? 0 : 1)) & 1;
  return showsExisting === 0 && isShown === 0;
}

// The index at the end of a superframe begins and ends with the same marker byte.
function isSuperframe(data: Uint8Array): boolean {
  const marker = data.at(-1) ?? 0;
  if ((marker & 0xe0) !== 0xc0) return false;
  const indexBytes = 2 + ((marker & 7) + 1) * (((marker >> 3) & 3) + 1);
  return data.at(-indexBytes) === marker;
}
