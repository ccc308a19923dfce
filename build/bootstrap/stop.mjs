/** Ends the set-up with a sentence for the person at the terminal: what happened and what to do. */
export class Stop extends Error {}
