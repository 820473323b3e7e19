/**
 * What a board's name of a model says beside the model: the edition that was measured, by its date or month, and how much
 * it was let reason. Only endings are read; whether one is an effort or a part of the name is for the family to say.
 */
import { fullDateIn } from '../match/family-id.ts'
import { EFFORTS, type Effort } from '../vocabulary.ts'

export interface NameReading {
  /** What is left of the name. */
  text: string
  /** What was taken off its end: an effort, or that reasoning was on or off. */
  setting?: Effort | 'reasoning'
}

export interface BoardName {
  /** The whole name first, then what is left without a setting. */
  readings: NameReading[]
  /** YYYY-MM-DD or YYYY-MM. */
  date?: string
}

/** "(Nov 2024)", "(Sept 2024)", "(MoE-236B, May 2024)". */
const MONTH_GROUP = /\s*\((?:[^()]*,\s*)?([A-Z][a-z]{2,8})\.? (20\d\d)\)$/
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** "-high", "-high-32k", "-thinking-16k", "-no-thinking", " (xHigh)", "(thinking-minimal)". */
const SETTING = new RegExp(
  String.raw`(?:-|\s*\()(?:(?:no-|non-)?(?:thinking|reasoning)|(?:thinking-)?(${EFFORTS.join('|')}))(?:-\d+k)?\)?$`,
  'i',
)

export function readBoardName(name: string): BoardName {
  const month = monthIn(name)
  const text = month === undefined ? name : name.replace(MONTH_GROUP, '')
  const date = month ?? fullDateIn(name)
  const [ending = '', effort] = SETTING.exec(text) ?? []
  const setting = EFFORTS.find((one) => one === effort?.toLowerCase()) ?? 'reasoning'
  const rest = text.slice(0, text.length - ending.length)
  return {
    readings: ending === '' || rest === '' ? [{ text }] : [{ text }, { text: rest, setting }],
    ...(date !== undefined && { date }),
  }
}

function monthIn(name: string): string | undefined {
  const [, word = '', year] = MONTH_GROUP.exec(name) ?? []
  const month = MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1
  return month === 0 ? undefined : `${year}-${String(month).padStart(2, '0')}`
}
