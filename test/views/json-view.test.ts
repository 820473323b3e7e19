import { describe, expect, it } from 'vitest'
import { jsonListView, jsonView, storedJsonView } from '../../src/views/json-view.ts'
import { textView } from '../../src/views/view.ts'

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

describe('jsonView()', () => {
  it.each([[{ name: 'é', absent: undefined }], [[1, 2]], ['text'], [null]])('is the JSON of %j', (json) => {
    const { bytes, ...rest } = jsonView(json)
    expect(textOf(bytes)).toBe(JSON.stringify(json))
    expect(rest).toEqual({ contentType: 'application/json' })
  })
})

describe('jsonListView()', () => {
  const models = [{ name: 'é' }, { name: 'b', iq: undefined }]

  it('is the JSON of its entries, in every list that contains them', () => {
    for (const list of [models, models.toReversed(), models.slice(1), []])
      expect(textOf(jsonListView(list).bytes)).toBe(JSON.stringify(list))
  })

  it('has the count before paging', () => {
    expect(jsonListView(models, 17)).toMatchObject({ total: 17, contentType: 'application/json' })
    expect(jsonListView([], 0).total).toBe(0)
    expect(jsonListView(models)).not.toHaveProperty('total')
  })
})

describe('storedJsonView()', () => {
  it('is the bytes themselves', () => {
    const bytes = new TextEncoder().encode('{}')
    expect(storedJsonView(bytes).bytes).toBe(bytes)
  })
})

describe('textView()', () => {
  it('is UTF-8 text of the type given', () => {
    const view = textView('é', 'text/plain; charset=utf-8')
    expect(view).toEqual({ bytes: new Uint8Array([0xc3, 0xa9]), contentType: 'text/plain; charset=utf-8' })
  })
})
