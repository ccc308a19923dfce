import { type PackSummary, saysNothing } from '../../engine/contract/generation.ts';
import { mainSequence, type Project } from '../state/project.ts';
import type { Services } from '../state/services.tsx';
import { requestFrom, type ShotDraft } from './shot-draft.ts';
import { startShot } from './start-shot.ts';

/** The pack a draft is for: the one chosen, else the first. */
export function chosenPack(installed: readonly PackSummary[], { packId }: ShotDraft): PackSummary | undefined {
  return installed.find((pack) => pack.id === packId) ?? installed[0];
}

/** Starts the shot that is written in a project; a prompt that is empty, or tells the pack nothing, is asked for instead. */
export async function startFromDraft(project: Project, services: Services): Promise<void> {
  const draft = project.shotDraft.getState();
  const pack = chosenPack(services.packs.getState() ?? [], draft);
  if (!pack || draft.prompt.trim() === '' || (await tellsNothing(services, pack, draft.prompt))) {
    promptForShot(project, services);
    return;
  }
  await startShot(project, services, requestFrom(draft, pack, mainSequence(project.film.film())));
}

/** Asked of the pack anew: a key may come before the marks under the prompt do. */
async function tellsNothing({ link }: Services, { id: packId }: PackSummary, prompt: string): Promise<boolean> {
  const connection = link.store.getState();
  if (connection.kind !== 'connected') return false;
  const outcome = await connection.engine.generate.readPrompt({ packId, prompt }).catch(() => undefined);
  return outcome?.kind === 'done' && saysNothing(outcome.value);
}

/** Brings the prompt to the front and puts the caret into it. */
export function promptForShot(project: Project, { window }: Services): void {
  project.session.setState({ inspectorTab: 'generate' });
  window.setState({ promptFocusAsked: window.getState().promptFocusAsked + 1 });
}
