import { useEffect } from 'react';
import { useServices } from '../state/services.tsx';
import { commandAnywhere, commandFor } from './registry.ts';

/** Lets the keyboard run what needs no project, on a page that has none. A dialog or menu uses every key. */
export function useKeysAnywhere(): void {
  const services = useServices();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isElsewhere = event.defaultPrevented || event.isComposing || document.querySelector('.dialog, .menu');
      const name = isElsewhere ? undefined : commandFor(event);
      const command = name && commandAnywhere(name);
      if (!command) return;
      event.preventDefault();
      command.run({ services });
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [services]);
}
