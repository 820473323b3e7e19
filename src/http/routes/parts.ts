import { type FailureOf, fail, ok } from '../../core/failure.ts'
import { etagOf, rootText } from '../../core/manifest/version.ts'
import { readPart } from '../../edge/parts/read-part.ts'
import { loadParts } from '../../edge/parts/read-parts.ts'
import { storedJsonView } from '../../views/json-view.ts'
import { textView } from '../../views/view.ts'
import { bodies } from '../docs/lazy-bodies.ts'
import { currentCommit } from '../recorded.ts'
import { NO_QUERY, VERSION_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'
import { answerOf, chooseVersion } from '../versioned.ts'

const DIGEST = /^[0-9a-f]{64}$/

const parts = defineRoute({
  method: 'GET',
  path: '/v1/parts',
  access: 'reader',
  summary: 'The digest of each provider, as exactly the bytes whose SHA-256 is the root of the version',
  query: VERSION_QUERY,
  response: { description: 'SHA-256 by provider', schema: () => bodies().then(({ Digests }) => Digests) },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  async handle(exchange, _params, query) {
    const chosen = await chooseVersion(exchange, query)
    if (!chosen.ok) return chosen
    const { version } = chosen.value
    const body = async () => {
      const { index } = await loadParts(exchange.tiers, version, [])
      const digests = Object.entries(index.parts).map(([provider, { digest }]) => [provider, digest])
      return textView(rootText(Object.fromEntries(digests)), 'application/json')
    }
    // The SHA-256 of the body is the root, whose first half is the etag.
    return ok({ ...answerOf(chosen.value), etag: version.etag, body })
  },
})

const part = defineRoute({
  method: 'GET',
  path: '/v1/parts/:digest',
  access: 'reader',
  summary: 'One provider with its models, as exactly the bytes with this SHA-256',
  query: NO_QUERY,
  response: {
    description: 'The part as canonical JSON',
    schema: () => bodies().then(({ Part }) => Part),
  },
  failures: ['not-found', 'empty-registry'],
  async handle(exchange, { digest = '' }) {
    if (!DIGEST.test(digest)) return fail(malformed(digest))
    const current = await currentCommit(exchange)
    if (!current.ok) return current
    const bytes = await readPart(exchange.tiers, current.value, digest)
    if (!bytes) return fail({ code: 'not-found', detail: `Cannot read part ${digest}: no such part` })
    return ok({ body: { ...storedJsonView(bytes), etag: etagOf(digest) }, lifetime: 'immutable' })
  },
})

function malformed(digest: string): FailureOf<'invalid-request'> {
  const message = `is "${digest.slice(0, 80)}", not 64 lower-case hex digits`
  return {
    code: 'invalid-request',
    detail: `Cannot read "digest": it ${message}`,
    errors: [{ field: 'digest', message }],
  }
}

export const partRoutes = [parts, part]
