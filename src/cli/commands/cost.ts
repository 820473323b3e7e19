/** `cost`: what the requests of a file cost, each at the price of its own time. */
import { CommandError, defineCommand, type Given } from '../shared/command.ts'
import { DEFAULT_URL, FLAG, readerClient, URL_OPTION } from '../shared/options.ts'
import { createTransferProgress, withProgress } from '../shared/progress.ts'
import type { Output } from '../shared/terminal.ts'
import { firstToken } from '../shared/tokens.ts'
import { readSpan } from './cost/formats/read-span.ts'
import { PriceBook } from './cost/price/price-book.ts'
import { RegistryPrices } from './cost/price/registry-prices.ts'
import { priceFiles } from './cost/price-files.ts'
import { CostReport } from './cost/report/cost-report.ts'
import { Receipts } from './cost/report/receipts.ts'
import { FORMATS, type ReportFormat, writeReport } from './cost/report/write-report.ts'
import { RowPricer } from './cost/row-pricer.ts'

const DEFAULT_BY = 'model'
/** All that could be priced was, but not all could. */
const SOME_UNPRICED = 3

const HELP = `Usage: llm-registry cost FILE... [options]

Prices the requests of a file, each at the price of its own time, and sums them exactly. FILE is CSV, a JSON object per
line, or JSON; gzipped if it ends in .gz; "-" is standard input. Files that are read as they are: usage exports of OpenAI
and of Anthropic (CSV, or the JSON of their usage APIs), spend logs of LiteLLM, and session files of Claude Code, in which
a message counts once however often it is repeated. In any other file a record has a model, a time ("at", "timestamp",
"created", ...), perhaps a "provider" and a "mode", and the usage as its API returned it: in "usage", or spread over the
record ("prompt_tokens", "prompt_tokens_details.cached_tokens", ...). A registry whose reads are not public is read with
READ_TOKEN.

What has no price is in no sum, and is listed with the reason. A row that is a sum of requests, such as a day of an export,
has a price where it is the same however the requests were.

  --by NAMES               sum by these: day, month, model, provider, or columns of the file, separated by commas; a path
                           such as metadata.team goes into an object (default: ${DEFAULT_BY})
  --what-if MODEL          add what the same usage would have cost with this model, as it serves requests by default;
                           a row is in the sums where both costs are known
  --as-of TIME             the prices that the registry knew at this time
  --format FORMAT          table, csv or ndjson (default: table)
  --receipts FILE          write a line of JSON for each row: its cost by kind of tokens, the version and the period of
                           the prices, and their source; or why it has none
  --provider NAME          the provider of rows that name none; otherwise a model is looked for at the labs' own
  --model-column NAME      the column of the model, in a file of no known format
  --time-column NAME       the column of the time, in a file of no known format
  --ignore NAMES           columns that are no usage, whatever their names, separated by commas
  --utc                    times without a zone are UTC
  --assume-short-prompts   price sums of requests as if no prompt reached a tier, where they do not say
  --assume-input-price     price cached tokens as input where their own price is unknown
  --url URL                where the registry is (default: ${DEFAULT_URL})
  --help                   show this text

Exit codes: 0 every row has a price, 1 the command failed and what it printed is not whole, ${SOME_UNPRICED} some rows have no price.`

const OPTIONS = {
  by: { type: 'string', default: DEFAULT_BY },
  'what-if': { type: 'string' },
  'as-of': { type: 'string' },
  format: { type: 'string', default: 'table' },
  receipts: { type: 'string' },
  provider: { type: 'string' },
  'model-column': { type: 'string' },
  'time-column': { type: 'string' },
  ignore: { type: 'string' },
  utc: FLAG,
  'assume-short-prompts': FLAG,
  'assume-input-price': FLAG,
  url: URL_OPTION,
} as const

type Values = Given<typeof OPTIONS>['values']

export const cost = defineCommand({
  help: HELP,
  options: OPTIONS,
  async run({ values, positionals: files }, { env, output }) {
    if (files.length === 0) throw new CommandError('Cannot price usage: name a file (see --help)')
    const format = readFormat(values.format)
    const asOf = readMoment(values['as-of'])
    const client = readerClient('price usage', values.url, firstToken(env, 'READ_TOKEN'))
    const report = new CostReport(readNames('by', values.by))
    const whatIf = values['what-if']
    const pricer = new RowPricer({
      book: new PriceBook(new RegistryPrices(client, asOf)),
      options: {
        assumeInputPriceForCache: values['assume-input-price'],
        assumeShortPrompts: values['assume-short-prompts'],
      },
      ...{ whatIf, report, receipts: values.receipts === undefined ? undefined : await Receipts.open(values.receipts) },
    })
    await showProgress(output, (onRecords) => priceFiles(files, readOptions(values), pricer, onRecords))
    const source = asOf === undefined ? client.url : `${client.url} as of ${asOf}`
    output.write(writeReport(report, { source, whatIf }, format))
    return report.unpriced.length > 0 ? SOME_UNPRICED : 0
  },
})

function readOptions(values: Values) {
  const { provider, utc } = values
  const columns = { modelColumn: values['model-column'], timeColumn: values['time-column'] }
  return { ...columns, provider, ignore: new Set(readNames('ignore', values.ignore)), isUtc: utc }
}

function readFormat(text: string): ReportFormat {
  const format = FORMATS.find((name) => name === text)
  if (format) return format
  throw new CommandError(`Cannot write the format "${text}": there are ${FORMATS.join(', ')}`)
}

function readNames(option: string, text: string | undefined): string[] {
  const names = text?.split(',').map((name) => name.trim()) ?? []
  if (names.every((name) => name !== '')) return names
  throw new CommandError(`Cannot read --${option} "${text}": a name is empty`)
}

/** As it was given: a date means the end of its day to the registry. */
function readMoment(text: string | undefined): string | undefined {
  if (text === undefined || (/^\d{4}-/.test(text) && readSpan(text, false))) return text
  throw new CommandError(`Cannot price usage as of "${text}": not a date, nor a time with "Z" or an offset`)
}

/** Only on a terminal: the report may be for a program. */
async function showProgress(
  output: Output,
  work: (onRecords: (count: number) => void) => Promise<void>,
): Promise<void> {
  if (!output.isTTY) return work(() => undefined)
  await withProgress(createTransferProgress(output), (progress) =>
    work((count) => progress.step(`${count} records read`)),
  )
}
