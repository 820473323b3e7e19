/**
 * Overrides on top of what the sources make, part by part. Only the parts that a change affects are read: those of the
 * changed targets, and of models that inherit from them.
 */
import type { Part } from '../../core/build/build-parts.ts'
import type { PartInputs } from '../../core/build/part-inputs.ts'
import { partsOf } from '../../core/manifest/catalogue-parts.ts'
import type { PartBody } from '../../core/manifest/version.ts'
import { keyOf } from '../../core/model-order.ts'
import { affectedProviders, neededProviders } from '../../core/overrides/affected-providers.ts'
import { applyOverrides, type OverrideContext } from '../../core/overrides/apply-overrides.ts'
import type { Lapse } from '../../core/overrides/lapse.ts'
import { isModelOverride, type Override, type Remembered } from '../../core/overrides/override.ts'
import type { Catalogue, ModelKey } from '../../core/schema/model.ts'
import type { IqScale } from '../../core/score.ts'
import type { Database } from '../store/database.ts'
import { getState } from '../store/state.ts'
import { type OverrideGround, readGround } from './override-ground.ts'
import { sourceInputs } from './source-parts.ts'

/** By provider, the part built from its sources now, before overrides. */
export type FreshParts = Map<string, FreshPart>

interface FreshPart {
  inputs: PartInputs
  /** Of the inputs. */
  digest: string
  part: Pick<Part, 'provider' | 'models'>
  body: PartBody
}

export interface OverlayInput {
  fresh: FreshParts
  /** Providers that no source lists any longer. */
  gone: ReadonlySet<string>
  affected: Iterable<string>
  /** Whether to return every part, including unchanged ones. */
  whole: boolean
  /** The instant to take prices at, in Unix milliseconds. */
  at: number
  /** Passed if it has been read already. */
  ground?: OverrideGround
}

export interface Overlaid {
  parts: PartBody[]
  /** Affected providers that are not part of the catalogue. */
  removed: string[]
  /** Models that inherit from a model that the sources no longer have. */
  orphaned: ModelKey[]
  /** The last facts in the sources that overrides build on. */
  remembered: Remembered
  /** Overrides of affected providers that lapsed, because the sources state other facts than the ones they replace. */
  lapses: Lapse[]
  affected: ReadonlySet<string>
}

export function overlay(db: Database, scale: IqScale, input: OverlayInput): Overlaid {
  const { ground = readGround(db) } = input
  const { overrides } = ground
  const touched = [...input.affected].map((provider) => ({ provider }))
  const affected = affectedProviders(touched, overrides)
  if (input.whole) for (const provider of sourceInputs(db).keys()) affected.add(provider)
  for (const { provider } of input.whole ? overrides : []) affected.add(provider)
  const overridden = new Set(overrides.map(({ provider }) => provider))
  const plain = [...affected].filter((provider) => !overridden.has(provider))
  const changed = new Set([...affected].filter((provider) => overridden.has(provider)))
  const read = readerOf(ground, input)
  const applied = applyTo({ scale, at: input.at, only: changed }, ground, read)
  const plainParts = plain.flatMap((provider) => input.fresh.get(provider)?.body ?? bodiesOf(read([provider])))
  const parts = [...plainParts, ...applied.parts]
  const present = new Set(parts.map(({ value }) => value))
  return {
    parts,
    removed: [...affected].filter((provider) => !present.has(provider)),
    orphaned: [
      ...(getState(db, 'orphaned') ?? []).filter(({ provider }) => !affected.has(provider)),
      ...applied.orphaned,
    ].filter(({ provider }) => overridden.has(provider)),
    remembered: applied.remembered,
    lapses: applied.lapses,
    affected,
  }
}

const bodiesOf = (catalogue: Catalogue): PartBody[] => partsOf(catalogue)

type ReadParts = (providers: Iterable<string>) => Catalogue

/** Reads the parts of some providers from the sources alone, preferring those that were just built. */
function readerOf({ partOf }: OverrideGround, { fresh, gone }: OverlayInput): ReadParts {
  return (providers) => {
    const parts = [...providers]
      .filter((provider) => !gone.has(provider))
      .flatMap((provider) => fresh.get(provider)?.part ?? partOf(provider) ?? [])
    return { providers: parts.map(({ provider }) => provider), models: parts.flatMap(({ models }) => models) }
  }
}

function applyTo(
  context: Required<Omit<OverrideContext, 'remembered'>>,
  { overrides, remembered: known }: OverrideGround,
  read: ReadParts,
): Pick<Overlaid, 'parts' | 'orphaned' | 'remembered' | 'lapses'> {
  const needed = neededProviders(context.only, overrides)
  const relevant = overrides.filter(({ provider }) => needed.has(provider))
  const applied = applyOverrides(read(needed), relevant, { ...context, remembered: known })
  return {
    parts: partsOf(applied.catalogue),
    orphaned: applied.orphaned.filter(({ provider }) => context.only.has(provider)),
    lapses: applied.lapses,
    remembered: mergeRemembered(known, applied.remembered, overrides),
  }
}

/** The facts that an override still builds on: the current ones where they were read, else the remembered ones. */
function mergeRemembered(known: Remembered, now: Remembered, overrides: readonly Override[]): Remembered {
  const bases = new Set(
    overrides.flatMap((override) =>
      isModelOverride(override) && override.inheritFrom ? [keyOf(override.inheritFrom)] : [],
    ),
  )
  const owners = new Set(overrides.filter(isModelOverride).map(({ provider }) => provider))
  const models = new Map([...known.models, ...now.models].map((model) => [keyOf(model), model]))
  const providers = new Map([...known.providers, ...now.providers].map((provider) => [provider.value, provider]))
  return {
    models: [...models].filter(([key]) => bases.has(key)).map(([, model]) => model),
    providers: [...providers].filter(([value]) => owners.has(value)).map(([, provider]) => provider),
  }
}
