import { useEffect, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';
import type { MediaId } from '../../../engine/contract/ids.ts';
import { envelopeOf } from '../../media/loudness.ts';
import { onThemeChange } from '../../shell/theme.ts';
import { useServices } from '../../state/services.tsx';

export interface WaveformViewProps {
  readonly media: MediaId;
  readonly seconds: number;
  readonly label: string;
}

const columns = 1200;

/** One take's whole waveform, drawn by wavesurfer.js from the engine's peaks; the file itself is never decoded here. */
export default function WaveformView({ media, seconds, label }: WaveformViewProps) {
  const { media: files } = useServices();
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let surfer: WaveSurfer | undefined;
    const draw = () => {
      const peaks = files.peaks(media);
      if (!peaks || surfer) return;
      surfer = WaveSurfer.create({
        container: element,
        height: 64,
        peaks: [envelopeOf(peaks, 'left', columns), envelopeOf(peaks, 'right', columns)],
        duration: seconds,
        interact: false,
        cursorWidth: 0,
        ...waveColours(element),
      });
    };
    const recolour = () => surfer?.setOptions(waveColours(element));
    const stops = [files.onArrival(draw), onThemeChange(recolour)];
    draw();
    return () => {
      for (const stop of stops) stop();
      surfer?.destroy();
    };
  }, [files, media, seconds]);
  return <div ref={container} className="waveform" role="img" aria-label={label} data-testid="edit.bin.waveform" />;
}

function waveColours(element: Element): { readonly waveColor: string; readonly progressColor: string } {
  const colour = getComputedStyle(element).getPropertyValue('--clip-al').trim();
  return { waveColor: colour, progressColor: colour };
}
