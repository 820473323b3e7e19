import { CHANGE_GROUPS, type DiffFilter } from '../../core/diff/filter.ts'
import type { Failure, Result } from '../../core/failure.ts'
import { unknownAmong } from '../../core/search/refusals.ts'
import { parseVersionOrAt, type Resolved } from '../../core/selector.ts'
import { resolve, resolveCommit } from '../../edge/resolve.ts'
import { storedJsonView } from '../../views/json-view.ts'
import { bodies } from '../docs/lazy-bodies.ts'
import type { Answered, Exchange } from '../exchange.ts'
import { answerRecorded } from '../recorded.ts'
import { flagParam, listParam, requiredParam, textParam, wordParam } from '../request/params.ts'
import { defineRoute } from '../route.ts'
import { invalidNames } from '../unknown-provider.ts'

const diff = defineRoute({
  method: 'GET',
  path: '/v1/diff',
  access: 'reader',
  summary: 'What changed between two versions or moments',
  query: {
    from: requiredParam(textParam('A version or a time')),
    to: textParam('A version or a time; default: the current commit'),
    only: listParam(wordParam(CHANGE_GROUPS, 'Only these kinds of change')),
    provider: listParam(textParam('Only these providers')),
    firstParty: flagParam('Only first-party models (true), or only the others (false)'),
    rescale: wordParam(['omit'], 'Omit changes of scores (iq and its index) that are due to a changed scale'),
  },
  response: {
    description: 'The changes from the older to the newer commit',
    schema: () => bodies().then(({ Diff }) => Diff),
  },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  async handle(exchange, _params, { from, to, ...filter }) {
    const older = await resolveEnd(exchange, 'from', from)
    if (!older.ok) return older
    const newer = to === undefined ? await resolve(exchange.tiers, undefined) : await resolveEnd(exchange, 'to', to)
    if (!newer.ok) return newer
    return answerDiff(exchange, older.value, newer.value, filter, to !== undefined)
  },
})

async function resolveEnd({ tiers }: Exchange, field: string, text: string): Promise<Result<Resolved>> {
  const selector = parseVersionOrAt(field, text)
  return selector.ok ? resolveCommit(tiers, selector.value) : selector
}

function answerDiff(
  exchange: Exchange,
  from: Resolved,
  to: Resolved,
  filter: DiffFilter,
  isToNamed: boolean,
): Promise<Answered> {
  const fromSeq = from.pointer.seq
  const toSeq = to.pointer.seq
  let refused: Failure | undefined
  return answerRecorded(exchange, to.pointer, {
    lifetime: isToNamed && from.isFinal && to.isFinal ? 'immutable' : 'current',
    path: '/v1/diff',
    query: { from: fromSeq, ...filter },
    read: async () => {
      refused = await refuseProviders(exchange, fromSeq, toSeq, filter)
      const bytes = refused ? undefined : await exchange.registry.diff(fromSeq, toSeq, filter)
      return bytes && storedJsonView(bytes)
    },
    missing: () => refused ?? { code: 'not-found', detail: `Cannot compare with commit ${fromSeq}: no such commit` },
  })
}

/** A provider must exist in at least one of the two versions. */
async function refuseProviders(
  { registry }: Exchange,
  fromSeq: number,
  toSeq: number,
  { provider }: DiffFilter,
): Promise<Failure | undefined> {
  if (!provider) return undefined
  const known = await registry.providersOfDiff(fromSeq, toSeq)
  const errors = unknownAmong('provider', provider, known)
  return errors.length > 0 ? invalidNames(errors) : undefined
}

export const diffRoutes = [diff]
