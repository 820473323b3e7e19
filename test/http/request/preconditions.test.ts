import { describe, expect, it } from 'vitest'
import { readPreconditions } from '../../../src/http/request/preconditions.ts'

const read = (headers: Record<string, string>) => readPreconditions(new Headers(headers))

describe('readPreconditions()', () => {
  it('is empty without the headers', () => {
    expect(read({ accept: '*/*' })).toEqual({})
  })

  it('reads a star, with or without space around it', () => {
    expect(read({ 'if-match': '*', 'if-none-match': ' * ' })).toEqual({ ifMatch: '*', ifNoneMatch: '*' })
  })

  it('reads a list of tags, some of which a proxy may have weakened', () => {
    expect(read({ 'if-match': '"a" ,W/"b","c"' })).toEqual({ ifMatch: ['"a"', '"b"', '"c"'] })
  })

  it('reads an empty header as a condition that no tag meets', () => {
    expect(read({ 'if-match': '' })).toEqual({ ifMatch: [''] })
  })
})
