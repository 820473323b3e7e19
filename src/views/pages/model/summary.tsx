/** What a model is: its names, its standing, and the figures that people look for first. */

import type { Model, Provider } from '../../../core/schema/model.ts'
import type { Child } from '../../jsx/jsx-runtime.ts'
import { Chip } from '../elements/chip.tsx'
import { Price } from '../elements/price.tsx'
import { Score } from '../elements/score.tsx'
import { formatDate } from '../format/dates.ts'
import { formatNumber, formatTokens } from '../format/numbers.ts'
import { providerPath } from '../format/paths.ts'
import { ExternalLink, Link } from '../layout/link.tsx'

interface SummaryProps {
  model: Model
  provider: Provider | undefined
}

export function Summary({ model, provider }: SummaryProps) {
  return (
    <>
      <nav class="crumbs" aria-label="Where this is">
        <Link href="/">Models</Link> <span aria-hidden="true">/</span>{' '}
        <Link href={providerPath(model.provider)}>{provider?.name ?? model.provider}</Link>
      </nav>
      <div class="heading">
        <h1>{model.name}</h1>
        <p class="chips">
          <Chips model={model} />
        </p>
      </div>
      <p>
        <code class="id">
          {model.provider}/{model.value}
        </code>
      </p>
      <p>{inWords(model, provider)}</p>
      <dl class="figures">
        {figuresOf(model).map(([name, figure]) => (
          <div>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      <Links provider={provider} />
    </>
  )
}

function Chips({ model: { firstParty, status, billing, openWeights, effort, type } }: { model: Model }) {
  return (
    <>
      {firstParty ? <Chip tone="own">First-party</Chip> : <Chip>Host</Chip>}
      {status === 'active' ? null : <Chip tone={status === 'deprecated' ? 'bad' : 'past'}>{status}</Chip>}
      {billing ? <Chip tone="good">{billing === 'free' ? 'free of charge' : 'included in a plan'}</Chip> : null}
      {openWeights ? <Chip>open weights</Chip> : null}
      {effort ? <Chip>effort: {effort}</Chip> : null}
      {type === 'chat' ? null : <Chip>{type}</Chip>}
    </>
  )
}

/** One sentence, for people and for previews of links. */
export function inWords(model: Model, provider: Provider | undefined): string {
  const { name, lab, firstParty, modalities, metrics, releaseDate } = model
  const seller = provider?.name ?? model.provider
  const whose = firstParty ? `by ${seller}` : lab === undefined ? `at ${seller}` : `by ${lab}, offered by ${seller}`
  const takes = modalities?.input.length ? `accepts ${listed(modalities.input.map(inputName))}` : undefined
  const context = metrics?.contextWindow && `has a context window of ${formatTokens(metrics.contextWindow)} tokens`
  const released = releaseDate && `was released ${whenOf(releaseDate)}`
  const facts = [takes, context, released].filter((fact) => fact !== undefined && fact !== '' && fact !== 0)
  const first = `${name} is a model ${whose}.`
  return facts.length === 0 ? first : `${first} It ${listed(facts.map(String))}.`
}

const INPUT_NAMES: Readonly<Record<string, string>> = { image: 'images', pdf: 'PDF files', file: 'files' }
const inputName = (modality: string): string => INPUT_NAMES[modality] ?? modality

/** "on 13 May 2024", "in May 2024" */
function whenOf(date: string): string {
  return `${/^\d{4}-\d{2}-\d{2}/.test(date) ? 'on' : 'in'} ${formatDate(date)}`
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function figuresOf(model: Model): [name: string, figure: Child][] {
  const { iq, speed, pricing = {}, metrics = {}, releaseDate, knowledgeCutoff, retiresOn, lastUpdated } = model
  const index = metrics.intelligenceIndex ?? metrics.epochCapabilitiesIndex
  const tokens = (count: number | undefined) =>
    count === undefined ? undefined : <span title={`${formatNumber(count)} tokens`}>{formatTokens(count)}</span>
  const figures: [string, Child | undefined][] = [
    ['Input', pricing.input === undefined ? undefined : <Price usd={pricing.input} />],
    ['Output', pricing.output === undefined ? undefined : <Price usd={pricing.output} />],
    ['Cached input', pricing.cacheRead === undefined ? undefined : <Price usd={pricing.cacheRead} />],
    ['Intelligence', iq === undefined ? undefined : <Scored figure={index} score={iq} of="Intelligence" />],
    [
      'Speed',
      speed === undefined ? undefined : <Scored figure={metrics.outputTokensPerSecond} score={speed} of="Speed" />,
    ],
    ['Context', tokens(metrics.contextWindow)],
    ['Max output', tokens(metrics.maxOutput)],
    ['Released', releaseDate && formatDate(releaseDate)],
    ['Knowledge cutoff', knowledgeCutoff && formatDate(knowledgeCutoff)],
    ['Updated', lastUpdated === releaseDate ? undefined : lastUpdated && formatDate(lastUpdated)],
    ['Retires', retiresOn && formatDate(retiresOn)],
  ]
  return figures.flatMap(([name, figure]) => (figure === undefined ? [] : [[name, figure] as [string, Child]]))
}

function Scored({ figure, score, of }: { figure: number | undefined; score: number; of: string }) {
  return (
    <>
      {figure === undefined ? null : formatNumber(Math.round(figure))}
      <Score value={score} of={of} />
    </>
  )
}

function Links({ provider }: { provider: Provider | undefined }) {
  if (!provider?.website && !provider?.api?.docs) return null
  return (
    <p class="links">
      {provider.website ? <ExternalLink href={provider.website}>Get an API key</ExternalLink> : null}
      {provider.api?.docs ? <ExternalLink href={provider.api.docs}>{provider.name} documentation</ExternalLink> : null}
    </p>
  )
}
