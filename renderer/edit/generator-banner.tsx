import { deviceLabel, faultWords } from '../../engine/contract/device.ts';
import type { Generator } from '../../engine/contract/generator.ts';
import { assertNever } from '../../engine/document/film.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { useReport } from '../shell/use-report.ts';
import { useConnection, useGenerator, usePacks, useServices } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { Banner } from './banner.tsx';
import { useGeneratorFixes } from './use-generator-fixes.ts';

/** That no shots can be made, and the ways out. The film can be cut and exported as before. */
export function GeneratorBanner() {
  const generator = useGenerator();
  const connection = useConnection();
  if (connection.kind !== 'connected') return null;
  switch (generator.kind) {
    case 'ready':
      return null;
    case 'off':
      return <OffBanner {...generator} />;
    case 'no-device':
      return <NoDeviceBanner {...generator} />;
    default:
      return assertNever(generator);
  }
}

function OffBanner({ device, crashCount }: Extract<Generator, { kind: 'off' }>) {
  const words = useWords();
  const report = useReport();
  const { computeOnProcessor, startAgain } = useGeneratorFixes();
  return (
    <Banner about="generator" text={words('generator.off', { count: crashCount })}>
      {device === 'cpu' ? (
        <Button look="primary" size="small" onClick={() => void startAgain()} testId="edit.banner.start-again">
          {words('generator.startAgain')}
        </Button>
      ) : (
        <Button look="primary" size="small" onClick={() => void computeOnProcessor()} testId="edit.banner.use-cpu">
          {words('generator.useCpu')}
        </Button>
      )}
      {report && (
        <Button
          size="small"
          disabled={report.isWriting}
          onClick={() => void report.save(false)}
          testId="edit.banner.report"
        >
          {words(report.isWriting ? 'settings.reportWriting' : 'settings.reportSave')}
        </Button>
      )}
    </Banner>
  );
}

function NoDeviceBanner({ packName, device, fault, hasProcessor }: Extract<Generator, { kind: 'no-device' }>) {
  const words = useWords();
  const language = useLanguage();
  const { window } = useServices();
  const { computeOnProcessor, writeForBuiltInPack } = useGeneratorFixes();
  const builtIn = usePacks()?.find((pack) => pack.isBuiltIn);
  const instead = hasProcessor ? packName : builtIn?.name;
  const why = faultWords(fault)[language];
  return (
    <Banner
      about="generator"
      text={words('generator.noDevice', { pack: packName, device: deviceLabel(device, language), why })}
    >
      {instead !== undefined && (
        <Button
          look="primary"
          size="small"
          onClick={() => void (hasProcessor ? computeOnProcessor() : writeForBuiltInPack())}
          testId="edit.banner.use-cpu"
        >
          {words('generator.useCpuWith', { pack: instead })}
        </Button>
      )}
      <Button
        size="small"
        onClick={() => window.setState({ dialog: { kind: 'device-needs', device } })}
        testId="edit.banner.needs"
      >
        {words('generator.needs')}
      </Button>
    </Banner>
  );
}
