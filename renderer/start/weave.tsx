// Addresses, not imports: the build finds and hashes the files all the same.
const pictures = [
  new URL('../../resources/start/hands.svg', import.meta.url).href,
  new URL('../../resources/start/gutter.svg', import.meta.url).href,
  new URL('../../resources/start/harbour.svg', import.meta.url).href,
  new URL('../../resources/start/keeper.svg', import.meta.url).href,
  new URL('../../resources/start/night-sea.svg', import.meta.url).href,
  new URL('../../resources/start/storm.svg', import.meta.url).href,
  new URL('../../resources/start/lighthouse.svg', import.meta.url).href,
];

// One period of the thread takes two pictures: under one, over the next. Drawn in units of 200 a picture.
const pitch = 227.4;
const heightPx = 232;
const middle = 112;
const swing = 36;

/** Drawn pictures on one gold thread: decoration, and the only place where the thread is not provenance. */
export function Weave() {
  const width = pitch * pictures.length;
  return (
    <div className="weave" aria-hidden="true">
      <Thread width={width} layer="behind" />
      <div className="weave-pictures">
        {pictures.map((picture) => (
          <img key={picture} src={picture} alt="" draggable={false} />
        ))}
      </div>
      <Thread width={width} layer="front" />
    </div>
  );
}

function Thread({ width, layer }: { readonly width: number; readonly layer: 'behind' | 'front' }) {
  const points: string[] = [];
  for (let x = -10; x <= width + 10; x += 6) {
    const y = middle + swing * Math.cos(((x - pitch / 2) / pitch) * Math.PI);
    points.push(`${x} ${y.toFixed(1)}`);
  }
  const d = `M${points.join('L')}`;
  return (
    <svg
      className={`weave-thread is-${layer}`}
      viewBox={`0 0 ${width} ${heightPx}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {layer === 'front' && (
        <clipPath id="weave-over">
          {pictures.map((picture, index) =>
            index % 2 === 0 ? <rect key={picture} x={index * pitch} y={0} width={pitch} height={heightPx} /> : null,
          )}
        </clipPath>
      )}
      <path d={d} className="weave-line" {...(layer === 'front' && { clipPath: 'url(#weave-over)' })} />
    </svg>
  );
}
