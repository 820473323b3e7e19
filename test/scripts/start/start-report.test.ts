import { describe, expect, it } from 'vitest'
import { describeStart } from '../../../scripts/start/start-report.ts'
import { emptyTourLines, tourLines } from '../../../scripts/start/tour.ts'

const URL = 'http://localhost:8787'
const STOPS = { sort: '-iq' as const, model: { provider: 'zai', value: 'glm-4.5' }, version: 'v1.0123456789ab' }

describe('tourLines()', () => {
  it('searches, reads a model, and reads its past', () => {
    expect(tourLines({ url: URL, needsToken: false }, STOPS)).toEqual([
      `curl '${URL}/v1/models/search?capability=reasoning&maxOutputPrice=5&sort=-iq&limit=3'`,
      `curl '${URL}/v1/models/zai/glm-4.5'`,
      `curl '${URL}/v1/models/zai/glm-4.5?version=v1.0123456789ab'`,
    ])
  })

  it('names the variable of the token, not the token, if reading needs one', () => {
    const lines = [
      ...tourLines({ url: URL, needsToken: true }, STOPS),
      ...emptyTourLines({ url: URL, needsToken: true }),
    ]
    for (const line of lines) expect(line).toMatch(/^curl -H "Authorization: Bearer \$READ_TOKEN" 'http/)
  })
})

describe('describeStart()', () => {
  const started = {
    mode: 'sample' as const,
    url: URL,
    filling: { kind: 'sample' as const, commits: 7 },
    counts: { providers: 27, models: 381 },
    adminToken: 'generated-token',
    generated: true,
    storage: '.wrangler/registry/sample',
    tourLines: ['curl x'],
  }

  it('reports what was loaded from a sample, its day and how to get more', () => {
    const text = describeStart(started)
    expect(text).toContain('the sample of 2026-09-30, with 7 commits since 2025-06-30: 381 models of 27 providers')
    expect(text).toMatch(
      /sample of real facts.*models\.dev \(MIT\).*2026-09-30.*Epoch AI \(CC BY 4\.0\) of 2026-08-11/s,
    )
    expect(text).toContain('generated-token (generated, kept in .wrangler/registry/sample/admin-token)')
  })

  it('reports which sources were not pulled', () => {
    const filling = { kind: 'pulled' as const, failed: ['Cannot pull from Arena: it answered 504'] }
    expect(describeStart({ ...started, mode: 'live', filling })).toContain(
      'pulled in part (Cannot pull from Arena: it answered 504): 381 models of 27 providers',
    )
    expect(describeStart({ ...started, mode: 'live', filling: { kind: 'pulled', failed: [] } })).toContain(
      'pulled from every source: 381 models',
    )
  })

  it('never prints a token that was given', () => {
    expect(describeStart({ ...started, adminToken: 'given-token', generated: false })).not.toContain('given-token')
  })

  it('reports why a live pull failed and how to retry', () => {
    const filling = { kind: 'not-pulled' as const, reason: 'Cannot pull: the key is not accepted' }
    const text = describeStart({ ...started, mode: 'live', filling, counts: undefined })
    expect(text).toContain('none yet. Cannot pull: the key is not accepted')
    expect(text).toContain('POST /v1/admin/refresh')
    expect(text).toContain('npm start -- --sample')
    expect(text).not.toContain('models.dev (MIT)')
  })
})
