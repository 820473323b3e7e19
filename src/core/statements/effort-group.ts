/**
 * The groups of a name that state an effort: "GPT-5.5 (xhigh)", "Claude Opus 5 (Non-reasoning, High Effort)". Groups
 * that state anything else, such as "(Preview)" or "(Nov '24)", are part of the name. Pure.
 */
import { EFFORTS, type Effort } from '../vocabulary.ts'

/** Any group without a group in it; the first capture is what it holds. */
export const GROUP = /\(([^()]*)\)/g

/** What each part of a group may be; `undefined` for one that names no effort. */
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
