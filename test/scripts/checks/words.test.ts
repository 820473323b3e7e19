import { describe, expect, it } from 'vitest'
import { wordsIn } from '../../../scripts/checks/words.ts'

describe('wordsIn()', () => {
  it('names the place of an unwanted word, and what to write instead', () => {
    expect(wordsIn('docs/api.md', 'Fine.\nThe client is told of it.')).toEqual([
      'docs/api.md:2: "told": report, say, show, pass, distinguish',
    ])
  })

  it.each(['there is no version', 'it is no longer served', 'is no later than', 'the registry returns 404', 'anyBody'])(
    'accepts "%s"',
    (text) => expect(wordsIn('a.ts', text)).toEqual([]),
  )

  it.each([
    'that is no version',
    'taken back',
    'reads go round it',
    'in vain',
    'kept for ever',
    'some 30 ms',
    'Everybody',
    'was cut short',
    'as they came',
  ])('refuses "%s"', (text) => expect(wordsIn('a.ts', text)).toHaveLength(1))
})
