import { describe, expect, it } from 'vitest'
import { describeStart } from '../../../scripts/start/start-report.ts'
import { emptyTourLines, tourLines } from '../../../scripts/start/tour.ts'

const URL = 'http://localhost:8787'
const STOPS = { sort: '-iq' as const, model: { provider: 'zai', value: 'glm-4.5' }, version: 'v1.0123456789ab' }

describe('tourLines()', () => {
  it('searches, reads a model, and reads it as it was', () => {
    expect(tourLines({ url: URL }, STOPS)).toEqual([
      `curl '${URL}/v1/models/search?capability=reasoning&maxOutputPrice=5&sort=-iq&limit=3'`,
      `curl '${URL}/v1/models/zai/glm-4.5'`,
      `curl '${URL}/v1/models/zai/glm-4.5?version=v1.0123456789ab'`,
    ])
  })

  it('carries the token where reading needs one, quoted for a shell', () => {
    const lines = [
      ...tourLines({ url: URL, readToken: `it's` }, STOPS),
      ...emptyTourLines({ url: URL, readToken: `it's` }),
    ]
    for (const line of lines) expect(line).toMatch(/^curl -H 'Authorization: Bearer it'\\''s' 'http/)
  })
})

describe('describeStart()', () => {
  const started = {
    mode: 'sample' as const,
    url: URL,
    filling: { kind: 'sample' as const, pulls: 5, versions: 5, overrides: 17 },
    counts: { providers: 30, models: 163 },
    adminToken: 'generated-token',
    generated: true,
    storage: '.wrangler/registry/sample',
    tourLines: ['curl x'],
  }

  it('says of a sample what was loaded and that its scores and speeds are made up', () => {
    const text = describeStart(started)
    expect(text).toContain(
      '5 pulls of the sample loaded as history, 5 versions made, then 17 overrides from overrides/: 163 models of 30 providers',
    )
    expect(text).toContain('scores and speeds of this sample are made up')
    expect(text).toContain('AA_API_KEY=<your key> npm start')
    expect(text).toContain('generated-token (generated, kept in .wrangler/registry/sample/admin-token)')
  })

  it('never prints a token that was given', () => {
    expect(describeStart({ ...started, adminToken: 'given-token', generated: false })).not.toContain('given-token')
  })

  it('says why a live pull failed and how to try again', () => {
    const filling = { kind: 'not-pulled' as const, reason: 'Cannot pull: the key is not accepted' }
    const text = describeStart({ ...started, mode: 'live', filling, counts: undefined })
    expect(text).toContain('none yet. Cannot pull: the key is not accepted')
    expect(text).toContain('POST /v1/admin/refresh')
    expect(text).not.toContain('made up')
  })
})
