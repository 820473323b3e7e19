/**
 * Builds the catalogue from everything that was accepted, with the overrides on top. A part whose inputs are unchanged is
 * reused; a change of an override rebuilds only the parts that it affects.
 */
import type { BuildSettings } from '../../config.ts'
import { buildPart } from '../../core/build/build-parts.ts'
import { BUILD_VERSION } from '../../core/build/part-inputs.ts'
import { typeOf } from '../../core/build/plan-readings.ts'
import type { UnreadFact } from '../../core/build/usable-statement.ts'
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import { canonicalize } from '../../core/json/canonical.ts'
import { bodyOfPart } from '../../core/manifest/catalogue-parts.ts'
import type { Attribution } from '../../core/schema/history.ts'
import type { IqScale } from '../../core/score.ts'
import type { IqBasis } from '../../core/vocabulary.ts'
import { isInOpenRevision, newestCommit } from '../history/history.ts'
import { openDigests } from '../history/parts.ts'
import type { Database } from '../store/database.ts'
import { activeOverrides, plainOverrides } from '../store/override-record.ts'
import { getState } from '../store/state.ts'
import { type FreshParts, type Overlaid, overlay } from './overlay.ts'
import type { OverrideGround } from './override-ground.ts'
import { digestOfInputs } from './part-inputs.ts'
import { commitTimeOf, dueProviders } from './price-boundaries.ts'
import { sourceInputs } from './source-parts.ts'
import { planAccepted, scaleNameOf, scaleOf } from './statements.ts'

export interface Built {
  /** The parts that were built, from the sources alone. */
  fresh: FreshParts
  /** Providers that no source lists any longer. */
  gone: string[]
  overlaid: Overlaid
  attribution: Attribution[]
  iqBasis?: IqBasis
  iqScale?: string
  /** Facts that could not be used, by source and field. */
  unread?: readonly UnreadFact[]
  /** Every provider that any source states, including those that the settings leave out. */
  stated?: readonly string[]
  settings: BuildSettings
}

/**
 * `undefined` where nothing is accepted yet. `at` is the time of the commit, in Unix milliseconds. `whole` where the
 * current content may be of anything, as after a rollback.
 */
export function buildAccepted(
  db: Database,
  settings: BuildSettings,
  { at, whole = false }: { at: number; whole?: boolean },
): Result<Built | undefined, SourceFailure> {
  const planned = planAccepted(db, settings)
  if (!planned.ok || !planned.value) return planned.ok ? ok(undefined) : planned
  const { parts, scale, attribution, stated, unread } = planned.value
  const known = sourceInputs(db)
  const fresh: FreshParts = new Map()
  for (const [provider, inputs] of parts) {
    const digest = digestOfInputs(inputs, stated.get(provider) ?? [])
    if (known.get(provider) === digest) continue
    const part = buildPart(inputs, typeOf)
    fresh.set(provider, { inputs, digest, part, body: bodyOfPart(part.provider, part.models) })
  }
  const gone = [...known.keys()].filter((provider) => !parts.has(provider))
  // A provider that only overrides make has no inputs that would show a change of settings.
  const isSameKey = getState(db, 'builtWith') === buildKey(db, settings)
  const overridden = isSameKey ? [] : plainOverrides(activeOverrides(db)).map(({ provider }) => provider)
  const affected = whole
    ? [...parts.keys(), ...gone, ...Object.keys(openDigests(db))]
    : [...fresh.keys(), ...gone, ...overridden, ...dueProviders(db, at)]
  const overlaid = overlay(db, scale, {
    ...{ fresh, gone: new Set(gone), affected, whole },
    at: commitTimeOf(db, at),
  })
  const named = { stated: [...stated.keys()].sort() }
  return ok({ fresh, gone, overlaid, attribution, unread, ...named, ...basisOf(db, overlaid, scale), settings })
}

/** Builds only the parts that a change of overrides affects. Their sources must be unchanged. */
export function buildOverridden(
  db: Database,
  settings: BuildSettings,
  { changed = [], at, ground }: { changed?: readonly string[]; at: number; ground?: OverrideGround },
): Built {
  const scale = scaleOf(db, settings)
  const affected = [...changed, ...dueProviders(db, at)]
  const overlaid = overlay(db, scale, {
    ...{ fresh: new Map(), gone: new Set(), affected, whole: false },
    at: commitTimeOf(db, at),
    ...(ground && { ground }),
  })
  const { attribution = [] } = newestCommit(db) ?? {}
  return { fresh: new Map(), gone: [], overlaid, attribution, ...basisOf(db, overlaid, scale), settings }
}

/** Canonical JSON escapes quotes in texts, so only a key can contain this. */
const IQ_KEY = '"iq":'

/** The basis and its scale, if any model has a score: in a part that was built, or in one that is kept. */
function basisOf(db: Database, { parts, removed }: Overlaid, scale: IqScale): Pick<Built, 'iqBasis' | 'iqScale'> {
  const isBuilt = parts.some(({ models }) => models.some(({ body }) => body.includes(IQ_KEY)))
  // If the newest commit has no basis, no part that is kept has a score.
  const isKnown = (newestCommit(db)?.iqBasis ?? null) !== null
  const replaced = [...parts.map(({ value }) => value), ...removed]
  if (!isBuilt && !(isKnown && isInOpenRevision(db, IQ_KEY, replaced))) return {}
  const iqScale = scaleNameOf(db, scale)
  return { iqBasis: scale.basis, ...(iqScale !== undefined && { iqScale }) }
}

/** What the current catalogue depends on besides the facts: if it differs, the catalogue is rebuilt. */
export function buildKey(db: Database, settings: BuildSettings): string {
  const { providers, ...rest } = settings
  const { basis } = scaleOf(db, settings)
  return canonicalize({ build: BUILD_VERSION, providers: providers.text, ...rest, iqBasis: basis })
}
