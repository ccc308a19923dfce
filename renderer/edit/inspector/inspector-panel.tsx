import { Tabs } from '@base-ui/react/tabs';
import { useWords } from '../../i18n/index.ts';
import { useProject, useSession } from '../../state/services.tsx';
import { ClipInspector } from './clip-inspector.tsx';
import { GeneratePanel } from './generate-panel.tsx';
import './inspector.css';

/** The selected clip, or the next shot. */
export function InspectorPanel() {
  const words = useWords();
  const { session } = useProject();
  const tab = useSession((state) => state.inspectorTab);
  return (
    <aside className="panel inspector" aria-label={words('panel.inspector')} data-panel="inspector" tabIndex={-1}>
      <Tabs.Root
        className="inspector-tabs"
        value={tab}
        onValueChange={(value: typeof tab) => session.setState({ inspectorTab: value })}
      >
        <div className="panel-head">
          <Tabs.List className="tabs">
            <Tabs.Tab value="clip" className="tab" data-testid="edit.inspector.tab.clip">
              {words('inspector.clip')}
            </Tabs.Tab>
            <Tabs.Tab value="generate" className="tab" data-testid="edit.inspector.tab.generate">
              {words('inspector.generate')}
            </Tabs.Tab>
          </Tabs.List>
        </div>
        <Tabs.Panel value="clip" className="inspector-body scroll-y">
          <ClipInspector />
        </Tabs.Panel>
        <Tabs.Panel value="generate" className="inspector-body">
          <GeneratePanel />
        </Tabs.Panel>
      </Tabs.Root>
    </aside>
  );
}
