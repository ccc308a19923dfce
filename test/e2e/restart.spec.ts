import { expect, test } from './app.ts';
import { still } from './rushes.ts';

test('a tab goes on when Shotloom was ended and started again, and what was done meanwhile is saved', async ({
  app,
}) => {
  const { editor } = app;
  await editor.newFilmOf(still.name);
  await editor.saved();
  await app.close();
  await expect(editor.at('edit.banner.lost')).toContainText('Shotloom was ended. Start it again');
  await editor.append(still.name);
  await expect(editor.at('edit.banner.lost')).toContainText('1 change is in this tab only');
  const film = await editor.film();

  await app.restart();
  await expect(editor.at('edit.banner.lost')).toBeHidden();
  await editor.saved();
  expect(await editor.film()).toEqual(film);
  await app.close();
  const [sequence] = (await app.filmOnDisk()).sequences;
  expect(sequence?.tracks.map((track) => track.clips.length)).toContain(2);
});
