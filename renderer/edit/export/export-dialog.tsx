import { useMemo, useState } from 'react';
import { type ExportRequest, exportDefaults } from '../../../engine/contract/export.ts';
import { formatTimecode, numberingFor } from '../../../engine/document/timecode.ts';
import { sequenceEnd } from '../../../engine/document/track.ts';
import { formatRate } from '../../i18n/format.ts';
import { useWords } from '../../i18n/index.ts';
import { useFilm, useLibrary, useProject, useSequence, useServices } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';
import { exportDestination, exportSuggestion, type FileInTheWay, startExport } from './start-export.ts';
import { takesWithoutPicture } from './takes-without-picture.ts';
import { UnfinishedPart } from './unfinished-part.tsx';
import './export.css';

type Choices = Pick<ExportRequest, 'crf' | 'preset'>;

/** Where to, how good, how fast, and what to do about shots that are not there yet. */
export default function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const project = useProject();
  const services = useServices();
  const [path, setPath] = useState<string | undefined>(undefined);
  const [choices, setChoices] = useState<Choices>({ crf: exportDefaults.crf, preset: exportDefaults.preset });
  const [unfinished, setUnfinished] = useState<ExportRequest['unfinished']>('refuse');
  const [inTheWay, setInTheWay] = useState<FileInTheWay | undefined>(undefined);
  const end = useSequence(sequenceEnd);
  const takes = useTakesWithoutPicture();
  const unfinishedCount = takes.making.length + takes.stopped.length;
  const destination = path ?? exportDestination(project);
  const mayStart = end > 0 && takes.missing.length === 0 && (unfinishedCount === 0 || unfinished === 'black');

  const choose = async () => {
    const chosen = await services.host.chooseExportFile(exportSuggestion(project));
    if (chosen) setPath(chosen);
  };
  const start = async (to: string, existing: ExportRequest['existing']) => {
    setInTheWay(undefined);
    const outcome = await startExport(project, services, { ...choices, path: to, existing, unfinished });
    if (outcome.kind === 'started') onClose();
    if (outcome.kind === 'in-the-way') setInTheWay(outcome.file);
  };

  if (inTheWay) {
    return (
      <ReplaceDialog
        file={inTheWay}
        onReplace={() => void start(inTheWay.path, 'replace')}
        onKeepBoth={() => void start(inTheWay.freePath, 'refuse')}
        onBack={() => setInTheWay(undefined)}
      />
    );
  }

  return (
    <Dialog
      title={words('export.title')}
      widthPx={520}
      onClose={onClose}
      testId="export"
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {words('common.cancel')}
          </Button>
          <Button
            look="primary"
            disabled={!mayStart}
            onClick={() => void start(destination, 'refuse')}
            testId="export.start"
          >
            {words('export.start', { frames: end })}
          </Button>
        </>
      }
    >
      <div className="dialog-body export-body">
        <FileField path={destination} onChoose={() => void choose()} />
        <QualityFields choices={choices} onChange={setChoices} />
        <Facts />
        {end === 0 && <p className="text-2">{words('export.nothing')}</p>}
        {unfinishedCount + takes.missing.length > 0 && (
          <UnfinishedPart takes={takes} unfinished={unfinished} onChange={setUnfinished} onLeave={onClose} />
        )}
      </div>
    </Dialog>
  );
}

function useTakesWithoutPicture() {
  const film = useFilm((each) => each);
  const library = useLibrary((each) => each);
  return useMemo(() => takesWithoutPicture(film, library), [film, library]);
}

function FileField({ path, onChoose }: { readonly path: string; readonly onChoose: () => void }) {
  const words = useWords();
  return (
    <div className="column field-group">
      <span className="label">{words('export.file')}</span>
      <div className="row">
        <span className="field export-path">
          <span className="field-value" title={path} data-testid="export.path">
            {path}
          </span>
        </span>
        <Button onClick={onChoose} testId="export.choose">
          {words('export.choose')}
        </Button>
      </div>
    </div>
  );
}

const qualities = [
  { crf: 14, label: 'export.quality.high' },
  { crf: exportDefaults.crf, label: 'export.quality.good' },
  { crf: 26, label: 'export.quality.small' },
] as const;

const presets: readonly ExportRequest['preset'][] = ['veryfast', 'medium', 'slow'];

function QualityFields({
  choices,
  onChange,
}: {
  readonly choices: Choices;
  readonly onChange: (choices: Choices) => void;
}) {
  const words = useWords();
  return (
    <div className="field-pair">
      <SelectField
        label={words('export.quality')}
        value={choices.crf}
        choices={qualities.map(({ crf, label }) => ({
          value: crf,
          label: words(label),
          note: words('export.crf', { crf }),
        }))}
        onChoose={(crf) => onChange({ ...choices, crf })}
        testId="export.quality"
      />
      <SelectField
        label={words('export.speed')}
        value={choices.preset}
        choices={presets.map((preset) => ({ value: preset, label: words(`export.speed.${preset}`) }))}
        onChoose={(preset) => onChange({ ...choices, preset })}
        testId="export.speed"
      />
    </div>
  );
}

function Facts() {
  const words = useWords();
  const { rate, widthPx, heightPx } = useSequence((sequence) => sequence);
  const end = useSequence(sequenceEnd);
  const size = words('unit.size', { width: widthPx, height: heightPx });
  const length = formatTimecode(end, rate, numberingFor(rate));
  return (
    <div className="export-facts text-2 tabular">
      <p>{words('export.format', { size, fps: formatRate(rate) })}</p>
      <p data-testid="export.frames">{words('export.frames', { frames: end, length })}</p>
      <p>{words('export.label')}</p>
    </div>
  );
}
