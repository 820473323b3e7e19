/** What a request cost: usage in, lines out, at the price of its time. */

import type { CostAnswer } from '../../../core/schema/cost.ts'
import { Heads } from '../elements/heads.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { formatDate, formatTime } from '../format/dates.ts'
import { formatAmount, formatNumber, formatUsd } from '../format/numbers.ts'
import type { PageContent } from '../layout/layout.tsx'
import { ExternalLink, Link, MomentFields } from '../layout/link.tsx'
import { type CostAsk, EXAMPLES } from './cost-ask.ts'

export function costContent(ask: CostAsk, answer: CostAnswer | undefined): PageContent {
  return {
    title: 'Cost',
    description: 'Paste the usage that an API returned and see what the request cost, at the price of its time.',
    body: (
      <>
        <h1>What did a request cost?</h1>
        <p>
          Paste the <code>usage</code> that an API returned. The sum takes cached tokens, price tiers, reasoning, audio
          and the date into account. Anything unknown is reported, never counted as zero.
        </p>
        {answer ? <Answer ask={ask} answer={answer} /> : null}
        <CostForm ask={ask} />
        <Examples />
      </>
    ),
  }
}

function CostForm({ ask }: { ask: CostAsk }) {
  return (
    <form action="/cost" class="cost">
      <MomentFields />
      <label>
        Model
        <input
          name="model"
          required
          value={ask.model}
          placeholder="openai/gpt-4o"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
        />
      </label>
      <label>
        Time of the request (UTC)
        <input name="when" value={ask.when} placeholder="now, or 2025-08-31T12:00:00Z" />
      </label>
      <label>
        Mode
        <input name="mode" value={ask.mode} placeholder="standard" />
      </label>
      <label class="wide">
        Usage (JSON)
        <textarea name="usage" required rows={9} spellcheck={false}>
          {ask.usage}
        </textarea>
      </label>
      <button type="submit">Calculate cost</button>
    </form>
  )
}

function Answer({ ask, answer }: { ask: CostAsk; answer: CostAnswer }) {
  if ('problem' in answer) return <Problem problem={answer.problem} ask={ask} />
  const { usd, at, period, lines, ignored = [] } = answer
  return (
    <section aria-label="Cost" class="answer">
      <p class="total">{formatUsd(usd)}</p>
      <p class="quiet">
        {ask.model}, {formatTime(at)}. The price holds from {formatDate(period.from)}
        {period.until ? ` until ${formatDate(period.until)}` : ''}, {period.basis}
        {period.source ? (
          <>
            {' '}
            by <ExternalLink href={period.source}>{period.source}</ExternalLink>
          </>
        ) : null}
        .
      </p>
      <ScrollTable label="Lines of the cost">
        <Heads
          titles={['Kind', { number: 'Tokens' }, { number: 'USD per million' }, 'Price applied', { number: 'USD' }]}
        />
        <tbody>
          {lines.map(({ kind, tokens, price, usd: sum, tier, mode, window }) => (
            <tr>
              <th scope="row">{KINDS[kind]}</th>
              <td class="number">{formatNumber(tokens)}</td>
              <td class="number">{formatAmount(price)}</td>
              <td>{originText({ tier, mode, window })}</td>
              <td class="number">{formatAmount(sum)}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      {ignored.length > 0 ? <p class="quiet small">Not priced: {ignored.join(', ')}.</p> : null}
    </section>
  )
}

interface Origin {
  tier: number | undefined
  mode: string | undefined
  window: string | undefined
}

function originText({ tier, mode, window }: Origin): string {
  const parts = [
    mode && `mode ${mode}`,
    tier !== undefined && `above ${formatNumber(tier)} tokens`,
    window && `${window} UTC`,
  ].filter((part) => typeof part === 'string')
  return parts.length === 0 ? 'base' : parts.join(', ')
}

const KINDS = {
  input: 'Input',
  output: 'Output',
  cacheRead: 'Cache read',
  cacheWrite: 'Cache write',
  cacheWrite1h: 'Cache write, 1 hour',
  reasoning: 'Reasoning',
  inputAudio: 'Audio input',
  outputAudio: 'Audio output',
}

function Problem({ problem, ask }: { problem: Extract<CostAnswer, { problem: unknown }>['problem']; ask: CostAsk }) {
  const { detail, candidates = [] } = problem
  return (
    <section class="answer" role="alert">
      <p>
        <strong>The cost is unknown.</strong> {detail}.
      </p>
      <ul>
        {candidates.map(({ provider, value }) => (
          <li>
            <Link href="/cost" query={queryOf({ ...ask, model: `${provider}/${value}` })}>
              {provider}/{value}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Examples() {
  return (
    <section>
      <h2>Try it</h2>
      <ul>
        {EXAMPLES.map(({ name, ...ask }) => (
          <li>
            <Link href="/cost" query={queryOf(ask)}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function queryOf({ model, usage, mode, when }: CostAsk) {
  return [
    ['model', model],
    ['usage', usage],
    ['mode', mode],
    ['when', when],
  ] as const
}
