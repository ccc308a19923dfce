import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Film, Sequence, TakeFacts } from '../document/film.ts';
import { fingerprint } from '../document/fingerprint.ts';
import type { GestureId } from '../document/ids.ts';
import { applyIntent, type Intent } from '../document/intent.ts';
import { diff } from '../document/patch.ts';
import type { Piece } from '../document/place-takes.ts';
import { takeLength } from '../document/take-length.ts';
import { maxFrames, noFrames, secondsToFramesNearest } from '../document/time.ts';
import { trackEnd } from '../document/track.ts';
import { type Command, CommandFailed, required } from './command.ts';
import { openForCommand, withEngine } from './engine-for.ts';

/** How long a still lasts when nobody says. */
const stillSeconds = 5;

export const add: Command = {
  name: 'add',
  takes: 'DIR FILE…',
  summary: 'import files and append them to V1, their sound to A1',
  options: [],
  examples: ['add film holiday.mp4 title.png', 'add film *.mov --json'],
  run: async (call) => {
    const folder = required(call, 0, 'DIR');
    required(call, 1, 'FILE');
    const paths = call.positionals.slice(1).map((path) => resolve(path));
    return withEngine(folder, async (engine) => {
      const project = await openForCommand(engine, folder);
      if (project.role !== 'editor') throw new CommandFailed(project.readOnly ?? { code: 'not-the-editor' });
      const { projectId } = project;
      const imported = await engine.client.library.importFiles({ projectId, paths });
      let { film, revision } = project;
      const added: object[] = [];
      for (const each of imported) {
        // One file that cannot be read ends the command; those before it are on the timeline and stay there.
        if (each.kind === 'refused') throw new CommandFailed(each.failure);
        const intent = appendIntent(film, each.entry.facts);
        const next = applied(film, intent);
        const entry = {
          cause: { kind: 'edit' as const, intent },
          patch: [...diff(film, next)],
          fingerprint: fingerprint(next),
        };
        const answer = await engine.client.project.append({
          projectId,
          editorId: engine.editorId,
          expectedRevision: revision,
          entry,
        });
        if (answer.kind === 'failed') throw new CommandFailed(answer.failure);
        film = next;
        revision = answer.revision;
        added.push({ path: each.path, takeId: each.entry.facts.id });
        call.progress(each.path);
      }
      return { value: { folder: project.folder, added }, lines: [`${added.length} added`] };
    });
  },
};

/** Appends behind whatever ends last on V1 and A1, so that picture and sound start together. */
function appendIntent(film: Film, take: TakeFacts): Intent {
  const [sequence] = film.sequences;
  if (!sequence) throw new Error('the film has no sequence');
  const video = sequence.tracks.find((track) => track.kind === 'video');
  const audio = sequence.tracks.find((track) => track.kind === 'audio');
  const at = maxFrames(video ? trackEnd(video) : noFrames, audio ? trackEnd(audio) : noFrames);
  const piece: Piece = {
    take,
    sourceIn: noFrames,
    length: lengthOn(sequence, take),
    ...(take.picture && video ? { videoTrackId: video.id } : {}),
    ...(take.sound && audio ? { audioTrackId: audio.id } : {}),
  };
  const gesture = `gesture-${randomUUID()}` as GestureId;
  return { kind: 'place', gesture, sequenceId: sequence.id, at, mode: 'overwrite', pieces: [piece] };
}

function lengthOn(sequence: Sequence, take: TakeFacts) {
  const length = takeLength(take, sequence.rate);
  return length === 'endless' ? secondsToFramesNearest(stillSeconds, sequence.rate) : length;
}

function applied(film: Film, intent: Intent): Film {
  const result = applyIntent(film, intent);
  if (result.kind === 'edited') return result.film;
  throw new CommandFailed({ code: 'bad-request', reason: result.refusal.code.replaceAll('-', ' ') });
}
