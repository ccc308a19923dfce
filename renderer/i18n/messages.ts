import type { en } from './en.ts';

/** A key without its plural ending: the language picks `_one` or `_other` from the `count` it is given. */
type Singular<K> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

/** Every sentence the window can say. */
export type MessageKey = Singular<keyof typeof en>;

/** What a language without a separate singular must have; a key missing or left over is a type error. */
export type Messages = Readonly<Record<Exclude<keyof typeof en, `${string}_one`>, string>>;
