import { expect, test } from 'vitest';
import type { Failure } from './failure.ts';
import { failureSchema } from './failure.ts';
import { failureSentence, failureWords } from './failure-words.ts';
import type { PackId } from './ids.ts';

const one: { readonly [C in Failure['code']]: Extract<Failure, { code: C }> } = {
  'out-of-memory': { code: 'out-of-memory', neededBytes: 14.2e9, freeBytes: 12e9 },
  'pack-missing': { code: 'pack-missing', packId: 'loom-mini' as PackId },
  'pack-damaged': { code: 'pack-damaged', packId: 'loom-mini' as PackId, file: 'a.onnx', reason: 'is cut short' },
  'pack-unsupported': { code: 'pack-unsupported', packId: 'big-one' as PackId, family: 'wan' },
  'runner-stopped': { code: 'runner-stopped', packId: 'loom-mini' as PackId, crashCount: 3 },
  'device-missing': {
    code: 'device-missing',
    packId: 'loom-mini' as PackId,
    device: 'webgpu',
    fault: { kind: 'absent', said: '' },
  },
  'prompt-unknown': { code: 'prompt-unknown', packId: 'loom-mini' as PackId },
  'media-unreadable': { code: 'media-unreadable', path: '/a/b.mp4', reason: 'it is empty' },
  'media-unsupported': { code: 'media-unsupported', path: '/a/b.mp4', codec: 'VVC' },
  'media-missing': { code: 'media-missing', path: 'C:\\a\\b.mp4' },
  'out-of-reach': { code: 'out-of-reach', path: '/a/b' },
  'disk-full': { code: 'disk-full', path: '/a/b.mp4' },
  'not-writable': { code: 'not-writable', path: '/a' },
  'inside-cache': { code: 'inside-cache', path: '/a' },
  'would-overwrite': { code: 'would-overwrite', path: '/a/b.mp4' },
  'file-exists': { code: 'file-exists', path: '/a/b.mp4', sizeBytes: 812, modifiedMs: 1e12, freePath: '/a/b 2.mp4' },
  'being-exported': { code: 'being-exported', path: '/a/b.mp4' },
  'folder-missing': { code: 'folder-missing', path: '/a/b' },
  'folder-not-empty': { code: 'folder-not-empty', path: '/a' },
  'not-a-project': { code: 'not-a-project', path: '/a' },
  'project-damaged': { code: 'project-damaged', path: '/a/film.json', reason: 'it ends early' },
  'project-newer': { code: 'project-newer', path: '/a/film.json', version: 9 },
  'project-locked': { code: 'project-locked', path: '/a', host: 'desk', pid: 7 },
  'not-the-editor': { code: 'not-the-editor' },
  'revision-behind': { code: 'revision-behind', revision: 4 },
  'nothing-to-export': { code: 'nothing-to-export' },
  'unfinished-takes': { code: 'unfinished-takes', count: 2 },
  'ffmpeg-missing': { code: 'ffmpeg-missing', reason: 'no such file' },
  'ffmpeg-failed': { code: 'ffmpeg-failed', lastLines: ['Invalid data'] },
  'bad-request': { code: 'bad-request', reason: 'the pack has no such size' },
  internal: { code: 'internal', reportId: 'r1' },
};

test.each(Object.values(one))(
  '$code says what happened and what to do, in both languages, without its code',
  (failure) => {
    expect(failureSchema.parse(failure)).toEqual(failure);
    for (const language of ['en', 'zh-CN'] as const) {
      const { happened, advice } = failureWords(failure, language);
      expect(happened.length).toBeGreaterThan(4);
      expect(advice.length).toBeGreaterThan(2);
      if (failure.code.includes('-')) expect(failureSentence(failure, language)).not.toContain(failure.code);
      expect(`${happened}${advice}`).not.toMatch(/undefined|[!！]|please|请|您/i);
    }
  },
);

/** What the world does to a film, and no gesture of the editor's. */
const faults: readonly Failure['code'][] = [
  ...(['disk-full', 'not-writable', 'media-missing', 'media-unreadable', 'media-unsupported'] as const),
  ...(['ffmpeg-missing', 'ffmpeg-failed', 'project-damaged', 'project-newer', 'project-locked'] as const),
  ...(['out-of-memory', 'pack-missing', 'pack-damaged', 'pack-unsupported', 'runner-stopped', 'internal'] as const),
];

test.each(faults)('when the world gives way (%s) the editor is told what is safe, in both languages', (code) => {
  expect(failureSentence(one[code], 'en')).toMatch(/\bsafe\b|[Nn]othing|was not (changed|touched)/);
  expect(failureSentence(one[code], 'zh-CN')).toMatch(/没有(丢失|改动|任何更改|留下)|不受影响/);
});

test('a path is cut to the name of its file, on every system', () => {
  expect(failureSentence(one['media-missing'], 'en')).toMatch(/^b\.mp4 is not where it was\./);
});

test('why a file cannot be read is said in the editor’s language', () => {
  const empty = one['media-unreadable'];
  expect(failureSentence(empty, 'en')).toContain('it is empty');
  expect(failureSentence(empty, 'zh-CN')).toContain('文件是空的');
});
