import { describe, expect, it } from 'vitest'
import { StaticFirstRouter } from '../../src/http/static-first-router.ts'

describe('StaticFirstRouter', () => {
  const PATHS = ['/v1/things', '/v1/things/search', '/v1/things/:name/history', '/v1/things/:name{[^]+}']
  const router = new StaticFirstRouter<string>()
  for (const path of PATHS) router.add('ALL', path, path)
  const matchesOf = (path: string) => router.match('GET', path)[0].map(([handler, params]) => [handler, params])

  it('finds a path without parameters, even if one with a parameter also matches', () => {
    expect(matchesOf('/v1/things')).toEqual([['/v1/things', {}]])
    expect(matchesOf('/v1/things/search')).toEqual([['/v1/things/search', {}]])
  })

  it('finds other paths in the order in which they were added, with their parameters', () => {
    expect(matchesOf('/v1/things/one')).toEqual([['/v1/things/:name{[^]+}', { name: 'one' }]])
    expect(matchesOf('/v1/things/one/history')).toEqual([
      ['/v1/things/:name/history', { name: 'one' }],
      ['/v1/things/:name{[^]+}', { name: 'one/history' }],
    ])
  })

  it('finds nothing else', () => {
    for (const path of ['/', '/v1', '/v1/things/', '/v1/thingsearch', '/V1/things']) expect(matchesOf(path)).toEqual([])
  })
})
