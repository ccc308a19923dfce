import { type IconName, type IconShape, iconShapes } from './icon-shapes.ts';

/** A line icon in the colour of the text around it. Decoration: whoever shows it alone gives the control a name. */
export function Icon({ name, sizePx = 16 }: { readonly name: IconName; readonly sizePx?: number }) {
  const shapes: readonly IconShape[] = iconShapes[name];
  return (
    <svg
      className="icon"
      width={sizePx}
      height={sizePx}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.3}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shapes.map(({ d, fill, opacity, widthPx }) => (
        <path
          key={d}
          d={d}
          opacity={opacity}
          strokeWidth={widthPx}
          {...(fill === undefined ? {} : { fill: 'currentColor', fillOpacity: fill })}
        />
      ))}
    </svg>
  );
}
