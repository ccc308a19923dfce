import { expect, test } from 'vitest';
import { respondWithFile } from './media-response.ts';

const file = { sizeBytes: 1000, modifiedMs: 1_700_000_000_000, mime: 'video/mp4' };
const get = (range?: string, more: object = {}) => respondWithFile({ method: 'GET', range, ...more }, file);

test.each([
  ['bytes=0-99', 206, 0, 99, 'bytes 0-99/1000'],
  ['bytes=900-', 206, 900, 999, 'bytes 900-999/1000'],
  ['bytes=-100', 206, 900, 999, 'bytes 900-999/1000'],
  ['bytes=-5000', 206, 0, 999, 'bytes 0-999/1000'],
  ['bytes=990-5000', 206, 990, 999, 'bytes 990-999/1000'],
])('%s is answered with just those bytes', (range, status, start, end, contentRange) => {
  const response = get(range);
  expect(response).toMatchObject({ status, body: { start, end } });
  expect(response.headers['Content-Range']).toBe(contentRange);
  expect(response.headers['Content-Length']).toBe(String(end - start + 1));
});

test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('%s lies outside the file', (range) => {
  expect(get(range)).toMatchObject({ status: 416, headers: { 'Content-Range': 'bytes */1000' } });
});

test.each([undefined, 'bytes=0-1,5-6', 'bytes=5-2', 'items=0-5', 'bytes=-'])('%s gets the whole file', (range) => {
  expect(get(range)).toMatchObject({ status: 200, body: { start: 0, end: 999 } });
});

test('a range of an older file gets the whole new one', () => {
  const tag = get().headers.ETag;
  expect(get('bytes=0-9', { ifRange: tag }).status).toBe(206);
  expect(get('bytes=0-9', { ifRange: '"old"' }).status).toBe(200);
  expect(get(undefined, { ifNoneMatch: tag }).status).toBe(304);
});

test('HEAD tells the length and sends nothing; other methods are refused', () => {
  const head = respondWithFile({ method: 'HEAD' }, file);
  expect(head.headers['Content-Length']).toBe('1000');
  expect(head.body).toBeUndefined();
  expect(respondWithFile({ method: 'DELETE' }, file).status).toBe(405);
});

test('an empty file has no bytes to send', () => {
  const response = respondWithFile({ method: 'GET' }, { ...file, sizeBytes: 0 });
  expect(response).toMatchObject({ status: 200, headers: { 'Content-Length': '0' } });
  expect(response.body).toBeUndefined();
});
