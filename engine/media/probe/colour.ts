import type { Colour } from '../../contract/take.ts';

/** What a file says of its colours, in the names of ffmpeg or of WebCodecs; absent where it says nothing. */
export interface ColourTags {
  readonly matrix?: string | undefined;
  readonly range?: 'limited' | 'full' | undefined;
  readonly primaries?: string | undefined;
  readonly transfer?: string | undefined;
}

const matrices: Readonly<Record<string, Colour['matrix']>> = {
  bt709: 'bt709',
  smpte240m: 'bt709', // within 1 % of it
  bt470bg: 'bt601',
  smpte170m: 'bt601',
  fcc: 'bt601', // within 1 % of it
  bt2020nc: 'bt2020',
  'bt2020-ncl': 'bt2020',
  bt2020c: 'bt2020',
  gbr: 'rgb',
  rgb: 'rgb',
};

const ffmpegNames: Readonly<Record<string, string>> = {
  pq: 'smpte2084',
  hlg: 'arib-std-b67',
  'iec61966-2.1': 'iec61966-2-1',
};

/**
 * How the samples of a picture are read. What the file does not say is guessed, and marked: matrix BT.709 from 720
 * coded lines up and BT.601 below, as broadcast was when HD came; range limited. Preview and export read this and
 * never a decoder's own guess, so a wrong one is at least the same in both.
 * Names are ffmpeg's (`smpte2084`, `arib-std-b67`); `unknown` where there is none.
 */
export function colourOf(
  tags: ColourTags,
  picture: { readonly codedHeightPx: number; readonly isRgb: boolean },
): Colour {
  const names = { primaries: nameOf(tags.primaries), transfer: nameOf(tags.transfer) };
  if (picture.isRgb) return { matrix: 'rgb', range: tags.range ?? 'full', ...names, isGuessed: false };
  const told = matrices[tags.matrix ?? ''];
  const matrix = told && told !== 'rgb' ? told : guessedMatrix(tags, picture.codedHeightPx);
  return { matrix, range: tags.range ?? 'limited', ...names, isGuessed: told === undefined };
}

/** Whether a picture's light goes beyond the screen's: it is then mapped down to it wherever it is shown. */
export function isHighDynamicRange(colour: Colour): boolean {
  return colour.transfer === 'smpte2084' || colour.transfer === 'arib-std-b67';
}

// A file that names the primaries of ultra HD and forgets its matrix means that one: there is no other for them.
function guessedMatrix(tags: ColourTags, codedHeightPx: number): Colour['matrix'] {
  if (tags.primaries === 'bt2020') return 'bt2020';
  return codedHeightPx >= 720 ? 'bt709' : 'bt601';
}

function nameOf(tag: string | undefined): string {
  return tag === undefined ? 'unknown' : (ffmpegNames[tag] ?? tag);
}
