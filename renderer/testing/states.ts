import type { Failure } from '../../engine/contract/failure.ts';
import type { Generator } from '../../engine/contract/generator.ts';
import type { PackId } from '../../engine/contract/ids.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { expect, type Window } from './drive.ts';

/** Something the window can look like, and how hands bring it there. Leans on no word: it is reached in any language. */
export interface State {
  readonly name: string;
  readonly reach: (window: Window) => Promise<void>;
}

const prompt = 'A red boat drifts past the moon at night';
const outOfMemory: Failure = { code: 'out-of-memory', neededBytes: 14.2e9, freeBytes: 12e9 };
/** Every page, dialog, menu and message, ordinary days and bad ones. */
export const states: readonly State[] = [
  { name: 'start', reach: async () => {} },
  {
    name: 'start-unknown-words',
    reach: async (window) => {
      await window.at('start.prompt').fill('the octane render');
      await expect(window.at('start.prompt.hint')).toBeVisible();
    },
  },
  {
    name: 'start-recents',
    reach: async (window) => {
      await window.newProject();
      await window.at('title.home').click();
      await window.newProject();
      await window.at('title.home').click();
      await window.at('start.prompt').fill(`${prompt}, octane render`);
      await expect(window.page.locator('.mark-ignored').first()).toBeVisible();
    },
  },
  { name: 'start-engine-away', reach: (window) => lose(window, 'signed-in') },
  {
    name: 'start-signed-out',
    reach: async (window) => {
      await lose(window, 'signed-out');
      await expect(window.at('start.engine')).toContainText('Open the new link');
    },
  },
  { name: 'open-project', reach: (window) => window.at('start.open-project').click() },
  { name: 'edit-empty', reach: (window) => window.newProject() },
  {
    name: 'edit-unknown-words',
    reach: async (window) => {
      await window.newProject();
      await window.at('edit.inspector.prompt').fill('a thing');
      await expect(window.at('edit.inspector.prompt.hint')).toBeVisible();
    },
  },
  { name: 'edit-running', reach: running },
  {
    name: 'edit-queue',
    reach: async (window) => {
      await failed(window);
      await window.turn({ shotFailure: undefined, isHeld: true });
      await window.at('edit.inspector.generate').click();
      await expect(window.page.locator('[aria-busy="true"][role="gridcell"]')).toHaveCount(1);
      await window.at('title.queue').click();
      await expect(window.at('queue.row.1')).toBeVisible();
    },
  },
  {
    name: 'settings',
    reach: async (window) => {
      await window.at('title.settings').click();
      await expect(window.at('settings.cache-used')).toBeVisible();
    },
  },
  {
    name: 'settings-refused',
    reach: async (window) => {
      await window.newProject();
      await window.at('title.settings').click();
      await window.at('settings.packs').fill('/nowhere');
      await window.page.keyboard.press('Enter');
      await expect(window.at('settings.packs')).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'edit-engine',
    reach: async (window) => {
      await window.newProject();
      await window.at('title.engine').click();
    },
  },
  {
    name: 'edit-generator-off',
    reach: async (window) => {
      await failed(window);
      const off: Generator = { kind: 'off', device: 'webgpu', crashCount: 3 };
      await window.page.evaluate((given) => globalThis.window.standIn.generator.set(given), off);
      await expect(window.at('edit.banner.generator')).toBeVisible();
    },
  },
  {
    name: 'edit-no-device',
    reach: async (window) => {
      await window.newProject();
      await setNoDevice(window);
    },
  },
  {
    name: 'device-needs',
    reach: async (window) => {
      await window.newProject();
      await setNoDevice(window);
      await window.at('edit.banner.needs').click();
      await expect(window.at('device-needs')).toBeVisible();
    },
  },
  {
    name: 'edit-cut',
    reach: async (window) => {
      await cut(window);
      await window.clips('Harbour_A014').first().click();
    },
  },
  {
    name: 'edit-failed',
    reach: async (window) => {
      await failed(window);
      await window.page.keyboard.press('Home');
      await expect(window.at('edit.viewer.message')).toBeVisible();
    },
  },
  {
    name: 'fit',
    reach: async (window) => {
      await failed(window);
      await window.page.keyboard.press('Home');
      await window.at('edit.viewer.fit').click();
      await expect(window.at('fit.generate')).toBeFocused();
    },
  },
  {
    name: 'edit-failed-elsewhere',
    reach: async (window) => {
      await window.turn({ shotFailure: outOfMemory, isHeld: true });
      await window.at('start.prompt').fill(prompt);
      await window.at('start.generate').click();
      await expect(window.clips('A red boat')).toHaveAttribute('aria-busy', 'true');
      await window.page.keyboard.press('End');
      await window.turn({ isHeld: false });
      await expect(window.at('window.notice')).toBeVisible();
    },
  },
  { name: 'edit-offline', reach: offline },
  {
    name: 'missing',
    reach: async (window) => {
      await missing(window);
      await expect(window.at('missing.relink')).toBeFocused();
    },
  },
  {
    name: 'missing-differs',
    reach: async (window) => {
      await missing(window);
      await window.at('missing.row.Map insert.png.locate').click();
      await window.at('files.entry.Rushes').dblclick();
      await window.at('files.entry.Gulls_B002.mov').click();
      await window.at('files.accept').click();
      await expect(window.at('missing.row.Map insert.png')).toContainText('Gulls_B002.mov');
    },
  },
  {
    name: 'edit-engine-away',
    reach: async (window) => {
      await cut(window);
      await lose(window, 'signed-in');
    },
  },
  { name: 'edit-host-gone', reach: (window) => loseWithUnsent(window, 'silent') },
  { name: 'edit-signed-out', reach: (window) => loseWithUnsent(window, 'signed-out') },
  {
    name: 'edit-reader',
    reach: async (window) => {
      await cut(window);
      await takeOverElsewhere(window);
      await expect(window.at('edit.banner.reader')).toBeVisible();
    },
  },
  {
    name: 'edit-read-only',
    reach: async (window) => {
      await cut(window);
      await window.at('title.home').click();
      await window.page.evaluate(() => {
        const [project] = globalThis.window.standIn.projects.values();
        const readOnly = { code: 'project-newer', path: project?.folder ?? '', version: 2 };
        if (project) Object.assign(project, { readOnly, editorId: undefined });
      });
      await window.at('start.recent.Untitled').first().click();
      await expect(window.at('edit.banner.read-only')).toBeVisible();
    },
  },
  {
    name: 'edit-incompatible',
    reach: async (window) => {
      await cut(window);
      await window.turn({ speaks: 99 });
      await window.page.evaluate(() => globalThis.window.standIn.cutConnections());
      await expect(window.at('edit.banner.incompatible')).toBeVisible();
    },
  },
  {
    name: 'edit-kept-aside',
    reach: async (window) => {
      await loseWithUnsent(window, 'signed-in');
      await takeOverElsewhere(window);
      await window.turn({ isUnplugged: false });
      await expect(window.at('window.notice')).toBeVisible();
    },
  },
  {
    name: 'edit-refused',
    reach: async (window) => {
      await window.newProject();
      await window.at('edit.bin.import').click();
      await window.at('files.entry.Rushes').dblclick();
      await window.at('files.entry.broken.mp4').click();
      await window.at('files.accept').click();
      await expect(window.at('window.notice')).toBeVisible();
    },
  },
  {
    name: 'menu-clip',
    reach: async (window) => {
      await cut(window);
      await window.clip('Harbour_A014', 'V1').click({ button: 'right' });
    },
  },
  {
    name: 'menu-ghost',
    reach: async (window) => {
      await running(window);
      await window.clips('A red boat').click({ button: 'right' });
    },
  },
  {
    name: 'menu-track',
    reach: async (window) => {
      await cut(window);
      await window.at('edit.timeline.lanes').click({ button: 'right', position: { x: 700, y: 20 } });
    },
  },
  {
    name: 'menu-take',
    reach: async (window) => {
      await window.turn({ stepMs: 0 });
      await window.at('start.prompt').fill(prompt);
      await window.at('start.generate').click();
      await expect(window.at('title.queue').locator('.queue-ring')).toBeHidden();
      await window.take('A red boat').click({ button: 'right' });
    },
  },
  {
    name: 'menu-pack',
    reach: async (window) => {
      await window.newProject();
      await window.at('edit.inspector.length').click();
    },
  },
  {
    name: 'shortcuts',
    reach: async (window) => {
      await window.newProject();
      await window.page.keyboard.press('?');
      await expect(window.page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'format-offer',
    reach: async (window) => {
      await window.newProject();
      await window.import('Gulls_B002.mov');
      await window.append('Gulls_B002.mov');
      await expect(window.at('edit.format-offer.adopt')).toBeVisible();
    },
  },
  {
    name: 'import',
    reach: async (window) => {
      await window.newProject();
      await window.at('edit.bin.import').click();
      await window.at('files.entry.Rushes').dblclick();
      await window.at('files.entry.Gulls_B002.mov').click();
      await window.at('files.entry.Map insert.png').click({ modifiers: ['ControlOrMeta'] });
    },
  },
  {
    name: 'export',
    reach: async (window) => {
      await cut(window);
      await openExport(window);
    },
  },
  {
    name: 'export-making',
    reach: async (window) => {
      await running(window);
      await openExport(window);
    },
  },
  {
    name: 'export-stopped',
    reach: async (window) => {
      await failed(window);
      await openExport(window);
    },
  },
  {
    name: 'export-missing',
    reach: async (window) => {
      await offline(window);
      await openExport(window);
    },
  },
  {
    name: 'export-lacks-all',
    reach: async (window) => {
      await offline(window);
      await window.turn({ stepMs: 0, shotFailure: outOfMemory });
      await generate(window);
      await expect(window.page.locator('.take-kind.alarm')).toHaveCount(2);
      await window.turn({ shotFailure: undefined, isHeld: true });
      await generate(window);
      await expect(window.page.locator('[aria-busy="true"][role="gridcell"]')).toHaveCount(1);
      await openExport(window);
    },
  },
  {
    name: 'export-where',
    reach: async (window) => {
      await cut(window);
      await window.at('title.export').click();
      await window.at('export.choose').click();
      await window.at('files.name').waitFor();
    },
  },
  {
    name: 'export-replaces',
    reach: async (window) => {
      await exported(window);
      await window.at('title.export').click();
      await window.at('export.start').click();
      await expect(window.at('export.exists')).toBeVisible();
    },
  },
  { name: 'export-done', reach: exported },
  {
    name: 'full-disk',
    reach: async (window) => {
      await fullDisk(window);
      await expect(window.at('full-disk.unused-takes')).toBeVisible();
    },
  },
  {
    name: 'full-disk-queue',
    reach: async (window) => {
      await fullDisk(window);
      await window.at('full-disk.not-now').click();
      await window.at('title.queue').click();
      await expect(window.at('queue.row.1.make-room')).toBeVisible();
    },
  },
  {
    name: 'export-failed',
    reach: async (window) => {
      await exportFailed(window);
      await window.at('title.queue').click();
      await expect(window.page.getByTestId(/^queue\.ended\..*\.log$/)).toBeVisible();
    },
  },
  {
    name: 'export-log',
    reach: async (window) => {
      await exportFailed(window);
      await window.at('title.queue').click();
      await window.page.getByTestId(/^queue\.ended\..*\.log$/).click();
      await expect(window.at('export-log')).toContainText('Conversion failed!');
    },
  },
];

async function generate(window: Window): Promise<void> {
  await window.at('edit.inspector.tab.generate').click();
  await window.at('edit.inspector.prompt').fill(prompt);
  await window.at('edit.inspector.generate').click();
}

/** A shot on its way. */
async function running(window: Window): Promise<void> {
  await window.turn({ stepMs: 200 });
  await window.at('start.prompt').fill(prompt);
  await window.at('start.generate').click();
  await expect(window.clips('A red boat')).toHaveAccessibleName(/, \d\d%/);
  await window.turn({ isHeld: true });
  await expect(window.at('edit.inspector.running')).toBeVisible();
}

async function setNoDevice(window: Window): Promise<void> {
  const missing: Generator = {
    ...{
      kind: 'no-device',
      packId: 'loom-mini' as PackId,
      packName: 'Loom Mini',
      device: 'webgpu',
      hasProcessor: true,
    },
    fault: { kind: 'absent', said: 'Failed to get a WebGPU adapter: No supported adapters' },
  };
  await window.page.evaluate((given) => globalThis.window.standIn.generator.set(given), missing);
  await expect(window.at('edit.banner.generator')).toBeVisible();
}

async function failed(window: Window): Promise<void> {
  await window.turn({ stepMs: 0, shotFailure: outOfMemory });
  await window.at('start.prompt').fill(prompt);
  await window.at('start.generate').click();
  await expect(window.page.locator('.take-thumb.is-failed')).toBeVisible();
}

/** A little film of footage and sound. */
async function cut(window: Window): Promise<void> {
  await window.newProject();
  await window.import('Map insert.png', 'Harbour_A014.mov', 'Harbour theme.wav');
  await window.append('Map insert.png', 'Harbour_A014.mov');
  await expect(window.clips('Harbour_A014').first()).toBeVisible();
}

async function offline(window: Window): Promise<void> {
  await cut(window);
  await window.page.evaluate(() => globalThis.window.standIn.loseFile('Harbour_A014.mov'));
  await window.clips('Harbour_A014').first().click();
  await window.page.keyboard.press('ArrowUp');
  await expect(window.page.locator('.take-kind.alarm')).toBeVisible();
}

/** A film opened without its footage: one file lies elsewhere, in place of another lies a third, one is gone. */
async function missing(window: Window): Promise<void> {
  await cut(window);
  await window.append('Harbour theme.wav');
  await window.at('title.home').click();
  await window.page.evaluate(() => {
    const { standIn } = globalThis.window;
    for (const name of ['Harbour_A014.mov', 'Map insert.png', 'Harbour theme.wav']) standIn.loseFile(name);
    standIn.lostAndFound.near['Harbour_A014.mov'] = '/home/mira/Archive/Day 2/HARBOUR A014.mov';
    standIn.lostAndFound.replaced = ['Harbour theme.wav'];
  });
  await window.turn({ stepMs: 0 });
  await window.at('start.recent.Untitled').first().click();
  await expect(window.at('missing')).toBeVisible();
}

async function openExport(window: Window): Promise<void> {
  await window.at('title.export').click();
  await expect(window.at('export')).toBeVisible();
}

async function exported(window: Window): Promise<void> {
  await cut(window);
  await window.turn({ stepMs: 0 });
  await window.at('title.export').click();
  await window.at('export.start').click();
  await expect(window.at('window.notice').getByRole('button')).toHaveCount(2);
}

/** An export that found the disk full. */
async function fullDisk(window: Window): Promise<void> {
  await cut(window);
  await window.page.evaluate(() => {
    const unusedTakes = [{ takeId: 'take-1' as TakeId, name: 'A red boat', bytes: 18.4e9 }];
    Object.assign(globalThis.window.standIn.survey, { unusedTakes });
  });
  await window.turn({ stepMs: 0, exportFailure: { code: 'disk-full', path: '/home/mira/Shotloom/Untitled' } });
  await window.at('title.export').click();
  await window.at('export.start').click();
  await expect(window.at('full-disk')).toBeVisible();
}

async function exportFailed(window: Window): Promise<void> {
  await cut(window);
  const exportFailure: Failure = { code: 'ffmpeg-failed', lastLines: ['Conversion failed!'] };
  await window.turn({ stepMs: 0, exportFailure });
  await window.at('title.export').click();
  await window.at('export.start').click();
  await expect(window.at('window.notice').filter({ hasText: 'Conversion failed' })).toBeVisible();
}

async function lose(window: Window, hostStanding: 'signed-in' | 'signed-out' | 'silent'): Promise<void> {
  await window.turn({ isUnplugged: true, hostStanding });
  await window.page.evaluate(() => globalThis.window.standIn.cutConnections());
  // The engine is missed first; what the host says of that is heard a little later.
  await expect(window.at('title.engine')).toHaveClass(/is-alarm/);
}

async function loseWithUnsent(window: Window, hostStanding: 'signed-in' | 'signed-out' | 'silent'): Promise<void> {
  await cut(window);
  await lose(window, hostStanding);
  await expect(window.at('edit.banner.lost')).toBeVisible();
  await window.append('Map insert.png');
  await window.page.keyboard.press('Home');
  if (hostStanding !== 'signed-in') await expect(window.at('edit.banner.lost').locator('strong')).toBeVisible();
}

/** As another window would. */
async function takeOverElsewhere(window: Window): Promise<void> {
  await window.page.evaluate(() => {
    const [project] = globalThis.window.standIn.projects.values();
    if (!project) return;
    project.editorId = 'another-window' as NonNullable<typeof project.editorId>;
    project.revision += 1;
    project.log.emit({ kind: 'revision', revision: project.revision, editorId: project.editorId });
  });
}
