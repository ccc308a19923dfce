import { openHome } from '../host/open-home.ts';
import type { OpenWorkshop } from '../host/open-workshop.ts';

/** Runs a command's work with the tools of this machine and lets go of them on every way out. */
export async function withWorkshop<T>(work: (tools: OpenWorkshop) => Promise<T>): Promise<T> {
  const { tools } = openHome();
  try {
    return await work(tools);
  } finally {
    await tools.close();
  }
}
