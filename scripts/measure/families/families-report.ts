/** What `measure-families` prints. */
import type { FamilyAnswer } from '../../../src/core/match/families.ts'
import type { HiddenLabel } from './leave-one-out.ts'

export interface Measured {
  right: number
  wrong: HiddenLabel[]
  missed: HiddenLabel[]
  precision: number
  recall: number
}

export function measure(hidden: readonly HiddenLabel[]): Measured {
  const right = hidden.filter(({ label, answer }) => answer === label).length
  const missed = hidden.filter(({ answer }) => answer === undefined)
  const wrong = hidden.filter(({ label, answer }) => answer !== undefined && answer !== label)
  return { right, wrong, missed, precision: right / (right + wrong.length), recall: right / hidden.length }
}

export function describeMeasured({ right, wrong, missed, precision, recall }: Measured): string {
  return [
    `With each label hidden in turn: ${right} right, ${wrong.length} wrong, ${missed.length} without an answer.`,
    `Precision ${percent(precision)}, recall ${percent(recall)}.`,
    ...wrong.map((one) => `  ${one.provider} ${one.value}: ${one.answer}, labelled ${one.label}`).sort(),
  ].join('\n')
}

export function describeMisses({ missed }: Measured): string {
  return ['Without an answer:', ...missed.map((one) => `  ${one.provider} ${one.value}: ${one.label}`).sort()].join(
    '\n',
  )
}

export function describeLabs(answers: readonly FamilyAnswer[]): string {
  const withLab = answers.filter(({ lab }) => lab !== undefined).length
  const firstParty = answers.filter((answer) => answer.firstParty).length
  const families = new Set(answers.map(({ family }) => family)).size
  return `With labels shown: ${withLab} of ${answers.length} rows have a lab (${percent(withLab / answers.length)}), ${firstParty} are first-party, in ${families} families.`
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`
