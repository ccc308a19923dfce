import type { Rate } from '../../engine/document/time.ts';
import { formatRate } from '../i18n/format.ts';
import { useWords } from '../i18n/index.ts';
import { useProject, useSequence, useServices } from '../state/services.tsx';
import type { OpenDialog } from '../state/window-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { answerFormatOffer } from './place-takes.ts';

type Offer = Extract<OpenDialog, { kind: 'format-offer' }>;

/** The first video in an empty timeline offers its own rate and size. Escape takes the clip back. */
export function FormatOffer({ offer, onClose }: { readonly offer: Offer; readonly onClose: () => void }) {
  const words = useWords();
  const project = useProject();
  const services = useServices();
  const sequence = useSequence((each) => each);
  const { picture } = offer.take;
  if (picture?.kind !== 'moving') return null;
  const name = (format: { readonly widthPx: number; readonly heightPx: number; readonly rate: Rate }) =>
    `${words('unit.size', { width: format.widthPx, height: format.heightPx })}, ${words('unit.fps', { fps: formatRate(format.rate) })}`;
  const [takeFormat, sequenceFormat] = [name(picture), name(sequence)];
  const answer = (what: 'adopt' | 'keep') => () => answerFormatOffer(project, services, offer, what);
  return (
    <Dialog
      title={words('format.title')}
      text={words('format.text', { takeFormat, sequenceFormat })}
      widthPx={520}
      onClose={onClose}
      testId="edit.format-offer"
      footer={
        <>
          <Button look="quiet" onClick={answer('keep')} testId="edit.format-offer.keep">
            {words('format.keep', { format: sequenceFormat })}
          </Button>
          <Button look="primary" onClick={answer('adopt')} testId="edit.format-offer.adopt">
            {words('format.adopt', { format: takeFormat })}
          </Button>
        </>
      }
    />
  );
}
