/**
 * Reads what a board's name for a model states besides the model: the date or month of the edition measured, and the
 * reasoning effort. Only the end of the name is read. Whether that end is an effort or part of the name depends on the
 * family, so both readings are returned.
 */
import { fullDateIn } from '../match/family-id.ts'
import { EFFORTS, type Effort } from '../vocabulary.ts'

export interface NameReading {
  /** The name without the setting. */
  text: string
  /**
   * The setting removed from the end: an effort, or `reasoning` if the name only states that reasoning was on or off.
   */
  setting?: Effort | 'reasoning'
}

export interface BoardName {
  /** First the whole name, then the name without a setting. */
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
