import { expect, it } from 'vitest'
import { checkSize, MAX_BYTES, MAX_ROWS } from '../../../src/core/guard/check-size.ts'

it.each([
  [MAX_ROWS, MAX_BYTES, undefined],
  [MAX_ROWS + 1, 1, '30,001 models, more than 30,000'],
  [1, MAX_BYTES + 1, '26,214,401 bytes, more than the 26,214,400 that Workers KV takes'],
])('of %i rows and %i bytes: %s', (rows, bytes, text) => {
  expect(checkSize({ rows, bytes })?.text).toBe(text)
})
