import { expect, test } from 'vitest';
import type { Services } from '../state/services.tsx';
import { createWindowStore } from '../state/window-store.ts';
import { type PageState, runChoice, type TextEdit } from './menu-choice.ts';

// What a choice in the menu bar does, by what has the focus. The desk holds a project that nothing here looks into.

function scene(state: Partial<PageState> = {}, hasProject = true) {
  const edits: TextEdit[] = [];
  const desk: string[] = [];
  const window = createWindowStore();
  const services = {
    window,
    desk: {
      store: { getState: () => (hasProject ? { kind: 'project', project: {} } : { kind: 'nothing' }) },
      close: () => desk.push('closed'),
      create: async (name: string) => desk.push(`made ${name}`),
      open: async (folder: string) => desk.push(`opened ${folder}`),
    },
    host: { chooseProject: async () => '/films/Boat' },
  } as unknown as Services; // the parts that these commands touch
  const page: PageState = { isWriting: false, hasDialog: false, editText: (edit) => edits.push(edit), ...state };
  const choose = (name: string, isByKey = false) => runChoice({ name, isByKey }, services, page, (key) => key);
  return { choose, edits, desk, dialog: () => window.getState().dialog.kind };
}

test('a command runs as its key would', () => {
  const { choose, dialog } = scene();
  choose('export');
  expect(dialog()).toBe('export');
});

test('while a text is written, undo and its kin mean the text', () => {
  const { choose, edits } = scene({ isWriting: true });
  for (const name of ['undo', 'redo', 'selectAll', 'delete']) choose(name, true);
  expect(edits).toEqual(['undo', 'redo', 'selectAll', 'delete']);
});

test('a key that the text field kept runs nothing; the same item chosen by hand does', () => {
  const { choose, dialog } = scene({ isWriting: true });
  choose('export', true);
  expect(dialog()).toBe('none');
  choose('export');
  expect(dialog()).toBe('export');
});

test('under a dialog nothing happens', () => {
  const { choose, dialog, desk } = scene({ hasDialog: true });
  choose('shortcuts');
  choose('closeProject');
  expect([dialog(), desk]).toEqual(['none', []]);
});

test('projects are made, opened and closed from the File menu, with one open or none', async () => {
  for (const hasProject of [true, false]) {
    const { choose, desk } = scene({}, hasProject);
    choose('newProject');
    choose('openProject');
    choose('closeProject');
    await expect.poll(() => desk).toEqual(['made start.untitled', 'closed', 'opened /films/Boat']);
  }
});

test('without a project the settings open all the same', () => {
  const { choose, dialog } = scene({}, false);
  choose('settings');
  expect(dialog()).toBe('settings');
});

test('without a project, and for names that are no commands, nothing else happens', () => {
  const { choose, dialog } = scene({}, false);
  for (const name of ['export', 'no such command', 'toString', '__proto__']) choose(name);
  expect(dialog()).toBe('none');
});
