/** What `measure-matching` prints. */
import { fixed, textTable } from '../../../src/cli/shared/table.ts'
import { CHECKS, type CheckedRow } from './independent-check.ts'
import type { MatchedRow } from './matched-rows.ts'

const SINCE = '2025-01-01'
const LARGEST = 10

/** The models that are measured: those of the largest providers of the pull that came out since the start of 2025. */
export function measuredRows(rows: MatchedRow[]): MatchedRow[] {
  const providers = largestProviders(rows)
  return rows.filter(({ provider, row }) => providers.includes(provider) && (row.facts.releaseDate ?? '') >= SINCE)
}

/** `newest` is the newest release date that the catalogue of models.dev knows: it cannot hold what came later. */
export function describeShares(rows: MatchedRow[], newest: string): string {
  const line = (name: string, all: MatchedRow[]): string[] => {
    const known = all.filter(({ row }) => (row.facts.releaseDate ?? '') <= newest)
    return [name, ...shareOf(all), ...shareOf(known), ...shareOfFamilies(known)]
  }
  const head = ['provider', 'models', 'matched', '%', `to ${newest}`, 'matched', '%', 'families', 'matched', '%']
  const lines = largestProviders(rows).map((provider) =>
    line(
      provider,
      rows.filter((row) => row.provider === provider),
    ),
  )
  return textTable(`Models released since ${SINCE}`, head, [...lines, line('all', rows)])
}

export function describeUnmatched(rows: MatchedRow[], newest: string, listed: boolean): string {
  const unmatched = rows.flatMap(({ provider, row, outcome }) => (outcome.matched ? [] : [{ provider, row, outcome }]))
  const reasonOf = ({ row, outcome }: (typeof unmatched)[number]) =>
    (row.facts.releaseDate ?? '') > newest ? `${outcome.reason}, newer than the catalogue` : outcome.reason
  const counts = Map.groupBy(unmatched, reasonOf)
  const table = textTable(
    'Unmatched',
    ['reason', 'models'],
    [...counts].map(([reason, of]) => [reason, String(of.length)]),
  )
  if (!listed) return table
  const lines = unmatched.map((row) => {
    const { provider, outcome } = row
    return `  ${provider}/${row.row.value} "${row.row.name}" ${row.row.facts.releaseDate}: ${reasonOf(row)} ${outcome.candidates.join(' ')}`
  })
  return [table, ...lines.map((text) => text.trimEnd())].join('\n')
}

export function describeChecks(rows: CheckedRow[]): string {
  const findings = rows.flatMap((row) => row.findings)
  const lines = CHECKS.map((check) => {
    const of = findings.filter((finding) => finding.check === check)
    return [check, ...countsOf(of.length, of.filter(({ agrees }) => agrees).length)]
  })
  const clean = rows.filter((row) => row.findings.every(({ agrees }) => agrees)).length
  return textTable(
    'Independent checks of the matches',
    ['fact', 'compared', 'agree', '%'],
    [...lines, ['no disagreement', ...countsOf(rows.length, clean)]],
  )
}

export function describeDisagreements(rows: CheckedRow[]): string {
  return CHECKS.flatMap((check) => {
    const lines = rows.flatMap(({ provider, row, match, findings }) =>
      findings
        .filter((finding) => finding.check === check && !finding.agrees)
        .map(({ aa, modelsDev }) => `  ${provider}/${row.value} = ${match.id}: ${aa} | ${modelsDev}`),
    )
    return lines.length > 0 ? [`Disagreements, ${check}: Artificial Analysis | models.dev`, ...lines] : []
  }).join('\n')
}

function largestProviders(rows: MatchedRow[]): string[] {
  return [...Map.groupBy(rows, ({ provider }) => provider)]
    .sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1))
    .slice(0, LARGEST)
    .map(([provider]) => provider)
}

function shareOf(rows: MatchedRow[]): string[] {
  return countsOf(rows.length, rows.filter(({ outcome }) => outcome.matched).length)
}

function shareOfFamilies(rows: MatchedRow[]): string[] {
  const families = [...Map.groupBy(rows, ({ family }) => family).values()]
  return countsOf(families.length, families.filter((of) => of.some(({ outcome }) => outcome.matched)).length)
}

function countsOf(all: number, some: number): string[] {
  return [String(all), String(some), all === 0 ? '' : fixed((100 * some) / all)]
}
