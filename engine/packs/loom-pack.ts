import type { PackId } from '../contract/ids.ts';
import type { LoomModel } from '../generate/loom-model.ts';
import { shotWork } from '../generate/loom-work.ts';
import { tokenize, vocabularyOf } from '../generate/tokenizer.ts';
import { damaged } from './damaged.ts';
import { type LoomManifest, loomManifestSchema } from './loom-manifest.ts';
import type { Pack } from './pack.ts';
import { parsePackJson, readPackJson } from './pack-json.ts';
import { knownWordsOf, type TokenizerFile, tokenizerFileSchema } from './tokenizer-file.ts';
import { verifyFile } from './verify-pack.ts';

export interface LoomPack extends Pack {
  readonly family: 'loom';
  readonly manifest: LoomManifest;
  readonly model: LoomModel;
}

/** A loom pack from its folder and what `pack.json` in it says. Throws FailureError `pack-damaged`. */
export async function readLoomPack(folder: string, packId: PackId, json: unknown): Promise<LoomPack> {
  const manifest = parsePackJson(packId, 'pack.json', loomManifestSchema, json);
  const tokenizer = await readTokenizer(folder, manifest);
  const model = loomModel(manifest, tokenizer);
  return {
    family: 'loom',
    folder,
    manifest,
    model,
    serves: ['text'],
    readPrompt: (prompt) => tokenize(model.vocabulary, prompt).reading,
    shotWork: (request) => shotWork(model, request),
    knownWords: knownWordsOf(tokenizer),
  };
}

async function readTokenizer(folder: string, { id, files, text }: LoomManifest): Promise<TokenizerFile> {
  const file = files.find(({ path }) => path === text.tokenizer);
  if (!file) throw damaged(id, text.tokenizer, 'is not among the files');
  await verifyFile(folder, id, file);
  const json = await readPackJson(id, folder, text.tokenizer);
  const tokenizer = parsePackJson(id, text.tokenizer, tokenizerFileSchema, json);
  const isLengthShared = tokenizer.maxLength === text.maxLength;
  if (!isLengthShared) throw damaged(id, text.tokenizer, 'has another length than pack.json says');
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
