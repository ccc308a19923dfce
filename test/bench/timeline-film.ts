import type { Page } from '@playwright/test';
import { type Film, noCrop, type PictureClip, type SoundClip, type Track } from '../../engine/document/film.ts';
import type { ClipId, LinkId, TakeId } from '../../engine/document/ids.ts';
import { frames } from '../../engine/document/time.ts';
// For the window's `standIn`, which its pages declare.
import type {} from '../../renderer/testing/main.tsx';

const strideFrames = 48;

/** An empty project on the Edit page. */
export async function openProject(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/testing/index.html`);
  await page.getByTestId('start.new-project').click();
  await page.getByTestId('edit.timeline.lanes').waitFor();
}

/** Imports two takes, puts this many clips of them into the stand-in's film and opens it anew, as any film is opened. */
export async function fillFilm(page: Page, clipCount: number): Promise<void> {
  await page.getByTestId('edit.bin.import').click();
  await page.getByTestId('files.entry.Rushes').dblclick();
  for (const name of takeNames) {
    await page.getByTestId(`files.entry.${name}`).click({ modifiers: ['ControlOrMeta'] });
  }
  await page.getByTestId('files.accept').click();
  for (const name of takeNames) {
    await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
    await page.keyboard.press('e');
  }
  await page
    .getByRole('gridcell', { name: new RegExp(`^${takeNames[1]}`) })
    .first()
    .waitFor();
  await page.getByTestId('title.saving').waitFor({ state: 'detached' });
  const film = await page.evaluate(() => [...window.standIn.projects.values()][0]?.film);
  if (!film) throw new Error('no film');
  await page.evaluate(
    (filled) => {
      const [project] = window.standIn.projects.values();
      if (project) project.film = filled;
    },
    filled(film, clipCount),
  );
  await page.getByTestId('title.home').click();
  await page.getByTestId(`start.recent.${film.name}`).click();
  await page.getByTestId('edit.timeline.lanes').waitFor();
}

const takeNames = ['Harbour_A014.mov', 'Gulls_B002.mov'];

function filled(film: Film, clipCount: number): Film {
  const [sequence] = film.sequences;
  const [camera, second] = Object.keys(film.takes) as TakeId[];
  if (!sequence || !camera || !second) throw new Error('the takes are not in the film');
  const perTrack = clipCount / sequence.tracks.length;
  const tracks = sequence.tracks.map((track, lane): Track => {
    const takeId = lane % 2 === 0 ? camera : second;
    const places = Array.from({ length: perTrack }, (_, index) => placed(`${track.id}-${index}`, index, takeId, lane));
    return track.kind === 'video'
      ? { ...track, clips: places.map((place): PictureClip => ({ ...place, kind: 'picture', framing })) }
      : { ...track, clips: places.map((place): SoundClip => ({ ...place, kind: 'sound', gainDb: 0 })) };
  });
  return { ...film, sequences: [{ ...sequence, tracks }] };
}

const framing = { xPx: 0, yPx: 0, scale: 1, crop: noCrop, opacity: 1 };

function placed(id: string, index: number, takeId: TakeId, lane: number) {
  const recordIn = index * strideFrames;
  return {
    id: id as ClipId,
    takeId,
    linkId: `${lane % 2}-${index}` as LinkId,
    recordIn: frames(recordIn),
    recordOut: frames(recordIn + strideFrames - 4),
    sourceIn: frames((index * 7) % 60),
  };
}
