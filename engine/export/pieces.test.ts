import { expect, test } from 'vitest';
import type { Film, Framing } from '../document/film.ts';
import { filmOf, notationSequence } from '../document/film-notation.ts';
import type { TakeId } from '../document/ids.ts';
import { compilePlan } from '../render/plan.ts';
import type { PictureFile } from './export-take.ts';
import { pieceGraph } from './filter-graph.ts';
import { cutIntoPieces, type PictureOf, type Piece, pieceLimits } from './pieces.ts';
import { pieceArguments } from './render-film.ts';
import { numberedStream } from './testing/numbered-clips.ts';

const camera: PictureFile = {
  path: "/home/someone/it's; [v]overlay=1 漢字.mp4",
  container: 'mp4',
  stream: { ...numberedStream, codedWidthPx: 1920, codedHeightPx: 1080 },
};
const everyTake: PictureOf = () => camera;

const piecesOf = (film: Film, picture = everyTake) => cutIntoPieces(compilePlan(film, notationSequence), picture);

/** `A+5:10-20` for each file read, and what is done with each span. */
function show(pieces: readonly Piece[]): string {
  return pieces
    .map(({ runs, shows }) => {
      const read = runs.map((run) => `${run.takeId}+${run.sourceIn}:${run.in}-${run.out}`).join(' ');
      const shown = shows.map((showing) => `${showing.in}-${showing.out} ${showing.kind}`).join(', ');
      return `${read} | ${shown}`;
    })
    .join(' || ');
}

function framed(film: Film, track: string, framing: Partial<Framing>): Film {
  return {
    ...film,
    sequences: film.sequences.map((sequence) => ({
      ...sequence,
      tracks: sequence.tracks.map((each) =>
        each.kind === 'video' && each.id === track
          ? { ...each, clips: each.clips.map((clip) => ({ ...clip, framing: { ...clip.framing, ...framing } })) }
          : each,
      ),
    })),
  };
}

test('a picture under short insets is read once and touched only where they lie', () => {
  const film = framed(filmOf('V2 C:20-30 C:40-50 | V1 A+3:0-60'), 'v2', { scale: 0.5 });
  expect(show(piecesOf(film))).toBe(
    'A+3:0-60 C+0:20-30 C+0:40-50 | 0-20 untouched, 20-30 inset, 30-40 untouched, 40-50 inset, 50-60 untouched',
  );
});

test('where pictures cover more than half of the frame, or the one below is itself changed, all of it is composed', () => {
  const kindOf = (above: Partial<Framing>, below: Partial<Framing> = {}) =>
    piecesOf(framed(framed(filmOf('V2 C:0-10 | V1 A:0-10'), 'v2', above), 'v1', below))[0]?.shows[0]?.kind;
  expect(kindOf({ scale: 0.5 })).toBe('inset');
  expect(kindOf({ scale: 0.8 })).toBe('composed');
  expect(kindOf({ scale: 0.5 }, { scale: 1.1 })).toBe('composed');
});

test('a cut left in place reads on; a gap and a take without frames are black', () => {
  expect(show(piecesOf(filmOf('V1 A:0-10 A+10:10-20')))).toBe('A+0:0-20 | 0-10 untouched, 10-20 untouched');
  const withoutB: PictureOf = (takeId) => (takeId === 'B' ? undefined : camera);
  expect(show(piecesOf(filmOf('V1 A:0-10 B:20-30'), withoutB))).toBe(
    'A+0:0-10 | 0-10 untouched, 10-20 black, 20-30 black',
  );
});

test('what is covered is not read at all', () => {
  expect(show(piecesOf(filmOf('V2 C:0-10 | V1 A:0-10')))).toBe('C+0:0-10 | 0-10 untouched');
});

test('only samples that are delivered as they are pass untouched', () => {
  const film = filmOf('V1 A:0-10');
  const kindOf = (changes: object, framing: Partial<Framing> = {}) => {
    const picture = { ...camera, stream: { ...camera.stream, ...changes } };
    return piecesOf(framed(film, 'v1', framing), () => picture)[0]?.shows[0]?.kind;
  };
  expect(kindOf({})).toBe('untouched');
  const { colour } = camera.stream;
  for (const changes of [
    { pixelFormat: 'yuv420p10le' },
    { colour: { ...colour, matrix: 'bt601' } },
    { colour: { ...colour, range: 'full' } },
    { colour: { ...colour, primaries: 'bt2020' } },
    { rotationDegrees: 180 },
    { isMirrored: true },
    { codec: 'mjpeg' },
    { hasAlpha: true },
    { codedWidthPx: 1440 },
  ]) {
    expect([changes, kindOf(changes)]).toEqual([changes, 'composed']);
  }
  expect(kindOf({}, { opacity: 0.5 })).toBe('composed');
  expect(kindOf({}, { xPx: 1 })).toBe('composed');
});

test('a film of many files is cut into pieces that open few, one after the other', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const film = filmOf(`V1 ${letters.map((letter, index) => `${letter}:${index * 5}-${index * 5 + 5}`).join(' ')}`);
  const pieces = piecesOf(film);
  expect(pieces.map((piece) => `${piece.in}-${piece.out}`)).toEqual(['0-40', '40-80', '80-120', '120-130']);
  expect(Math.max(...pieces.map((piece) => piece.runs.length))).toBe(pieceLimits.runs);
});

test('a film of a thousand cuts in one take stays within what one command may hold', () => {
  const clips = Array.from({ length: 1000 }, (_, index) => `A+${(index * 7) % 190}:${index * 2}-${index * 2 + 2}`);
  const film = filmOf(`V1 ${clips.join(' ')}`);
  const plan = compilePlan(film, notationSequence);
  const lengths = piecesOf(film).map((piece) => {
    const graph = pieceGraph(plan, piece, 'zscale', 'yuv420p');
    return pieceArguments(graph, 2).join(' ').length;
  });
  expect(Math.max(...lengths)).toBeLessThan(32_000);
});

test('no word of the editor reaches the filters', () => {
  const film = framed(filmOf('V2 C:5-8 | V1 A:0-10'), 'v2', { scale: 0.5, opacity: 0.5 });
  const named = { ...film, takes: renamed(film) };
  const plan = compilePlan(named, notationSequence);
  const [piece] = piecesOf(named);
  if (!piece) throw new Error('no piece');
  const { filters, inputs } = pieceGraph(plan, piece, 'zscale', 'yuv420p');
  expect(filters).not.toMatch(/someone|secret|漢|it's/);
  expect(inputs[0]).toContain(`file:${camera.path}`);
});

function renamed(film: Film): Film['takes'] {
  return Object.fromEntries(
    Object.entries(film.takes).map(([id, take]) => [id as TakeId, { ...take, name: "secret'];[0:v]" }]),
  );
}

test('an untouched span is neither converted nor scaled', () => {
  const film = filmOf('V1 A:0-10');
  const [piece] = piecesOf(film);
  if (!piece) throw new Error('no piece');
  const { filters } = pieceGraph(compilePlan(film, notationSequence), piece, 'zscale', 'yuv420p');
  expect(filters).not.toMatch(/scale|gbrp|overlay/);
});
