import { expect, test } from 'vitest';
import { frameCredits } from './frame-credits.ts';
import { framesInFlight } from './protocol.ts';

test('no more messages of frames are under way than may be, however slow the writer is', async () => {
  const credits = frameCredits(new AbortController().signal);
  let underWay = 0;
  let most = 0;
  const writer = setInterval(() => {
    if (underWay === 0) return;
    underWay -= 1;
    credits.give();
  }, 1);
  for (let message = 0; message < 20; message++) {
    await credits.take();
    underWay += 1;
    most = Math.max(most, underWay);
  }
  clearInterval(writer);
  expect(most).toBe(framesInFlight);
});

test('a cancelled shot does not wait for a writer that has stopped', async () => {
  const cancel = new AbortController();
  const credits = frameCredits(cancel.signal);
  for (let message = 0; message < framesInFlight; message++) await credits.take();
  const waiting = credits.take();
  cancel.abort(new Error('cancelled'));
  await expect(waiting).rejects.toThrow('cancelled');
  await expect(credits.take()).rejects.toThrow('cancelled');
});
