"""
The critic of the last training: tells decoded clips from rendered ones, three frames at a time.

Squared error answers every doubt with blur, so the mean of all the birds that might be there is a smear. A critic
asks only whether such a picture exists. Source: Goodfellow et al. 2014, arXiv:1406.2661; hinge form Lim & Ye 2017,
arXiv:1705.02894; as the last touch of a video decoder HaCohen et al. 2024, arXiv:2501.00103.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

WINDOW = 3  # frames side by side: what flickers from one to the next shows


class Critic(nn.Module):
    """Frames [n, 9, h, w] in [-1, 1], three frames as channels, to (logits of patches, features of every stage)."""

    def __init__(self, channels=(32, 64, 96)):
        super().__init__()
        widths = (3 * WINDOW, *channels)
        self.stages = nn.ModuleList(nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in zip(widths, widths[1:]))
        self.judge = nn.Conv2d(channels[-1], 1, 3, padding=1)

    def forward(self, x):
        features = []
        for stage in self.stages:
            x = F.leaky_relu(stage(x), .2)
            features.append(x)
        return self.judge(x), features


def windows(clips, starts):
    """
    [batch, 3, frames, h, w] to [batch * len(starts), 9, h, w]: from each start a frame, and what the next two change
    in the one before, enlarged, so that a flicker weighs as much as an edge.
    """
    return torch.cat([torch.cat([clips[:, :, s], *(4 * (clips[:, :, s + i] - clips[:, :, s + i - 1]) for i in range(1, WINDOW))], 1) for s in starts])


def critic_loss(of_truth, of_made):
    return F.relu(1 - of_truth).mean() + F.relu(1 + of_made).mean()


def roughness(critic, truth):
    """
    How fast the judgement changes around true clips. Without this a critic that has won points nowhere, and the decoder
    learns to please it with grain. Source: Mescheder et al. 2018, arXiv:1801.04406 (R1), taken now and then as in
    Karras et al. 2020, arXiv:1912.04958.
    """
    truth = truth.detach().requires_grad_()
    slope, = torch.autograd.grad(critic(truth)[0].mean((1, 2, 3)).sum(), truth, create_graph=True)
    return SMOOTHNESS / 2 * slope.square().sum((1, 2, 3)).mean()


SMOOTHNESS = 15.
SMOOTH_EVERY = 8  # steps; it costs a second derivative


def decoder_loss(of_made, features_made, features_truth):
    """How far the critic is from believing, and how its features differ from those of the true clip."""
    alike = sum((a - b.detach()).abs().mean() for a, b in zip(features_made, features_truth)) / len(features_made)
    return -of_made.mean() + MATCH * alike


MATCH = 4.


class CriticTraining:
    """A critic with its own training beside the decoder's."""

    def __init__(self, crew, rate, weights=None):
        torch.manual_seed(0)  # every process starts from the same critic
        self.crew, self.critic = crew, Critic().to(memory_format=torch.channels_last)
        if weights:
            self.critic.load_state_dict(weights)
        self.judge, self.parameters = torch.compile(self.critic), list(self.critic.parameters())
        self.optimizer = torch.optim.Adam(self.parameters, lr=rate, betas=(.5, .9), fused=True)

    def learn(self, true, made, step):
        """One step on windows of true and made clips; returns the loss before it."""
        self.optimizer.zero_grad()
        loss = critic_loss(self.judge(true)[0], self.judge(made)[0])
        loss.backward()
        if step % SMOOTH_EVERY == 0:
            (SMOOTH_EVERY * roughness(self.critic, true)).backward()
        self.crew.mean_gradients(self.parameters)
        self.optimizer.step()
        return loss.item()

    def push(self, shown, starts, true):
        """Where the critic wants every value of the clips `shown` to go: the gradient of its loss."""
        judged, features = self.judge(windows(shown, starts))
        with torch.no_grad():
            true_features = self.judge(true)[1]
        return torch.autograd.grad(decoder_loss(judged, features, true_features), shown)[0]


def starts_of_windows(frames, count, draw):
    """Where the critic's windows start; the first two lie over a border of latents, where pictures may jump."""
    borders = [int(draw.integers(frames // 4)) * 4 + int(draw.integers(-1, 1)) for _ in range(2)]
    return [max(0, b) for b in borders] + [int(draw.integers(frames - WINDOW + 1)) for _ in range(count - 2)]
