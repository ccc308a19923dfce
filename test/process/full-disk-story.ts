// What an engine goes through as its disk fills up and is cleared again; told on standard output as one JSON object. Run
// by full-disk.test.ts with a small disk as the only argument.
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError } from '../../engine/contract/failure.ts';
import { benchEngine, clip, done, editor, importClip, rename } from '../../engine/host/testing/bench-engine.ts';

const disk = process.argv[2] ?? '';
const filler = join(disk, 'filler');
const fill = () => {
  for (let bytes = freeBytes(); bytes > 0; bytes = freeBytes())
    writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' });
};
const freeBytes = () => {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
};
const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
  );

const bench = benchEngine({}, disk);
const session = await bench.newProject();
const kept = await importClip(session, clip);
await rename(session, 'Before');
fill();
// What is left of the page that the journal ends in takes a few more.
let acknowledged = 1;
let gesture = 'done';
while (gesture === 'done') {
  gesture = await outcomeOf(rename(session, `Full ${acknowledged}`));
  if (gesture === 'done') acknowledged += 1;
}
const imported = await session.importFile(join(import.meta.dirname, '../fixtures/media/bt601_matrix.mov'));
rmSync(filler);
const whenCleared = await outcomeOf(rename(session, 'Room again'));
acknowledged += 1;
fill();
await bench.end();

const second = benchEngine({}, disk);
const read = done(await second.engine.openProject(session.folder));
const onFullDisk = read.enter(editor, new AbortController().signal);
await second.end();
rmSync(filler);

const third = benchEngine({}, disk);
const whole = done(await third.engine.openProject(session.folder));
const afterwards = whole.enter(editor, new AbortController().signal);
const take = whole.library.find(kept.facts.id)?.kind;
await third.end();
console.log(
  JSON.stringify({
    whenFull: { gesture, import: imported.kind === 'refused' ? imported.failure.code : 'imported' },
    whenCleared,
    onFullDisk: [onFullDisk.film.name, onFullDisk.role, onFullDisk.readOnly?.code],
    afterwards: [afterwards.film.name, afterwards.role, take],
    lost: acknowledged - afterwards.revision,
  }),
);
