/** The search and the filters of the list: a form whose address is the link to share. */
import { MODEL_TYPES } from '../../../core/vocabulary.ts'
import { ABILITIES } from '../elements/abilities.tsx'
import { Folded } from '../elements/folded.tsx'
import { formatTokens, formatUsd } from '../format/numbers.ts'
import { Link, MomentFields } from '../layout/link.tsx'
import { LIST_COLUMNS, type ListColumn, shownColumns } from './list-columns.ts'
import { isFiltered, type ListQuery } from './list-query.ts'

export interface FilterFormProps {
  query: ListQuery
  usualSort: string
  /** Value and name, in the order of names. */
  providers: readonly (readonly [value: string, name: string])[]
  labs: readonly string[]
}

const CONTEXTS = [32_000, 128_000, 200_000, 400_000, 1_000_000]
const INPUT_PRICES = [0.1, 0.25, 0.5, 1, 2, 5, 10]
const SORT_NAMES = [
  ['-iq', 'Sort: intelligence'],
  ['price', 'Sort: price'],
  ['-releaseDate', 'Sort: release date'],
  ['-speed', 'Sort: speed'],
  ['-contextWindow', 'Sort: context window'],
  ['-offers', 'Sort: offers'],
  ['name', 'Sort: name'],
] as const

export function FilterForm(props: FilterFormProps) {
  const { query } = props
  return (
    <search>
      <form action="/" class="filters" id="filters">
        <MomentFields />
        <div class="line">
          <input
            type="search"
            name="q"
            value={query.q}
            aria-label="Search by name, id, provider or lab"
            placeholder="Search by name, id, provider or lab"
            autocomplete="off"
            spellcheck={false}
          />
          <button type="submit">Search</button>
        </div>
        <div class="line chips">
          {ABILITIES.map(([key, , name]) => (
            <Toggle name="capability" value={key} checked={query.capability?.includes(key)} label={name} />
          ))}
          <Toggle name="firstParty" value="true" checked={query.firstParty} label="First-party" />
          <Toggle name="openWeights" value="true" checked={query.openWeights} label="Open weights" />
        </div>
        <MoreFilters {...props} />
      </form>
    </search>
  )
}

/** Folded on a phone, which shows models sooner so. */
function MoreFilters(props: FilterFormProps) {
  const { query, providers, labs } = props
  const { provider, lab, type, minContextWindow, maxInputPrice, col } = query
  const isUsed = [provider, lab, type, minContextWindow, maxInputPrice, col].some((value) => value !== undefined)
  return (
    <details class="more-filters" open={isUsed}>
      <summary>More filters, sorting and columns</summary>
      <div class="line chips">
        <Names name="provider" title="Provider" chosen={provider} options={providers} />
        <Names name="lab" title="Lab" chosen={lab} options={labs.map((name) => [name, name] as const)} />
        <Names name="type" title="Type" chosen={type} options={MODEL_TYPES.map((name) => [name, name] as const)} />
        <Bounds {...props} />
        <ColumnMenu query={query} />
        <Link href="/" class="clear" hidden={!isFiltered(query)}>
          Clear all
        </Link>
      </div>
    </details>
  )
}

interface ToggleProps {
  name: string
  value: string
  checked: boolean | undefined
  label: string
}

function Toggle({ name, value, checked, label }: ToggleProps) {
  return (
    <label class="toggle">
      <input type="checkbox" name={name} value={value} checked={checked} />
      {label}
    </label>
  )
}

interface NamesProps {
  name: string
  title: string
  chosen: readonly string[] | undefined
  options: readonly (readonly [value: string, name: string])[]
}

/** What is chosen can be taken away; one more can be added. */
function Names({ name, title: kind, chosen = [], options }: NamesProps) {
  const names = new Map(options)
  const title = chosen.length > 0 ? `Add ${kind.toLowerCase()}` : kind
  return (
    <>
      {chosen.map((value) => (
        <Toggle name={name} value={value} checked label={names.get(value) ?? value} />
      ))}
      <span class="folded-choice">
        <Folded>
          <select name={name} aria-label={title}>
            <option value="">{title}</option>
            {options.map(([value, label]) => (chosen.includes(value) ? null : <option value={value}>{label}</option>))}
          </select>
        </Folded>
      </span>
    </>
  )
}

function Bounds({ query, usualSort }: FilterFormProps) {
  const sort = query.sort ?? usualSort
  const sorts = SORT_NAMES.some(([key]) => key === sort)
    ? SORT_NAMES
    : [...SORT_NAMES, [sort, `Sort: ${sort.replace('-', '')}`] as const]
  return (
    <>
      <select name="minContextWindow" aria-label="Context window">
        <option value="">Any context</option>
        {withOwn(CONTEXTS, query.minContextWindow).map((tokens) => (
          <option value={tokens} selected={tokens === query.minContextWindow}>
            {formatTokens(tokens)} context or more
          </option>
        ))}
      </select>
      <select name="maxInputPrice" aria-label="Input price">
        <option value="">Any price</option>
        {withOwn(INPUT_PRICES, query.maxInputPrice).map((usd) => (
          <option value={usd} selected={usd === query.maxInputPrice}>
            {formatUsd(usd)} input or less
          </option>
        ))}
      </select>
      <select name="sort" aria-label="Sort">
        {sorts.map(([key, name]) => (
          <option value={key === usualSort ? '' : key} selected={key === sort}>
            {name}
          </option>
        ))}
      </select>
    </>
  )
}

/** A link may ask for a bound of its own. */
function withOwn(bounds: readonly number[], own: number | undefined): number[] {
  return own === undefined || bounds.includes(own) ? [...bounds] : [...bounds, own].sort((a, b) => a - b)
}

/** Chosen columns are part of the form, even while the menu is closed. */
function ColumnMenu({ query: { col } }: { query: ListQuery }) {
  const choices = <ColumnChoices shown={shownColumns(col)} />
  return (
    <details class="menu">
      <summary>Columns</summary>
      {col ? choices : <Folded>{choices}</Folded>}
    </details>
  )
}

function ColumnChoices({ shown }: { shown: readonly ListColumn[] }) {
  return (
    <fieldset class="panel">
      <legend class="spoken">Columns to show</legend>
      {LIST_COLUMNS.map((column) => (
        <label class="check">
          <input type="checkbox" name="col" value={column.key} checked={shown.includes(column)} />
          {column.title}
          {column.hint ? <span class="quiet small">{column.hint}</span> : null}
        </label>
      ))}
      <button type="submit">Show</button>
    </fieldset>
  )
}
