/**
 * What two sources say of a matched model beside what matching looks at. If these agree, the match is right; if not,
 * either the match or a source is wrong, which only a reader can tell.
 */

import type { ModalityFlags, Statement } from '../../../src/core/build/statement.ts'
import { normalFormOf } from '../../../src/core/match/normal-form.ts'
import type { MatchedRow, ProFacts } from './matched-rows.ts'

export const CHECKS = ['openrouter id', 'context window', 'modalities', 'reasoning'] as const
type Check = (typeof CHECKS)[number]

/** The result of a check; absent where a source has no value. */
interface Finding {
  check: Check
  agrees: boolean
  /** What Artificial Analysis says. */
  aa: string
  modelsDev: string
}

export interface CheckedRow extends MatchedRow {
  match: Statement
  findings: Finding[]
}

/** `openRouterNames` are the names by the ids of the listing of OpenRouter in models.dev. */
export function checkRows(rows: MatchedRow[], openRouterNames: ReadonlyMap<string, string>): CheckedRow[] {
  const reasoning = reasoningByMatch(rows)
  return rows.flatMap((row) => {
    if (!row.outcome.matched) return []
    const match = row.outcome.statement
    const findings = [
      checkOpenRouterId(row, match, openRouterNames),
      checkContextWindow(row.facts, match),
      checkModalities(row.facts, match),
      checkReasoning(reasoning.get(match.id), match),
    ]
    return [{ ...row, match, findings: findings.filter((finding) => finding !== undefined) }]
  })
}

function checkOpenRouterId(
  { facts, provider }: MatchedRow,
  match: Statement,
  names: ReadonlyMap<string, string>,
): Finding | undefined {
  const id = facts.openrouter_api_id
  if (!id) return undefined
  const formsOf = (texts: (string | undefined)[]) =>
    texts.flatMap((text) => (text ? [normalFormOf(text, provider)] : []))
  const theirs = formsOf([id, names.get(id)])
  const ours = formsOf([match.value, match.name])
  const agrees = theirs.some((a) => ours.some((b) => a.key === b.key))
  return { check: 'openrouter id', agrees, aa: id, modelsDev: `${match.value} ("${match.name}")` }
}

/** 1,000,000 for 1,048,576 is the widest rounding in use. */
const MAX_ROUNDING = 0.05

function checkContextWindow(
  { context_window_tokens: theirs }: ProFacts,
  { facts: { metrics } }: Statement,
): Finding | undefined {
  const ours = metrics?.contextWindow
  if (!theirs || !ours) return undefined
  const agrees = Math.abs(theirs - ours) <= MAX_ROUNDING * Math.max(theirs, ours)
  return { check: 'context window', agrees, aa: String(theirs), modelsDev: String(ours) }
}

function checkModalities(
  { modalities: theirs }: ProFacts,
  { facts: { modalities: ours } }: Statement,
): Finding | undefined {
  const sides = [
    compareKinds('in', theirs?.input, ours?.input),
    compareKinds('out', theirs?.output, ours?.output),
  ].flatMap((side) => side ?? [])
  if (sides.length === 0) return undefined
  const differing = sides.filter(({ aa, modelsDev }) => aa !== modelsDev)
  const listed = differing.length > 0 ? differing : sides
  const text = (source: 'aa' | 'modelsDev') =>
    listed.map((side) => `${side[source] ? '' : 'no '}${side.kind}`).join(', ')
  return { check: 'modalities', agrees: differing.length === 0, aa: text('aa'), modelsDev: text('modelsDev') }
}

type Kinds = NonNullable<ProFacts['modalities']>['input']

function compareKinds(
  side: string,
  theirs: Kinds,
  ours: ModalityFlags | undefined,
): { kind: string; aa: boolean; modelsDev: boolean }[] | undefined {
  if (!theirs || !ours) return undefined
  const pairs = [
    ['text', theirs.text, ours.text],
    ['image', theirs.image, ours.image],
    ['video', theirs.video, ours.video],
    ['audio', theirs.speech, ours.audio],
  ] as const
  return pairs.flatMap(([kind, aa, modelsDev]) =>
    typeof aa === 'boolean' && modelsDev !== undefined ? [{ kind: `${kind} ${side}`, aa, modelsDev }] : [],
  )
}

/** A model that may reason is listed as several rows by one source: it reasons if one of them does. */
function reasoningByMatch(rows: MatchedRow[]): Map<string, boolean> {
  const reasoning = new Map<string, boolean>()
  for (const { outcome, facts } of rows) {
    if (!outcome.matched || typeof facts.reasoning_model !== 'boolean') continue
    reasoning.set(outcome.statement.id, facts.reasoning_model || reasoning.get(outcome.statement.id) === true)
  }
  return reasoning
}

function checkReasoning(theirs: boolean | undefined, { facts: { capabilities } }: Statement): Finding | undefined {
  const ours = capabilities?.reasoning
  if (theirs === undefined || ours === undefined) return undefined
  return { check: 'reasoning', agrees: theirs === ours, aa: String(theirs), modelsDev: String(ours) }
}
