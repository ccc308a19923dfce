import type { MediaId } from '../../../engine/contract/ids.ts';
import type { LibraryEntry, TakeView } from '../../../engine/contract/library.ts';
import type { MediaFacts, ShotRequest } from '../../../engine/contract/take.ts';
import type { TakeFacts } from '../../../engine/document/film.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { samples } from '../../../engine/document/time.ts';
import { nameOf } from '../../i18n/told-sentences.ts';
import { drawScene, filmstripOf, peaksOf, type Scene } from './pictures.ts';
import type { ShelfFile } from './shelf.ts';

/** Where the stand-in puts what the window reads at `/media/<id>`. */
export interface MediaStore {
  add(id: MediaId, blob: Blob): MediaId;
}

type ReadyEntry = Extract<LibraryEntry, { kind: 'ready' }>;

export const standInRate = { num: 12, den: 1 } as const;

/** The facts of a take made from a request: the promise at first, and the truth later. */
export function factsOfShot(takeId: TakeId, name: string, request: ShotRequest): TakeFacts {
  const { frameCount, widthPx, heightPx } = request;
  return {
    id: takeId,
    name,
    origin: 'generated',
    picture: { kind: 'moving', rate: standInRate, frameCount, widthPx, heightPx },
  };
}

export function importedEntry(takeId: TakeId, file: ShelfFile, media: MediaStore): ReadyEntry {
  const { picture, soundSeconds } = file;
  const size = picture && { widthPx: picture.widthPx, heightPx: picture.heightPx };
  const facts: TakeFacts = {
    id: takeId,
    name: nameOf(file.path),
    origin: 'imported',
    ...(size && {
      picture: picture.moving ? { kind: 'moving', ...picture.moving, ...size } : { kind: 'still', ...size },
    }),
    ...(soundSeconds && { sound: { sampleRateHz: 48000, sampleCount: samples(Math.round(soundSeconds * 48000)) } }),
  };
  return {
    kind: 'ready',
    facts,
    record: {
      version: 1,
      facts,
      createdAt: '2026-11-20T12:00:00.000Z',
      origin: {
        kind: 'imported',
        file: { absolutePath: file.path, sizeBytes: file.sizeBytes, modifiedMs: 0, sampleHash: takeId },
        media: mediaFactsOf(facts),
      },
    },
    view: viewOf(facts, sceneNamed(file.path), media),
  };
}

export function generatedEntry(facts: TakeFacts, request: ShotRequest, media: MediaStore): ReadyEntry {
  const words = request.prompt.split(/\s+/);
  return {
    kind: 'ready',
    facts,
    record: {
      version: 1,
      facts,
      createdAt: '2026-11-20T12:00:00.000Z',
      origin: {
        kind: 'generated',
        recipe: {
          ...request,
          packName: 'Loom Mini',
          packVersion: '0.1',
          packHash: 'a'.repeat(64),
          understood: words.slice(0, 4),
          ignored: words.slice(4),
          provider: 'cpu',
          appVersion: '0.1.0',
          secondsSpent: 6.2,
        },
        file: 'frames.mkv',
        sha256: 'b'.repeat(64),
        media: mediaFactsOf(facts),
        digitalSourceType: 'trainedAlgorithmicMedia',
      },
    },
    view: viewOf(facts, request.prompt.includes('night') ? 'night' : 'dusk', media),
  };
}

function viewOf(facts: TakeFacts, scene: Scene, media: MediaStore): TakeView {
  const id = (part: string) => `${facts.id}-${part}` as MediaId;
  const poster = facts.picture && media.add(id('poster'), drawScene(scene, 0.4, 640, 360));
  return {
    ...(facts.picture?.kind === 'moving' && {
      filmstrip: filmstripOf(scene, facts.picture.frameCount, (blob) => media.add(id('strip'), blob)),
    }),
    ...(poster && { poster, picture: { kind: 'still', media: poster } }),
    ...(facts.sound && {
      peaks: media.add(id('peaks'), peaksOf(facts.sound.sampleCount / facts.sound.sampleRateHz, facts.id)),
    }),
  };
}

function sceneNamed(path: string): Scene {
  if (path.includes('Harbour')) return 'harbour';
  return path.includes('Gulls') ? 'sky' : 'map';
}

function mediaFactsOf(facts: TakeFacts): MediaFacts {
  const size = facts.picture;
  return {
    container: 'mov',
    ...(size && {
      picture: {
        streamIndex: 0,
        codec: 'h264',
        pixelFormat: 'yuv420p',
        codedWidthPx: size.widthPx,
        codedHeightPx: size.heightPx,
        pixelAspect: { num: 1, den: 1 },
        rotationDegrees: 0,
        isMirrored: false,
        hasAlpha: false,
        colour: { matrix: 'bt709', range: 'limited', primaries: 'bt709', transfer: 'bt709', isGuessed: false },
        timing: 'constant',
      },
    }),
    ...(facts.sound && {
      sound: { streamIndex: 1, codec: 'aac', channelCount: 2, sampleRateHz: 48000, startsAtSample: 0 },
    }),
  };
}
