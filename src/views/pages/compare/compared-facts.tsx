/** The facts of a comparison: what is compared, and how it is shown. */

import type { Model } from '../../../core/schema/model.ts'
import { CAPABILITIES } from '../../../core/vocabulary.ts'
import type { Child } from '../../jsx/jsx-runtime.ts'
import { Price } from '../elements/price.tsx'
import { Score } from '../elements/score.tsx'
import { Unknown } from '../elements/unknown.tsx'
import { factName, formatFact } from '../format/facts.ts'
import { formatTokens, formatUsd } from '../format/numbers.ts'

export interface ComparedFact {
  name: string
  value: (model: Model) => unknown
  show: (model: Model) => Child
  /** Which end of a number is worth a mark. */
  best?: 'lowest' | 'highest'
}

type Best = NonNullable<ComparedFact['best']>

export const COMPARED: readonly { title: string; facts: readonly ComparedFact[] }[] = [
  {
    title: 'Model',
    facts: [
      text('lab', ({ lab }) => lab),
      text('family', ({ family }) => family),
      text('type', ({ type }) => type),
      text('status', ({ status }) => status),
      text('releaseDate', ({ releaseDate }) => releaseDate),
      text('knowledgeCutoff', ({ knowledgeCutoff }) => knowledgeCutoff),
      text('openWeights', ({ openWeights }) => openWeights),
      text('retiresOn', ({ retiresOn }) => retiresOn),
    ],
  },
  {
    title: 'Scores',
    facts: [
      score('Intelligence (0–5)', ({ iq }) => iq),
      score('Speed (0–5)', ({ speed }) => speed),
      number('metrics.intelligenceIndex', ({ metrics }) => metrics?.intelligenceIndex, 'highest'),
      number('metrics.epochCapabilitiesIndex', ({ metrics }) => metrics?.epochCapabilitiesIndex, 'highest'),
      number('metrics.arenaText', ({ metrics }) => metrics?.arenaText, 'highest'),
      number('metrics.outputTokensPerSecond', ({ metrics }) => metrics?.outputTokensPerSecond, 'highest'),
    ],
  },
  {
    title: 'Prices in USD per million tokens',
    facts: [
      price('pricing.input', ({ pricing }) => pricing?.input),
      price('pricing.output', ({ pricing }) => pricing?.output),
      price('pricing.blended', ({ pricing }) => pricing?.blended),
      price('pricing.cacheRead', ({ pricing }) => pricing?.cacheRead),
      price('pricing.cacheWrite', ({ pricing }) => pricing?.cacheWrite),
      price('pricing.reasoning', ({ pricing }) => pricing?.reasoning),
      price('pricing.inputAudio', ({ pricing }) => pricing?.inputAudio),
      price('pricing.outputAudio', ({ pricing }) => pricing?.outputAudio),
      text('pricing.tiers', ({ pricing }) => tiersText(pricing)),
      text('pricing.modes', ({ pricing }) => pricing?.modes && Object.keys(pricing.modes)),
      text('billing', ({ billing }) => billing),
    ],
  },
  {
    title: 'Limits',
    facts: [
      number('metrics.contextWindow', ({ metrics }) => metrics?.contextWindow, 'highest'),
      number('metrics.maxInput', ({ metrics }) => metrics?.maxInput, 'highest'),
      number('metrics.maxOutput', ({ metrics }) => metrics?.maxOutput, 'highest'),
    ],
  },
  {
    title: 'Capabilities',
    facts: [
      text('modalities.input', ({ modalities }) => modalities?.input),
      text('modalities.output', ({ modalities }) => modalities?.output),
      ...CAPABILITIES.map((name) => text(`capabilities.${name}`, ({ capabilities }) => capabilities?.[name])),
      text('reasoning.efforts', ({ reasoning }) => reasoning?.efforts),
    ],
  },
]

function text(path: string, value: ComparedFact['value']): ComparedFact {
  return { name: factName(path), value, show: (model) => orUnknown(value(model), (known) => formatFact(path, known)) }
}

function number(path: string, value: (model: Model) => number | undefined, best: Best): ComparedFact {
  return { ...text(path, value), best }
}

function price(path: string, value: (model: Model) => number | undefined): ComparedFact {
  return { name: factName(path), value, show: (model) => <Price usd={value(model)} />, best: 'lowest' }
}

function score(name: string, value: (model: Model) => number | undefined): ComparedFact {
  return { name, value, show: (model) => scoreOf(value(model), name), best: 'highest' }
}

function scoreOf(value: number | undefined, name: string): Child {
  return value === undefined ? <Unknown /> : [value, <Score value={value} of={name} />]
}

function orUnknown(value: unknown, show: (known: unknown) => string): Child {
  return value === undefined ? <Unknown /> : show(value)
}

/** "above 200k tokens: $2.50 in, $15.00 out" */
function tiersText(pricing: Model['pricing']): string | undefined {
  return pricing?.tiers
    ?.map(({ above, input, output }) => {
      const prices = [
        input !== undefined && `${formatUsd(input)} in`,
        output !== undefined && `${formatUsd(output)} out`,
      ]
      return `above ${formatTokens(above)} tokens: ${prices.filter(Boolean).join(', ')}`
    })
    .join('; ')
}
