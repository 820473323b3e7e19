import { expect, it } from 'vitest'
import { readFiles } from '../../../scripts/measure/scores/read-files.ts'
import { aliasOf } from '../../../src/core/boards/aliases.ts'
import { matchScores } from '../../../src/core/boards/match-scores.ts'
import { recordedData, recordedFile, whySkipped } from '../../support/recorded-data.ts'

it.skipIf(!recordedData)(
  `matches the recorded names that were reviewed by hand, and no others${whySkipped}`,
  async () => {
    const { rows, scores } = await readFiles({
      modelsDev: recordedFile('models-dev', 'api-2026-09-30.json.gz'),
      epoch: recordedFile('scores', 'epoch', 'eci_scores.2026-08-11.csv'),
      arena: recordedFile('scores', 'arena', 'rows-text-overall-2026-08-12.json'),
    })
    const matches = matchScores(scores, rows)
    const matched = (board: string) => matches.filter(({ score, family }) => score.source === board && family)
    // Review a change of these numbers by hand: `npm run registry -- measure scores`.
    expect([matched('epoch').length, matched('arena').length]).toEqual([104, 190])
    const familyOf = (name: string) => matches.find(({ score }) => score.name === name)?.family
    for (const trap of ['mistral-medium', 'Qwen 3.8 Max', 'Muse Spark', 'Gemini 2.5 Pro (May 2025)', 'claude-2.1'])
      expect(familyOf(trap), trap).toBeUndefined()
    expect(familyOf('GPT-5.1-Codex-Max')).toBe('openai/gpt-5.1-codex-max')
    expect(familyOf('DeepSeek-V4-Pro')).toBe('deepseek/deepseek-v4-pro')
    expect(aliasOf('epoch', 'DeepSeek-R1 (May 2025)')).toBe('deepseek/deepseek-r1-0528')
  },
)
