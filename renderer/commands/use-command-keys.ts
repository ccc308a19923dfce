import { useEffect } from 'react';
import type { Project } from '../state/project.ts';
import { type Services, useProject, useServices } from '../state/services.tsx';
import { isFocusedByKey } from '../ui/focus-cause.ts';
import { commandFor, commandNamed } from './registry.ts';
import { isTextKey } from './text-keys.ts';

/** Lets the keyboard run commands while the Edit page stands. Views that use a key themselves prevent its default. */
export function useCommandKeys(): void {
  const project = useProject();
  const services = useServices();
  useEffect(() => {
    const held = new Set<string>();
    const leaving = new AbortController();
    const { signal } = leaving;
    addEventListener('keydown', (event) => runForKey(event, project, services, held), { signal });
    addEventListener('keyup', (event) => held.delete(event.code), { signal });
    addEventListener('blur', () => held.clear(), { signal });
    return () => leaving.abort();
  }, [project, services]);
}

function runForKey(event: KeyboardEvent, project: Project, services: Services, held: Set<string>): void {
  const isHeld = (code: string) => held.has(code);
  const isElsewhere = event.defaultPrevented || event.isComposing || belongsToFocus(event);
  const name = isElsewhere ? undefined : commandFor(event);
  if (name) {
    event.preventDefault();
    const command = commandNamed(name);
    if (!event.repeat || command.repeats) command.run({ project, services, isHeld });
  }
  held.add(event.code);
}

/**
 * Whether what has the focus uses a key itself, so that it is no command. A menu or dialog uses every key, a text field
 * those that write or edit text, a control reached by keyboard those that work it. One that was merely clicked uses none:
 * Space goes on playing.
 */
function belongsToFocus(event: KeyboardEvent): boolean {
  const { target, code, key, ctrlKey, metaKey } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('.popup')) return true;
  if (target.closest('input:not([type="range"]), textarea, select, [contenteditable]')) return isTextKey(event);
  const isControl = target.matches('button, [role="slider"], [role="separator"], [role="tab"], input[type="range"]');
  if (!isControl || ctrlKey || metaKey) return false;
  const isControlKey =
    code === 'Space' || key === 'Enter' || key.startsWith('Arrow') || key === 'Home' || key === 'End';
  return isControlKey && isFocusedByKey();
}
