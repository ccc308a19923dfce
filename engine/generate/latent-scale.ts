/** Per channel, what the raw latents of the VAE were centred on and divided by for the transformer's training. */
export interface LatentScale {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Raw VAE latents, float32 [channels, …], made the transformer's in place: (z − mean) / std. */
export function normalise(latents: Float32Array, { mean, std }: LatentScale): void {
  forEachChannel(latents, mean.length, (channel, values) => {
    const [centre, spread] = [mean[channel] ?? 0, std[channel] ?? 1];
    for (let i = 0; i < values.length; i++) values[i] = ((values[i] ?? 0) - centre) / spread;
  });
}

/** The transformer's latents, float32 [channels, …], made the VAE's in place: z · std + mean. */
export function denormalise(latents: Float32Array, { mean, std }: LatentScale): void {
  forEachChannel(latents, mean.length, (channel, values) => {
    const [centre, spread] = [mean[channel] ?? 0, std[channel] ?? 1];
    for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * spread + centre;
  });
}

function forEachChannel(
  latents: Float32Array,
  channels: number,
  visit: (channel: number, values: Float32Array) => void,
) {
  if (latents.length % channels !== 0) throw new RangeError(`${latents.length} numbers in ${channels} channels`);
  const each = latents.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    visit(channel, latents.subarray(channel * each, (channel + 1) * each));
  }
}
