import { expect, test } from 'vitest';
import { holdGraphs } from './graph-holder.ts';

type Network = 'text' | 'transformer' | 'vae';

test('networks are opened once and kept for the next shot', async () => {
  const { holder, events } = held({ isTight: false });
  await holder.open(['text', 'transformer']);
  await holder.run('text', {});
  await holder.run('vae', {});
  await holder.run('vae', {});
  expect(events).toEqual(['open text', 'open transformer', 'open vae']);
  await holder.releaseAll();
  expect(events.slice(3)).toEqual(['release text', 'release transformer', 'release vae']);
});

test('where memory is tight, one is given back before the next is opened', async () => {
  const { holder, events } = held({ isTight: true });
  await holder.open(['text', 'transformer']);
  for (const network of ['text', 'transformer', 'transformer', 'vae'] as const) await holder.run(network, {});
  expect(events).toEqual(['open text', 'release text', 'open transformer', 'release transformer', 'open vae']);
});

test('one that does not open leaves none behind', async () => {
  const { holder, events } = held({ isTight: false, broken: 'vae' });
  await expect(holder.open(['text', 'vae'])).rejects.toThrow('vae is broken');
  expect(events).toEqual(['open text', 'release text']);
});

function held({ isTight, broken }: { readonly isTight: boolean; readonly broken?: Network }) {
  const events: string[] = [];
  const open = async (network: Network) => {
    if (network === broken) throw new Error(`${network} is broken`);
    events.push(`open ${network}`);
    return { run: async () => ({}), release: async () => void events.push(`release ${network}`) };
  };
  return { holder: holdGraphs(open, { isTight }), events };
}
