/** The days of the sample, chosen from the recorded replies of models.dev and Epoch. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { matchScores } from '../../../src/core/boards/match-scores.ts'
import { joinRows } from '../../../src/core/build/rows.ts'
import { createFamilies } from '../../../src/core/match/families.ts'
import { billingOf } from '../../../src/core/statements/billing.ts'
import type { ModelStatement, NamedScore } from '../../../src/core/statements/statement.ts'
import { EPOCH } from '../../../src/sources/epoch/epoch.ts'
import { toShare } from '../../../src/sources/models-dev/delta.ts'
import { readShare } from '../../../src/sources/models-dev/read-body.ts'
import { type ListedDay, SAMPLE_DAYS, type SampleDay, type SampleScore } from '../sample-days.ts'
import { chooseModels, keyOf } from './choose-models.ts'
import { type Listed, listedIn, listedOn } from './recorded-days.ts'
import { sampleModelOf } from './sample-model-of.ts'

/** Of the history, and the two ends of what was recorded of it. */
const PAST = [SAMPLE_DAYS.first, '2025-09-30', '2025-12-31', '2026-03-31', '2026-07-01']
const { last: LAST, scored: SCORED } = SAMPLE_DAYS

export async function readRecordedSample(folder: string): Promise<SampleDay[]> {
  const listed = await readListed(folder)
  const statements = listed.map(([, rows]) => statementsOf(rows))
  const scores = readScores(folder)
  const measured = statements.flatMap((models) => matchesOf(scores, models))
  const chosen = chooseModels(statements, new Set(measured.map(({ family }) => family)))
  const days = listed.map(([day, rows]) => dayOf(day, rows, chosen))
  const ofChosen = statements.slice(-2).map((models) => models.filter((model) => chosen.has(keyOf(model))))
  const names = new Set(ofChosen.flatMap((models) => matchesOf(scores, models)).map(({ name }) => name))
  const scored: SampleDay = {
    day: SCORED,
    source: 'epoch',
    scores: scores.filter(({ name }) => names.has(name)).flatMap(scoreOf),
  }
  return [...days.slice(0, -1), scored, ...days.slice(-1)]
}

/** By day, everything that models.dev listed. */
export async function readListed(folder: string): Promise<[day: string, Listed][]> {
  return [...(await listedOn(PAST, folder)), [LAST, listedIn(folder, LAST)]]
}

const statementsOf = (listed: Listed): ModelStatement[] =>
  [...listed].flatMap(([id, rows]) => readShare({ ...toShare(rows), id }).models)

/** Of a day, the models that are chosen. */
export function dayOf(day: string, listed: Listed, chosen: ReadonlySet<string>): ListedDay {
  const found: ListedDay = { day, source: 'models.dev', providers: new Map(), models: new Map() }
  for (const [id, rows] of listed) {
    const facts = { ...rows.facts, id }
    const { providers, models } = readShare({ ...toShare(rows), id })
    const wanted = models.filter((model) => chosen.has(keyOf(model)))
    const [provider] = providers
    if (wanted.length === 0 || !provider) continue
    const { api } = provider.facts
    found.providers.set(id, { name: provider.name, ...(api && { api }) })
    for (const model of wanted) found.models.set(keyOf(model), sampleModelOf(model, facts))
  }
  return found
}

export function readScores(folder: string): readonly NamedScore[] {
  const csv = readFileSync(join(folder, 'scores', 'epoch', `eci_scores.${SCORED}.csv`), 'utf8')
  return EPOCH.read(csv, {}).scores ?? []
}

/** By the matcher that the registry uses. */
function matchesOf(
  scores: readonly NamedScore[],
  models: readonly ModelStatement[],
): { name: string; family: string }[] {
  const joined = joinRows(models, {
    familyOf: createFamilies(models),
    billingOf,
    providerNameOf: (provider) => provider,
  })
  if (!joined.ok) throw new CommandError(joined.failure.detail)
  return matchScores(scores, joined.value.rows).flatMap(({ score: { name }, family }) =>
    family === undefined ? [] : [{ name, family }],
  )
}

function scoreOf({ name, organization, releaseDate, metrics }: NamedScore): SampleScore[] {
  const { epochCapabilitiesIndex } = metrics
  if (epochCapabilitiesIndex === undefined) return []
  return [
    { score: name, ...(organization && { organization }), ...(releaseDate && { releaseDate }), epochCapabilitiesIndex },
  ]
}
