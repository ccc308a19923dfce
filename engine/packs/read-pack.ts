import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type PackId, packIdSchema } from '../contract/ids.ts';
import type { LoomModel } from '../generate/loom-model.ts';
import { vocabularyOf } from '../generate/tokenizer.ts';
import { damaged, packIdOfFolder } from './damaged.ts';
import { isFamilyName, packFamilies } from './families.ts';
import type { LoomManifest } from './loom-manifest.ts';
import { type PackFile, packFormat } from './manifest.ts';
import { type TokenizerFile, tokenizerFileSchema } from './tokenizer-file.ts';
import { verifyFile } from './verify-pack.ts';

interface AnyPack {
  /** The folder that holds `pack.json`. */
  readonly folder: string;
  /** SHA-256 of the list of files: packs with the same hash have the same weights. */
  readonly hash: string;
  /** Of every listed file. */
  readonly bytes: number;
}

export interface LoomPack extends AnyPack {
  readonly family: 'loom';
  readonly manifest: LoomManifest;
  readonly tokenizer: TokenizerFile;
  readonly model: LoomModel;
}

/** A pack whose manifest and tokenizer were read; its weights were not touched yet. One member for each family. */
export type Pack = LoomPack;

/** Reads a pack folder as far as words and lists go. Throws FailureError `pack-damaged` when that makes no sense. */
export async function readPack(folder: string): Promise<Pack> {
  const { id, family, value } = await readHead(folder);
  if (!isFamilyName(family)) {
    const known = Object.keys(packFamilies).join(', ');
    throw damaged(id, 'pack.json', `this version runs packs of the family ${known}, not ${family}`);
  }
  const manifest = parsed(id, 'pack.json', packFamilies[family].manifest, value);
  const tokenizer = await readTokenizer(folder, manifest);
  return {
    family,
    folder,
    hash: fileListHash(manifest.files),
    bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
    manifest,
    tokenizer,
    model: loomModel(manifest, tokenizer),
  };
}

const headSchema = z.object({ format: z.literal(packFormat), id: packIdSchema, family: z.string() });

/** What must be known before the rest can be understood: that this is a pack, and whose. */
async function readHead(folder: string) {
  const nameless = packIdOfFolder(folder);
  const value = await readJson(nameless, folder, 'pack.json');
  return { ...parsed(nameless, 'pack.json', headSchema, value), value };
}

async function readTokenizer(folder: string, { id, files, text }: LoomManifest): Promise<TokenizerFile> {
  const file = files.find(({ path }) => path === text.tokenizer);
  if (!file) throw damaged(id, text.tokenizer, 'is not among the files');
  await verifyFile(folder, id, file);
  const tokenizer = parsed(id, text.tokenizer, tokenizerFileSchema, await readJson(id, folder, text.tokenizer));
  if (tokenizer.maxLength !== text.maxLength)
    throw damaged(id, text.tokenizer, 'has another length than pack.json says');
  return tokenizer;
}

function loomModel(manifest: LoomManifest, tokenizer: TokenizerFile): LoomModel {
  const { id, latent, rope, scheduler, guidance, sizes, frames, vae } = manifest;
  return {
    packId: id,
    vocabulary: vocabularyOf(tokenizer),
    latent,
    rope,
    shift: scheduler.shift,
    guidanceAboveSigma: guidance.aboveSigma,
    sizes,
    frameLimits: frames,
    encoderCaches: vae.encoderCaches,
    decoderCaches: vae.decoderCaches,
  };
}

/** The SHA-256 of `<sha256>  <path>` lines in the order of the paths: what `sha256sum` would print for them. */
export function fileListHash(files: readonly PackFile[]): string {
  const lines = files.map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  return createHash('sha256').update(lines.sort(byPath).join('')).digest('hex');
}

// The hash is 64 characters on every line, so what follows it decides.
function byPath(a: string, b: string): number {
  return a.slice(64) < b.slice(64) ? -1 : 1;
}

async function readJson(packId: PackId, folder: string, file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(folder, file), 'utf8'));
  } catch (error) {
    throw damaged(packId, file, error instanceof SyntaxError ? 'is not JSON' : error);
  }
}

function parsed<Value>(packId: PackId, file: string, schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw damaged(packId, file, `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'makes no sense'}`);
}
