import { expect, test } from './drive.ts';

// One pixel is 0.8 frames at the zoom a project opens with: 30 px a second at 24 frames.

test('takes are dragged from the bin: over what lies there, or with Ctrl between, and words say which', async ({
  window,
}) => {
  await window.newProject();
  await window.import('Harbour_A014.mov', 'Map insert.png');
  await window.append('Harbour_A014.mov');
  const lanes = await window.at('edit.timeline.lanes').boundingBox();
  const card = await window.take('Map insert.png').boundingBox();
  if (!lanes || !card) throw new Error('no lanes or card');
  const { mouse, keyboard } = window.page;

  await mouse.move(card.x + 30, card.y + 30);
  await mouse.down();
  await mouse.move(lanes.x + 60, lanes.y + 110, { steps: 4 });
  await window.nextFrame();
  await expect(window.at('edit.timeline.drag-label')).toHaveText(/^Overwrite at 00:00:02:00/);
  await keyboard.down('Control');
  await mouse.move(lanes.x + 62, lanes.y + 110);
  await window.nextFrame();
  await expect(window.at('edit.timeline.drag-label')).toHaveText(/^Insert at .*push right/);
  await mouse.up();
  await keyboard.up('Control');
  expect(await window.track('V1')).toHaveLength(3);
  expect((await window.track('V1'))[1]).toMatch(/^Map insert\.png, starts 2 seconds/);
  await keyboard.press('Home');
  await keyboard.press('ArrowRight'); // a key of the timeline again, not of the bin
  expect(await window.timecode()).toBe('00:00:00:01');
});

test('a drag that Escape ends leaves no trace', async ({ window }) => {
  await window.newProject();
  await window.import('Map insert.png');
  await window.append('Map insert.png');
  const before = await window.track('V1');
  await window.drag(window.clip('Map insert.png', 'V1'), { x: 200 }, { hold: true });
  await expect(window.at('edit.timeline.drag-label')).toBeVisible();
  await window.page.keyboard.press('Escape');
  await window.page.mouse.up();
  await expect(window.at('edit.timeline.drag-label')).toBeHidden();
  expect(await window.track('V1')).toEqual(before);
});

test('a picture moves with its sound, to another track, and back with one undo', async ({ window }) => {
  await window.newProject();
  await window.import('Harbour_A014.mov');
  await window.append('Harbour_A014.mov');
  await window.drag(window.clip('Harbour_A014.mov', 'V1'), { x: 120, y: -80 });
  expect(await window.track('V2')).toEqual(['Harbour_A014.mov, starts 4 seconds, lasts 8 seconds 8 frames']);
  expect(await window.track('A1')).toEqual(['Harbour_A014.mov, starts 4 seconds, lasts 8 seconds 8 frames']);
  await window.page.keyboard.press('Control+z');
  expect(await window.track('V1')).toEqual(['Harbour_A014.mov, starts 0 frames, lasts 8 seconds 8 frames']);
  await window.page.keyboard.press('Control+Shift+z');
  expect(await window.track('V2')).toHaveLength(1);
});

test('an edge is trimmed with its offset at the pointer, and stops where the media ends', async ({ window }) => {
  await window.newProject();
  await window.import('Harbour_A014.mov');
  await window.append('Harbour_A014.mov');
  const clip = window.clip('Harbour_A014.mov', 'V1');
  await window.drag(clip, { x: -60 }, { at: 0.985, hold: true });
  await expect(window.at('edit.timeline.drag-label')).toHaveText('−00:02:00');
  await window.page.mouse.up();
  expect(await window.track('A1')).toEqual(['Harbour_A014.mov, starts 0 frames, lasts 6 seconds 8 frames']);
  await window.drag(clip, { x: 300 }, { at: 0.985, hold: true });
  await expect(window.at('edit.timeline.drag-label')).toHaveText('+00:02:00End of media');
  await window.page.mouse.up();
  expect(await window.track('V1')).toEqual(['Harbour_A014.mov, starts 0 frames, lasts 8 seconds 8 frames']);
});

