import type { PackSummary } from '../../engine/contract/generation.ts';
import { mainSequence, type Project } from '../state/project.ts';
import type { Services } from '../state/services.tsx';
import { requestFrom } from './shot-draft.ts';
import { startShot } from './start-shot.ts';

/** The pack a draft is for: the one chosen, else the first. */
export function chosenPack({ packs, shotDraft }: Pick<Services, 'packs' | 'shotDraft'>): PackSummary | undefined {
  const { packId } = shotDraft.getState();
  const installed = packs.getState() ?? [];
  return installed.find((pack) => pack.id === packId) ?? installed[0];
}

/** Starts the shot that is written; an empty prompt is asked for instead. */
export async function startFromDraft(project: Project, services: Services): Promise<void> {
  const pack = chosenPack(services);
  const draft = services.shotDraft.getState();
  if (!pack || draft.prompt.trim() === '') {
    promptForShot(project, services);
    return;
  }
  await startShot(project, services, requestFrom(draft, pack, mainSequence(project.film.film())));
}

/** Brings the prompt to the front and puts the caret into it. */
export function promptForShot(project: Project, { window }: Services): void {
  project.session.setState({ inspectorTab: 'generate' });
  window.setState({ promptFocusAsked: window.getState().promptFocusAsked + 1 });
}
