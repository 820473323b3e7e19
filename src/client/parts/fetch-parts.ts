/**
 * Fetches the parts of a version that a client reads: which digests there are, then those it does not have. All is
 * verified by digests, unless the page has no WebCrypto.
 */
import { partsOf } from '../../core/manifest/catalogue-parts.ts'
import { type PartDigests, partText, versionOf } from '../../core/manifest/version.ts'
import type { Manifest, VersionId } from '../../core/schema/history.ts'
import { missingProvider } from '../../core/search/refusals.ts'
import { DataError, localProblem, NOT_ASKED_FOR } from '../errors.ts'
import { queryOf } from '../fetch/query.ts'
import { haveTexts, idOf } from '../fetch/shapes.ts'
import type { Transport } from '../fetch/transport.ts'
import { canHash, sha256 } from '../manifest/digest.ts'
import { isManifest } from '../manifest/known-manifest.ts'
import type { Selection } from '../manifest/selection.ts'
import { type Head, type KnownParts, manifestOfParts, type Part, partFrom } from './known-parts.ts'

/** Above this number, one request for all is cheaper for the client and the registry than one each. */
const MAX_REQUESTS = 32

export type Providers = readonly string[] | 'all'

interface Asking {
  transport: Transport
  providers: Providers
  selection: Selection
  signal: AbortSignal
}

interface Came {
  parts: Part[]
  /** If it was fetched with them. */
  head?: Head
}

/** Known parts are not fetched again. For a commit, `id` is its version. */
export async function fetchParts(given: Asking, known: KnownParts | undefined, id?: VersionId): Promise<KnownParts> {
  const { digests, version } = await fetchDigests(given)
  // From here on by version, even if a time was requested: it may be in the future.
  const asking = version === undefined ? given : { ...given, selection: { version } }
  const names = namesAmong(digests, asking, known)
  const kept = known?.parts.filter(({ digest, provider: { value } }) => digests[value] === digest) ?? []
  const missing = names.filter((name) => !kept.some(({ provider }) => provider.value === name))
  const came = await (missing.length > MAX_REQUESTS ? fetchTogether : fetchEach)(asking, missing, digests)
  const parts = [...kept, ...came.parts]
  // If no part changed, nothing in the head that matters to them can have changed.
  const same = missing.length === 0 && known && id ? { ...known.head, ...idOf(id) } : undefined
  const head = came.head ?? same ?? (await fetchHead(asking, parts))
  return { digests, parts, head, manifest: manifestOfParts(head, parts) }
}

async function fetchDigests({ transport, selection, signal }: Asking) {
  const path = `/v1/parts${queryOf({ ...selection })}`
  const answer = await transport.ask(path, { signal })
  const { version, etag = '' } = canHash() ? versionOf(await sha256(answer.text ?? '')) : answer
  const hex = selection.version?.replace(/^v1\.|"/g, '')
  const isIts = !canHash() || hex === undefined || etag.startsWith(`"${hex}`)
  if (!isIts || !haveTexts([answer.json], Object.keys(Object(answer.json)))) throw notAsItSays(path)
  return { digests: answer.json as PartDigests, version } // they are texts by provider
}

/** A provider that was removed is omitted; one that never existed is an error. */
function namesAmong(digests: PartDigests, { providers, selection }: Asking, known: KnownParts | undefined): string[] {
  const all = Object.keys(digests)
  if (providers === 'all') return all
  const unknown = providers.find((name) => !Object.hasOwn(digests, name))
  if (unknown === undefined || known) return all.filter((name) => providers.includes(name))
  const version = selection.version ?? 'this version'
  throw localProblem({ code: 'not-found', detail: missingProvider(version, unknown, all) })
}

async function fetchEach({ transport, signal }: Asking, names: string[], digests: PartDigests): Promise<Came> {
  const fetched = names.map(async (name) => {
    const digest = digests[name] ?? ''
    const path = `/v1/parts/${digest}`
    const { text = '' } = await transport.ask(path, { signal })
    return provenPart(path, text, name, digest)
  })
  return { parts: await Promise.all(fetched) }
}

async function fetchTogether(asking: Asking, names: string[], digests: PartDigests): Promise<Came> {
  const { transport, selection, signal } = asking
  const isWhole = names.length === Object.keys(digests).length
  const path = `/v1/manifest${queryOf({ ...selection, provider: isWhole ? undefined : names })}`
  const manifest = await transport.get(path, { signal })
  if (!isManifest(manifest)) throw notAsItSays(path)
  const bodies = new Map(partsOf(manifest).map((body) => [body.value, partText(body)]))
  const proven = names.map((name) => provenPart(path, bodies.get(name) ?? '', name, digests[name] ?? ''))
  return { parts: await Promise.all(proven), head: headOf(manifest) }
}

async function provenPart(path: string, text: string, name: string, digest: string): Promise<Part> {
  const part = await partFrom(text, name, digest)
  if (!part) throw notAsItSays(path)
  return part
}

/** With the smallest part, because no route returns only the head of a manifest. */
async function fetchHead({ transport, selection, signal }: Asking, parts: readonly Part[]): Promise<Head> {
  const [smallest] = parts.toSorted((a, b) => a.models.length - b.models.length)
  const path = `/v1/manifest${queryOf({ ...selection, provider: smallest?.provider.value })}`
  const manifest = await transport.get(path, { signal })
  if (!isManifest(manifest)) throw notAsItSays(path)
  return headOf(manifest)
}

function headOf({ providers: _providers, models: _models, ...head }: Manifest): Head {
  return head
}

const notAsItSays = (path: string): DataError => new DataError(path, `${NOT_ASKED_FOR}, or does not match its digest`)
