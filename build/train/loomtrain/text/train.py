"""Teaches the text encoder to name every field of a caption, the same in English and Chinese. Minutes on a CPU."""

import json
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from .. import checkpoint, config
from ..scene.spec import FIELDS, sample_spec
from ..words.captions import target_indices, write_caption
from ..words.tokenizer import Tokenizer
from ..words.vocabulary import tokenizer_table, vocabulary_size
from .model import TextEncoder


class FieldHeads(nn.Module):
    """From the mean of the encoder's rows to each field, with one more class for 'not said'."""

    def __init__(self, width):
        super().__init__()
        self.heads = nn.ModuleDict({f: nn.Linear(width, len(v) + 1) for f, v in FIELDS.items()})

    def forward(self, text):
        pooled = text.mean(1)
        return {f: head(pooled) for f, head in self.heads.items()}


def load(name='text', text_config=config.TextConfig()):
    """(encoder, tokenizer) as trained."""
    state = checkpoint.load(name)
    encoder = TextEncoder(text_config, vocabulary_size(state['table']))
    encoder.load_state_dict(state['encoder'])
    return encoder.eval(), Tokenizer(state['table'])


def train(recipe=config.TextTraining(), text_config=config.TextConfig(), name='text'):
    torch.set_num_threads(config.THREADS)
    torch.manual_seed(0)
    table = tokenizer_table(text_config.length)
    tokenizer, encoder = Tokenizer(table), TextEncoder(text_config, vocabulary_size(table))
    heads = FieldHeads(text_config.width)
    parameters = [*encoder.parameters(), *heads.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=recipe.rate, betas=(.9, .98), weight_decay=.01)
    draw, started = np.random.default_rng(3), time.monotonic()
    for step in range(1, recipe.steps + 1):
        for group in optimizer.param_groups:
            group['lr'] = recipe.rate * min(1, step / 100, 2 * (1.02 - step / recipe.steps))
        tokens, targets = _batch(tokenizer, draw, recipe.batch)
        with torch.autocast(config.DEVICE, torch.bfloat16):
            text = encoder(tokens)
        text = text.float()
        guessed = heads(text)
        loss = sum(F.cross_entropy(guessed[f], targets[:, i]) for i, f in enumerate(FIELDS))
        english, chinese = text.mean(1)[:recipe.batch].chunk(2)  # the first half are pairs, all fields said
        loss = loss + recipe.agreement * (1 - F.cosine_similarity(english, chinese).mean())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.)
        optimizer.step()
        if step % 250 == 0 or step == recipe.steps:
            print(f'{step} {(time.monotonic() - started) / step:.3f} s/step loss {loss.item():.4f}', measure(encoder, heads, tokenizer), flush=True)
    checkpoint.save(name, encoder=encoder.state_dict(), heads=heads.state_dict(), table=table, step=recipe.steps)


@torch.no_grad()
def measure(encoder, heads, tokenizer, count=600):
    """Share of fields named rightly on captions of unseen scenes, held-out combinations among them."""
    draw = np.random.default_rng(config.VALIDATION_SEED)
    tokens, targets = [], []
    for index in range(count):
        spec = sample_spec(config.VALIDATION_SEED + index, which='any')
        text, said = write_caption(spec, ('en', 'zh')[index % 2], draw)
        tokens.append(tokenizer(text).ids)
        targets.append(target_indices(said))
    encoder.eval()
    guessed, targets = heads(encoder(torch.tensor(tokens))), torch.tensor(targets)
    encoder.train()
    return json.dumps({f: round((guessed[f].argmax(1) == targets[:, i]).float().mean().item(), 3) for i, f in enumerate(FIELDS)})


def _batch(tokenizer, draw, size):
    """`size` captions in pairs (English half first, then the Chinese of the same specs) and `size` free ones."""
    specs = [sample_spec(int(draw.integers(1 << 40))) for _ in range(size // 2 + size)]
    pairs = [write_caption(s, language, draw, drops=False) for language in ('en', 'zh') for s in specs[:size // 2]]
    free = [write_caption(s, ('en', 'zh')[draw.integers(2)], draw) for s in specs[size // 2:]]
    tokens = torch.tensor([tokenizer(text).ids for text, _ in pairs + free])
    return tokens, torch.tensor([target_indices(said) for _, said in pairs + free])
