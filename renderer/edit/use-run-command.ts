import { type CommandName, commandNamed } from '../commands/registry.ts';
import { useProject, useServices } from '../state/services.tsx';

/** Runs a command as its key would. */
export function useRunCommand(): (name: CommandName) => void {
  const project = useProject();
  const services = useServices();
  return (name) => commandNamed(name).run({ project, services, isHeld: () => false });
}
