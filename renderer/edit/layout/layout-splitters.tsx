import { useWords } from '../../i18n/index.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { panelLimits } from './panel-sizes.ts';
import type { Layout } from './use-panel-sizes.ts';

/** The gutters between the panels. */
export function LayoutSplitters({ layout }: { readonly layout: Layout }) {
  const words = useWords();
  const { size, leftPx, rightPx, timelinePx, resize } = layout;
  const { left, right, timeline } = panelLimits;
  return (
    <>
      {size === 'large' && (
        <Splitter
          label={words('panel.resizeLeft')}
          axis="x"
          sizePx={leftPx}
          minPx={left.least}
          maxPx={left.most}
          onResize={(px) => resize({ leftPx: px })}
          onReset={() => resize({ leftPx: undefined })}
          testId="edit.splitter.left"
        />
      )}
      <Splitter
        label={words('panel.resizeRight')}
        axis="x"
        growsBackward
        sizePx={rightPx}
        minPx={right.least}
        maxPx={right.most}
        onResize={(px) => resize({ rightPx: px })}
        onReset={() => resize({ rightPx: undefined })}
        testId="edit.splitter.right"
      />
      <Splitter
        label={words('panel.resizeTimeline')}
        axis="y"
        growsBackward
        sizePx={timelinePx}
        minPx={timeline.least}
        maxPx={900}
        onResize={(px) => resize({ timelinePx: px })}
        onReset={() => resize({ timelinePx: undefined })}
        testId="edit.splitter.timeline"
      />
    </>
  );
}