test('the razor and its key cut; delete leaves a gap, ripple delete closes it', async ({ window }) => {
  await window.newProject();
  await window.import('Map insert.png');
  await window.append('Map insert.png');
  const { keyboard, mouse } = window.page;
  const box = await window.clip('Map insert.png', 'V1').boundingBox();
  if (!box) throw new Error('no clip');
  await keyboard.press('c');
  await mouse.click(box.x + 60, box.y + 40);
  expect(await window.track('V1')).toHaveLength(2);
  await keyboard.press('v');
  await keyboard.press('Home');
  for (let step = 0; step < 6; step++) await keyboard.press('Shift+ArrowRight');
  await keyboard.press('Control+k');
  expect(await window.track('V1')).toHaveLength(3);

  await window.clips('Map insert.png').nth(1).click();
  await keyboard.press('Delete');
  expect(await window.track('V1')).toHaveLength(2);
  await expect(window.page.getByRole('gridcell', { name: /^Gap/ })).toHaveCount(1);
  await keyboard.press('Control+z');
  await window.clips('Map insert.png').nth(1).click();
  await keyboard.press('Shift+Delete');
  await expect(window.page.getByRole('gridcell', { name: /^Gap/ })).toHaveCount(0);
  expect(await window.track('V1')).toHaveLength(2);
});

test('every drag has its keys: nudge, change track, choose an edge and trim it', async ({ window }) => {
  await window.newProject();
  await window.import('Map insert.png');
  await window.append('Map insert.png');
  const { keyboard } = window.page;
  await window.clip('Map insert.png', 'V1').click();
  await keyboard.press('Alt+Shift+ArrowRight');
  await keyboard.press('Alt+ArrowRight');
  await keyboard.press('Alt+Shift+ArrowUp');
  await keyboard.press(']');
  await keyboard.press('Control+Shift+ArrowLeft');
  await keyboard.press('Control+ArrowLeft');
  expect(await window.track('V2')).toEqual(['Map insert.png, starts 6 frames, lasts 3 seconds 13 frames']);
});

test('the grid is walked with arrows, and Enter shows a clip in the inspector', async ({ window }) => {
  await window.newProject();
  await window.import('Harbour_A014.mov', 'Map insert.png');
  await window.append('Harbour_A014.mov', 'Map insert.png');
  const { keyboard } = window.page;
  await window.clips('Harbour_A014.mov').first().focus();
  await keyboard.press('ArrowRight');
  await expect(window.clip('Map insert.png', 'V1')).toBeFocused();
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowDown');
  await expect(window.clip('Harbour_A014.mov', 'A1')).toBeFocused();
  await keyboard.press('Enter');
  await expect(window.clip('Harbour_A014.mov', 'V1')).toHaveAttribute('aria-selected', 'true');
  await expect(window.at('edit.inspector.clip')).toBeVisible();
});

test('after a click on a clip the arrows step the playhead', async ({ window }) => {
  await window.newProject();
  await window.import('Map insert.png');
  await window.append('Map insert.png');
  await window.page.keyboard.press('Home');
  await window.clip('Map insert.png', 'V1').click();
  await window.page.keyboard.press('ArrowRight');
  await window.page.keyboard.press('Shift+ArrowRight');
  expect(await window.timecode()).toBe('00:00:00:06');
});

test('a lasso selects what it touches, and a locked track says so', async ({ window }) => {
  await window.newProject();
  await window.import('Harbour_A014.mov', 'Map insert.png');
  await window.append('Harbour_A014.mov', 'Map insert.png');
  const lanes = await window.at('edit.timeline.lanes').boundingBox();
  if (!lanes) throw new Error('no lanes');
  const { mouse, keyboard } = window.page;
  await mouse.move(lanes.x + 600, lanes.y + 30);
  await mouse.down();
  await mouse.move(lanes.x + 20, lanes.y + 120, { steps: 4 });
  await window.nextFrame();
  await mouse.up();
  await expect(window.page.locator('[role=gridcell][aria-selected=true]')).toHaveCount(2);

  await window.at('edit.timeline.track.v1.lock').click();
  await keyboard.press('Alt+ArrowRight');
  await expect(window.at('window.notice')).toHaveText(/V1 is locked/);
});

