import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/core/pricing/cost-of.ts'
import { AI_SDK_ROWS } from '../../support/core/usage-rows/ai-sdk.ts'
import { ANTHROPIC_ROWS } from '../../support/core/usage-rows/anthropic.ts'
import { GEMINI_ROWS } from '../../support/core/usage-rows/gemini.ts'
import { OPENAI_ROWS } from '../../support/core/usage-rows/openai.ts'
import { OPENAI_HOST_ROWS } from '../../support/core/usage-rows/openai-hosts.ts'

describe('costOf() of usage as each API defines it', () => {
  it.each([...OPENAI_ROWS, ...OPENAI_HOST_ROWS, ...ANTHROPIC_ROWS, ...GEMINI_ROWS, ...AI_SDK_ROWS])(
    '$by: $usage costs $usd',
    ({ usage, model, options, usd }) => {
      expect(costOf(model, usage, options)).toMatchObject({ ok: true, value: { usd } })
    },
  )
})
