import { type Home, openHome } from '../host/open-home.ts';
import type { OpenWorkshop } from '../host/open-workshop.ts';

/** Runs a command's work with the tools and settings of this machine, and lets go of the tools on every way out. */
export async function withWorkshop<T>(work: (tools: OpenWorkshop, home: Home) => Promise<T>): Promise<T> {
  const home = openHome();
  try {
    return await work(home.tools, home);
  } finally {
    await home.tools.close();
  }
}
