import type { ParseArgsConfig } from 'node:util';
import { FailureError } from '../contract/failure.ts';
import type { Language } from '../contract/failure-words.ts';

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** What it takes after its name: `DIR FILE…`. */
  readonly takes: string;
  readonly summary: string;
  readonly options: readonly CommandOption[];
  /** What else its user should know, a paragraph each. */
  readonly notes?: readonly string[];
  readonly examples: readonly string[];
  run(call: Call): Promise<Answer>;
}

export interface CommandOption {
  readonly name: string;
  /** What its value is called; an option without one is a switch. */
  readonly value?: string;
  readonly summary: string;
}

/** A command as it was typed. */
export interface Call {
  readonly positionals: readonly string[];
  option(name: string): string | undefined;
  isOn(name: string): boolean;
  readonly language: Language;
  /** Says how far along it is, on standard error. */
  progress(line: string): void;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

/** What a command comes to: an object for `--json`, and lines for a person. */
export interface Answer {
  readonly value: object;
  readonly lines: readonly string[];
  /** The command ran and what it found is not well: said on standard error, and the exit code is 1. */
  readonly complaints?: readonly string[];
}

/** The command was typed wrongly: exit 2, with the usage. */
export class UsageError extends Error {}

/** The command could not be done: exit 1, with the failure in words. */
export class CommandFailed extends FailureError {}

/** Ctrl+C: exit 130, as shells expect. */
export class Cancelled extends Error {}

export function parseConfig(command: Command): ParseArgsConfig {
  const own = command.options.map(({ name, value }) => [name, { type: value ? 'string' : 'boolean' }] as const);
  const shared = [['json', { type: 'boolean' }] as const, ['help', { type: 'boolean', short: 'h' }] as const];
  return { options: Object.fromEntries([...own, ...shared]), allowPositionals: true, strict: true };
}

/** For the help of every command that may write generated pictures. */
export const provenanceNote = `Beside a film that shows generated pictures lies FILE.provenance.json: which frames were generated, by which model
and seed, and the film's SHA-256; no prompt and no path. The film plays without it.`;

/** The help of one command: usage, options, notes and examples. */
export function helpOf({ name, takes, summary, options, notes = [], examples }: Command): string {
  const all: readonly CommandOption[] = [
    ...options,
    { name: 'json', summary: 'print one JSON object on standard output' },
    { name: 'help', summary: 'print this' },
  ];
  const labels = all.map((option) => `--${option.name}${option.value ? ` ${option.value}` : ''}`);
  const width = Math.max(...labels.map((label) => label.length));
  const lines = all.map((option, index) => `  ${labels[index]?.padEnd(width)}  ${option.summary}`);
  return [
    `Usage: shotloom ${name} ${takes}`.trim(),
    '',
    summary,
    '',
    ...lines,
    ...notes.flatMap((note) => ['', note]),
    '',
    'Examples:',
    ...examples.map((example) => `  shotloom ${example}`),
  ].join('\n');
}

/** The positional at an index, or a usage error that names what is missing. */
export function required(call: Call, index: number, what: string): string {
  const value = call.positionals[index];
  if (value === undefined) throw new UsageError(`${what} is missing`);
  return value;
}

export function requiredOption(call: Call, name: string): string {
  const value = call.option(name);
  if (value === undefined || value.trim() === '') throw new UsageError(`--${name} is missing`);
  return value;
}

/** A whole number from an option, within bounds; undefined when the option was not given. */
export function wholeNumber(call: Call, name: string, low: number, high: number): number | undefined {
  const text = call.option(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new UsageError(`--${name} takes a whole number from ${low} to ${high}, not "${text}"`);
  }
  return value;
}
