import { useEffect } from 'react';
import { commandFor } from '../commands/registry.ts';
import { useServices } from '../state/services.tsx';

/** The key that opens the settings, on a page that has no other commands. A dialog or menu uses every key. */
export function useSettingsKey(): void {
  const { window } = useServices();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isElsewhere = event.defaultPrevented || event.isComposing || document.querySelector('.dialog, .menu');
      if (isElsewhere || commandFor(event) !== 'settings') return;
      event.preventDefault();
      window.setState({ dialog: { kind: 'settings' } });
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [window]);
}
