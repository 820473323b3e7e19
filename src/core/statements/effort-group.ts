/**
 * Finds the groups in a name that state an effort: "GPT-5.5 (xhigh)", "Claude Opus 5 (Non-reasoning, High Effort)". Any
 * other group, such as "(Preview)" or "(Nov '24)", is part of the name. Pure.
 */
import { EFFORTS, type Effort } from '../vocabulary.ts'

/** A group in parentheses without a nested group. The first capture is the text inside. */
export const GROUP = /\(([^()]*)\)/g

/** The texts that a part of a group may be, and the effort of each; `undefined` if the text names no effort. */
const STATED: ReadonlyMap<string, Effort | undefined> = new Map<string, Effort | undefined>([
  ...EFFORTS.flatMap((effort) => [[effort, effort] as const, [`${effort} effort`, effort] as const]),
  ...['reasoning', 'adaptive reasoning', 'thinking'].map((words) => [words, undefined] as const),
  ['non-reasoning', 'none'],
])

/** Whether every part of a group, separated by commas, is about reasoning. */
export function isEffortGroup(inside: string): boolean {
  return partsOf(inside).every((part) => STATED.has(part))
}

/** The efforts that a group names. */
export function effortsIn(inside: string): Effort[] {
  return isEffortGroup(inside) ? partsOf(inside).flatMap((part) => STATED.get(part) ?? []) : []
}

const partsOf = (inside: string): string[] => inside.split(',').map((part) => part.trim().toLowerCase())