test('framing is scrubbed in the inspector and kept as one undo step', async ({ window }) => {
  await window.newProject();
  await window.import('Map insert.png');
  await window.append('Map insert.png');
  await window.clip('Map insert.png', 'V1').click();
  const { keyboard } = window.page;
  await window.at('edit.inspector.opacity').fill('40');
  await keyboard.press('Enter');
  await expect(window.at('edit.inspector.opacity')).toHaveValue('40');
  await window.at('edit.inspector.x').focus();
  await keyboard.press('Shift+ArrowUp');
  await expect(window.at('edit.inspector.x')).toHaveValue('10');
  await window.at('title.undo').click();
  await expect(window.at('edit.inspector.x')).toHaveValue('0');
  await expect(window.at('edit.inspector.opacity')).toHaveValue('40');
});

test('keys of a text field are not commands, and Space on a clicked button plays', async ({ window }) => {
  await window.newProject();
  await window.import('Map insert.png');
  await window.append('Map insert.png');
  const { keyboard } = window.page;
  await window.at('edit.bin.search').click();
  await keyboard.type('c e k');
  await expect(window.at('edit.bin.search')).toHaveValue('c e k');
  expect(await window.track('V1')).toHaveLength(1);
  await keyboard.press('Escape');
  await keyboard.press('Home');
  await window.at('edit.timeline.snapping').click();
  await keyboard.press('Space');
  await expect(window.page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await keyboard.press('k');
  await expect(window.at('edit.timeline.snapping')).toHaveAttribute('aria-pressed', 'false');
});

test('while the prompt has the focus, Ctrl+M exports and F6 goes on, and Ctrl+Z is the text’s own', async ({
  window,
}) => {
  await window.newProject();
  await window.import('Map insert.png');
  await window.append('Map insert.png');
  const { keyboard } = window.page;
  await keyboard.press('g');
  await keyboard.type('a red boat');
  await keyboard.press('Control+z');
  expect(await window.track('V1')).toHaveLength(1);
  await keyboard.press('Control+m');
  await expect(window.at('export')).toBeVisible();
  await keyboard.press('Escape');
  await expect(window.at('edit.inspector.prompt')).toBeFocused();
  await keyboard.press('F6');
  await expect(window.at('edit.inspector.prompt')).not.toBeFocused();
});

test('keys of an input method that is composing are not commands', async ({ window }) => {
  await window.newProject();
  await window.import('Map insert.png');
  await window.take('Map insert.png').click();
  const press = (isComposing: boolean) =>
    window.page.evaluate((composing) => {
      const key = new KeyboardEvent('keydown', { code: 'KeyE', key: 'e', isComposing: composing, bubbles: true });
      document.body.dispatchEvent(key);
    }, isComposing);
  await press(true);
  expect(await window.track('V1')).toEqual([]);
  await press(false);
  expect(await window.track('V1')).toHaveLength(1);
});

test('the first video offers its own format; taken over, the clip is laid at that rate', async ({ window }) => {
  await window.newProject();
  await window.import('Gulls_B002.mov');
  await window.take('Gulls_B002.mov').click();
  await window.page.keyboard.press('e');
  await window.at('edit.format-offer.adopt').click();
  expect(await window.track('V1')).toEqual(['Gulls_B002.mov, starts 0 frames, lasts 5 seconds']);
  await expect(window.page.getByText('960×540 · 29.97 fps · 48 kHz')).toBeVisible();
});

test('zoom keeps the playhead in place, and Fit shows the whole film', async ({ window }) => {
  await window.newProject();
  await window.import('Harbour theme.wav');
  await window.append('Harbour theme.wav');
  const { keyboard } = window.page;
  const lanes = await window.at('edit.timeline.lanes').boundingBox();
  // Names settle a moment after the picture, so widths are asked for until they have.
  const share = async () => {
    const clip = await window.clip('Harbour theme.wav', 'A1').boundingBox();
    return clip && lanes ? clip.width / lanes.width : 0;
  };
  await keyboard.press('Backslash');
  await expect.poll(share).toBeCloseTo(1 / 1.04, 2);
  await keyboard.press('Equal');
  await expect.poll(share).toBeCloseTo(1.5 / 1.04, 2);
});
