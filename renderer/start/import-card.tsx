import { type DragEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { importDropped, importPaths } from '../media/import-media.ts';
import { useServices } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

/** Footage first: makes a project and takes the files into its bin. */
export function ImportCard() {
  const words = useWords();
  const services = useServices();
  const [isOver, setOver] = useState(false);
  const newProject = () => services.desk.create(words('start.untitled'));

  const choose = async () => {
    const paths = await services.host.chooseMedia();
    const project = paths && (await newProject());
    if (project) await importPaths(project, services, paths);
  };
  const onDrop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    const project = await newProject();
    if (project) await importDropped(project, services, files);
  };

  return (
    <div className="start-card">
      <h2 className="start-card-title">
        <Icon name="import" sizePx={20} />
        {words('start.import')}
      </h2>
      <p>{words(services.host.copiesDropped ? 'start.importHint' : 'start.importHintInPlace')}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button below does the same by keyboard */}
      <div
        className={`start-drop ${isOver ? 'is-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => void onDrop(event)}
        data-testid="start.drop"
      >
        <Icon name="film" />
        {words(isOver ? 'bin.dropHere' : 'start.dropHere')}
      </div>
      <div className="row">
        <Button onClick={() => void choose()} testId="start.choose-files">
          {words('start.chooseFiles')}
        </Button>
        <Button look="quiet" onClick={() => void newProject()} testId="start.new-project">
          {words('start.newProject')}
        </Button>
      </div>
    </div>
  );
}
