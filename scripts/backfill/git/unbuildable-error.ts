/** The files of a commit do not make a catalogue, so that models.dev could not deploy it either. */
export class UnbuildableError extends Error {}
