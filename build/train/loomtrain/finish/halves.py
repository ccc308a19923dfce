"""The two models of the last round as one thing that learns: weights, their averages, optimizers and checkpoints."""

import torch

from .. import checkpoint, config
from ..dit.train import load as load_dit
from ..dit.train import new_optimizers
from ..vae.train import load as load_vae


class Halves:
    """
    The transformer and the decoder, from the checkpoint `name`, or else from `dit_name` and `vae_name`; the encoder
    stays as it is. `critic` is the state of the critic that came with them, or None.
    """

    def __init__(self, recipe, name, dit_name, vae_name):
        self.recipe, self.name, state = recipe, name, checkpoint.load(name)
        (self.dit, self._begun), self.vae = load_dit(dit_name), load_vae(vae_name)
        if state:
            self.dit.load_state_dict(state['dit'])
            self.vae.load_state_dict(state['vae'])
        for parameter in self.vae.encoder_parameters():
            parameter.requires_grad_(False)
        self.critic = (state or checkpoint.load(vae_name)).get('critic')
        self.step = self.began = state['step'] if state else 0
        self._averages = [checkpoint.Average(module, decay, state[f'{part}_average'] if state else None)
                          for part, module, decay in (('dit', self.dit, recipe.dit_ema), ('vae', self.vae, recipe.ema))]
        self._parameters = [self.vae.decoder_parameters(), list(self.dit.parameters())]
        decoder = torch.optim.AdamW(self._parameters[0], lr=recipe.rate, betas=(.9, .95), weight_decay=1e-4, fused=True)
        self._optimizers = [(decoder, 1.), *((o, recipe.dit_rate) for o in new_optimizers(self.dit, config.DitTraining()))]
        self._peaks = [[share * group['lr'] for group in o.param_groups] for o, share in self._optimizers]

    @property
    def warmth(self):
        """From 0 to 1 over the first steps of every run: the optimizers know nothing yet."""
        return min(1, (self.step - self.began + 1) / self.recipe.warm_up)

    def forget_gradients(self):
        for optimizer, _ in self._optimizers:
            optimizer.zero_grad()

    def learn(self, crew):
        """One step of both along the mean of the crew's gradients, at a rate that falls to a fiftieth."""
        for parameters in self._parameters:
            crew.mean_gradients(parameters)
            torch.nn.utils.clip_grad_norm_(parameters, 1.)
        for (optimizer, _), peaks in zip(self._optimizers, self._peaks):
            for group, peak in zip(optimizer.param_groups, peaks):
                group['lr'] = peak * self.warmth * (1.02 - self.step / self.recipe.steps)
            optimizer.step()
        for average, module in zip(self._averages, (self.dit, self.vae)):
            average.update(module)
        self.step += 1

    def keep(self, critic, views_per_step):
        """
        Keeps the two as dit-NAME and vae-NAME, which every other stage can load, and what it needs to go on as NAME.
        """
        dit_average, vae_average = (a.state(m) for a, m in zip(self._averages, (self.dit, self.vae)))
        dit, vae, step = self.dit.state_dict(), self.vae.state_dict(), self.step
        checkpoint.save(self.name, dit=dit, vae=vae, dit_average=dit_average, vae_average=vae_average, step=step, critic=critic)
        checkpoint.save(f'dit-{self.name}', weights=dit, average=dit_average, step=self._begun['step'] + step,
                        views=self._begun['views'] + step * views_per_step)
        checkpoint.save(f'vae-{self.name}', weights=vae, average=vae_average, step=step, critic=critic)
