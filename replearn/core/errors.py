"""Errors that a user may meet. Each message is one sentence that says what to do."""


class ReplearnError(Exception):
    """Base of every error whose message is meant for a user."""


class InputError(ReplearnError):
    """What the user gave (a picture, a label, a folder, a setting) can't be used as it is."""


class ModelError(ReplearnError):
    """A model can't be opened, or its weights or configuration don't fit."""


class CapabilityError(ModelError):
    """The chosen model can't do what was asked; the message names models that can."""


class OfflineError(ReplearnError):
    """Something would have to be downloaded, and no download was asked for or none is possible."""


class StoppedError(ReplearnError):
    """The user stopped the work."""


class TrainingError(ReplearnError):
    """A run can't go on; the message says what is kept and what to change."""
