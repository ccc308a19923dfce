import { expect, test } from 'vitest';
import { exportDefaults } from '../contract/export.ts';
import type { Failure } from '../contract/failure.ts';
import type { JobId } from '../contract/ids.ts';
import type { SequenceId } from '../document/ids.ts';
import { exportLog } from './job-log.ts';

const path = '/home/mira/Films/Aunt Ada/Aunt Ada.mp4';
const request = { ...exportDefaults, sequenceId: 'sequence-1' as SequenceId, path };

function logOf(failure: Failure): string {
  const job = { id: 'export-1' as JobId, kind: 'export', title: 'Aunt Ada.mp4', path } as const;
  return exportLog({ job: { ...job, state: { kind: 'failed', failure } }, failure, request, appVersion: '0.3.0' });
}

test('the log of an export holds what was asked and what ffmpeg said last, line by line', () => {
  const log = logOf({ code: 'ffmpeg-failed', lastLines: ['[libx264 @ 0x1] malloc failed', 'Conversion failed!'] });
  expect(log).toContain('Shotloom 0.3.0');
  expect(log).toContain('crf 18, preset medium, AAC 192 kb/s');
  expect(log).toContain('{"code":"ffmpeg-failed"}\n\n[libx264 @ 0x1] malloc failed\nConversion failed!\n');
});

test.each<Failure>([
  { code: 'ffmpeg-failed', lastLines: [`file:${path}: Permission denied`, 'Error opening Aunt Ada.mp4'] },
  { code: 'disk-full', path },
  { code: 'media-missing', path: 'C:\\Users\\Mira\\rushes\\Aunt Ada.mp4' },
])('the log names no folder and no film: %o', (failure) => {
  expect(logOf(failure)).not.toMatch(/home|mira|Films|Ada|Users|rushes/i);
});
