import { Slider } from '@base-ui/react/slider';
import { type CommandName, commandNamed, keysOf } from '../../commands/registry.ts';
import { useWords } from '../../i18n/index.ts';
import { useProject, useSession } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { IconName } from '../../ui/icon-shapes.ts';
import { useRunCommand } from '../use-run-command.ts';
import { sliderToZoom, zoomAboutPlayhead, zoomToSlider } from './time-scale.ts';

export function TimelineToolbar() {
  const tool = useSession((session) => session.tool);
  const isSnapping = useSession((session) => session.isSnapping);
  const isLinking = useSession((session) => session.isLinking);
  const words = useWords();
  const run = useRunCommand();
  return (
    <div className="timeline-toolbar" role="toolbar" aria-label={words('panel.timeline')}>
      <CommandButton command="selectTool" icon="arrow" isOn={tool === 'select'} testId="edit.timeline.tool.select" />
      <CommandButton command="razorTool" icon="razor" isOn={tool === 'razor'} testId="edit.timeline.tool.razor" />
      <span className="toolbar-rule" />
      <CommandButton command="snapping" icon="magnet" isOn={isSnapping} accent testId="edit.timeline.snapping" />
      <CommandButton command="linking" icon="link" isOn={isLinking} testId="edit.timeline.linking" />
      <span className="spacer" />
      <CommandButton command="zoomOut" icon="minus" testId="edit.timeline.zoom-out" />
      <ZoomSlider />
      <CommandButton command="zoomIn" icon="plus" testId="edit.timeline.zoom-in" />
      <Button
        look="quiet"
        size="small"
        title={`${words('timeline.fitHint')} (${keysOf('zoomFit')})`}
        onClick={() => run('zoomFit')}
        testId="edit.timeline.fit"
      >
        {words('timeline.fit')}
      </Button>
    </div>
  );
}

interface CommandButtonProps {
  readonly command: CommandName;
  readonly icon: IconName;
  readonly isOn?: boolean;
  readonly accent?: boolean;
  readonly testId: string;
}

function CommandButton({ command, icon, isOn, accent = false, testId }: CommandButtonProps) {
  const words = useWords();
  const run = useRunCommand();
  return (
    <IconButton
      label={words(commandNamed(command).label)}
      keys={keysOf(command)}
      icon={icon}
      accent={accent ? 'accent' : 'plain'}
      testId={testId}
      onClick={() => run(command)}
      {...(isOn === undefined ? {} : { isOn })}
    />
  );
}

function ZoomSlider() {
  const words = useWords();
  const { session } = useProject();
  const pxPerFrame = useSession((state) => state.pxPerFrame);
  const zoomTo = (value: number) => {
    const state = session.getState();
    const factor = sliderToZoom(value) / state.pxPerFrame;
    session.setState(zoomAboutPlayhead(state, factor, state.playhead, state.lanesWidthPx));
  };
  return (
    <Slider.Root
      className="zoom-slider"
      min={0}
      max={1}
      step={0.01}
      value={zoomToSlider(pxPerFrame)}
      onValueChange={zoomTo}
    >
      <Slider.Control className="slider">
        <Slider.Track className="slider-track">
          <Slider.Indicator className="slider-fill" />
          <Slider.Thumb className="slider-thumb" aria-label={words('timeline.zoom')} data-testid="edit.timeline.zoom" />
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
}
